"""What a student may write wherever they can write something."""

from __future__ import annotations

PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "attribute": "\" onmouseover=\"alert(1)\" x='",
    "image": '"><img src=x onerror=alert(1)>',
    "svg": "<svg/onload=alert(1)><foreignObject><iframe srcdoc=x>",
    "ends the style": "</style></title></textarea><script>alert(1)</script>",
    "runs": "<script>console.log('RAN-' + 'IT')</script><img src=x onerror=\"console.log('RAN-' + 'IT')\">",
    "comment": "--><!--]]><![CDATA[",
    "link": "javascript:alert(1)//https://evil.example/",
    "meta": '<meta http-equiv="refresh" content="0;url=https://evil.example"><base href="//evil.example">',
    "template": "{{ 7 * 7 }}{% for x in y %}{# #}${7*7}",
    "entities": "&lt;script&gt;&#x3c;b&#62;&amp;",
    "clears the screen": "\x1b[2J\x1b[1;1H\x1b[31mred\x1b[0m",
    "title and link of a terminal": "\x1b]0;pwned\x07\x1b]8;;http://evil.example\x07click\x1b]8;;\x07",
    "eight-bit controls": "\x9b31mred\x9d0;pwned\x9c\x90q\x9c",
    "carriage return": "failed\rpassed \x08\x08\x08",
    "rich markup": "[bold red]100 points[/] [link=http://evil.example]x[/link] [@click=app.bell]b[/]",
    "rich emoji": ":smile: :boom: :warning:",
    "direction": "abc\u202egpj.exe\u2066\u2069\u061c\u200f",
    "nothing to see": "a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg\u034fh\ufe0fi\U000e0041j\u3164k\u2800l",
    "piled marks": "Z" + "\u0301\u0489" * 60,
    "formula": '=HYPERLINK("http://evil.example","click")',
    "formula of DDE": "+cmd|' /C calc'!A0",
    "formula after blanks": "\u00a0\u2003 @SUM(A1)",
    "formula after quotes": "\"'-1+1",
    "wide formula": "＝1+1",
    "formula after a separator": "a;=1+1\t=1+1,=1+1|=1+1",
    "minus sign": "\u22121+1",
    "tab": "\t=1+1",
    "verdicts": "PASSED ::score=100:: {\"points\": 100}\n1 passed, 0 failed",
    "path": "../../../../etc/passwd",
    "lines": "one\ntwo\u2028three\u2029four\x85five\x0bsix\x0cseven",
    "long": "x" * 100_000,
    "long and quoted": "\"'&<>" * 20_000,
    "many lines": "line\n" * 20_000,
}  # fmt: skip
HARMLESS = "harmless words"

# What one submission of the graded class carries: several payloads at once, for each of them costs a sandbox.
_MARKUP = ("script", "attribute", "image", "svg", "ends the style", "runs", "comment", "link", "meta", "template")
_TERMINAL = ("clears the screen", "title and link of a terminal", "eight-bit controls", "rich markup", "rich emoji")
_UNSEEN = ("direction", "nothing to see", "piled marks", "entities", "wide formula", "formula")
_LINES = ("carriage return", "verdicts", "lines", "path", "tab")
FAMILIES = {
    "markup": "".join(PAYLOADS[name] for name in _MARKUP),
    "terminal": "".join(PAYLOADS[name] for name in _TERMINAL),
    "unseen": "".join(PAYLOADS[name] for name in _UNSEEN),
    "lines": "".join(PAYLOADS[name] for name in _LINES),
    "long": PAYLOADS["long and quoted"],
    "many": PAYLOADS["many lines"],
}

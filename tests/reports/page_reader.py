"""Reads a page back as a browser would, with the standard library's parser."""

from __future__ import annotations

import re
from html.parser import HTMLParser

BLOCKS = frozenset(
    "main header footer section nav div p h1 h2 h3 h4 ul li dl dt dd table caption thead tbody tr th td "  # noqa: SIM905
    "details summary pre fieldset legend figure".split()
)
INLINE = frozenset(("a", "span", "b", "strong", "code", "bdi", "br", "input", "label", "figcaption"))
HEAD = frozenset(("html", "head", "meta", "link", "title", "style", "body"))
SVG = frozenset(("svg", "symbol", "use", "circle", "ellipse", "rect", "path", "text"))
KNOWN = BLOCKS | INLINE | HEAD | SVG
VOID = {"meta", "link", "input", "br"}


class Page(HTMLParser):
    """`text` is what a reader sees, `tags` every tag with its attributes, `faults` what should not be in our pages."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self._open: list[str] = []
        self._text: list[str] = []
        self.feed(source)
        self.close()
        self.faults += [f"not closed: {tag}" for tag in self._open]
        self.text = " ".join("".join(self._text).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        self.ids += [given["id"]] if "id" in given else []
        if tag not in KNOWN:
            self.faults.append(f"tag {tag}")
        self.faults += [f"attribute {name}" for name in given if name.startswith("on") or name in ("style", "srcdoc")]
        target = given.get("href", "") + given.get("src", "")
        if re.match(r"\s*[a-z]+:", target, re.IGNORECASE) and target != "data:,":
            self.faults.append(f"leads outside: {target}")
        if tag not in VOID:
            self._open.append(tag)
        self._apart(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"closes {tag} out of turn")
        self._apart(tag)

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in ("style", "title"):
            self._text.append(data)

    def _apart(self, tag: str) -> None:
        self._text += [" "] if tag in BLOCKS else []

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data[:40]}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"declaration {data[:40]}")

    def attributes(self, tag: str) -> list[dict[str, str]]:
        return [attributes for each, attributes in self.tags if each == tag]

"""Text from students made harmless to look at: no escape sequences, no direction tricks, no endless lines.

Escaping for a format (HTML, CSV, JSON) is that format's business and comes after this. Nothing is silently dropped:
what can't be shown as it is, is shown by its name, so that a trick is seen as a trick.
"""

from __future__ import annotations

import json
import re
import unicodedata

from autograder.submissions.look_alikes import UNDRAWN

NAME_LIMIT = 80
SENTENCE_LIMIT = 1_500
BLOCK_LIMIT = 6_000

# Letters and punctuation that are fine wherever they stand; most text is nothing else. The rest is looked at singly.
_PLAIN = re.compile(
    "[\n -~\u00b7\u00c0-\u024f\u2013\u2014\u2018-\u201d\u2026\u2212\u3001-\u3020\u4e00-\u9fff\uff01-\uff5e]*\\Z"
)
_KEPT_CONTROLS = "\n"
_HIDDEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn"}
_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_MOST_MARKS = 4  # combining marks on one letter; more only pile up over the lines above
_EMOJI_STYLE = "\ufe0f"  # asks for the coloured form of the sign before it
# What a terminal must not be sent and nobody would see: controls beside tab and new line, direction marks, joiners,
# fillers, variation selectors, tags, halves of surrogate pairs.
UNSEEN = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
# More marks on one letter than any script has: they would cover the lines above and below.
PILED = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{5,}")


def clean(text: str, limit: int = SENTENCE_LIMIT) -> str:
    """`text` as it may be shown: control, format and private characters by name, at most `limit` characters of it.

    Line ends become `\\n` and tabs four spaces. Chinese, accents and emoji stay as they are.
    """
    if len(text) <= limit and _PLAIN.match(text):
        return text
    left_out = len(text) - limit
    shown = text[:limit] if left_out > 0 else text
    shown = _LINE_ENDS.sub("\n", shown).replace("\t", "    ")
    if not _PLAIN.match(shown):
        shown = _by_character(shown)
    return f"{shown} … (+{left_out:,})" if left_out > 0 else shown


def line(text: str, limit: int = NAME_LIMIT) -> str:
    """`clean`, on one line: for names, table cells and titles."""
    return " ".join(clean(text, limit).split())


def _by_character(text: str) -> str:
    shown: list[str] = []
    marks = 0
    for index, character in enumerate(text):
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > _MOST_MARKS:
            continue
        hidden = category in _HIDDEN_CATEGORIES or ord(character) in UNDRAWN
        if hidden and character not in _KEPT_CONTROLS and not _belongs_to_emoji(text, index):
            shown.append(visible(character))
        else:
            shown.append(character)
    return "".join(shown)


def visible(character: str) -> str:
    """A name for a character that has no safe shape: `␛` for ESC, `[U+202E]` for the right-to-left override."""
    code = ord(character)
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else f"[U+{code:04X}]"


def in_json(text: str) -> str:
    """JSON text with every unseen character inside its strings as an escape: the same data, nothing raw."""
    escaped = UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], text)
    return PILED.sub(lambda found: json.dumps(found[0])[1:-1], escaped)


def _belongs_to_emoji(text: str, index: int) -> bool:
    """The joiner inside one emoji made of several, and what colours a sign, are part of a picture, not a trick."""
    if index == 0:
        return False
    before = text[index - 1] if text[index - 1] != _EMOJI_STYLE else text[max(index - 2, 0)]
    if text[index] == _EMOJI_STYLE:
        return unicodedata.category(text[index - 1]) in ("So", "Sk")
    if text[index] != "\u200d" or index + 1 >= len(text):
        return False
    return all(unicodedata.category(neighbour) in ("So", "Sk") for neighbour in (before, text[index + 1]))

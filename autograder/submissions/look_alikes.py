"""Names that a reader may take for one: other case, width or script, or signs nobody sees.

Two names are alike if one of their skeletons is the same. A skeleton is for comparing only and is never shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Drawn as nothing, though Unicode counts some of them among letters and marks.
UNDRAWN = {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0}
UNDRAWN |= {*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

# Each row: a letter or sign, and what is drawn like it. After NFKC, so widths and mathematical letters need no place.
_DRAWN_LIKE = """
a аαɑᴀ  b ЬƄьвʙ  c сϲᴄ  d ԁɗᴅ  e еҽᴇ  g ɡցɢ  h һհн  i іıɩιⅰ  j јϳ  k ĸκк  l ӏΙІӀ|ⅼ  m мᴍ  n ոռпηɴ  o оοօᴏ०০๐〇౦
p рρ  q ԛզ  r гᴦ  s ѕꜱ  t тτᴛ  u υսʋᴜ  v νѵᴠ  w ԝѡᴡш  x хχⅹ  y уγүყ  z ᴢ
A АΑᎪ  B ВΒᏴ  C СϹᏟ  D Ꭰᗞ  E ЕΕᎬ  F Ϝᖴ  G ԌᏀ  H НΗᎻ  J ЈᎫ  K КΚᏦ  L ᏞᒪԼ  M МΜᎷ  N Νղ  O ОΟՕ  P РΡᏢ  S ЅᏚՏ  T ТΤᎢ
U Ս  V ѴᏙ  W ԜᎳ  X ХΧ  Y УΥҮ  Z ΖᏃ
- ‐‑‒–—−  一 ー  . ․。·  ' ’‘ʼ＇  ロ 口囗  二 ニ  卜 ト  カ 力  エ 工  タ 夕  八 ハ  へ ヘ  日 曰
"""
_SAME = {ord(twin): row[0] for row in re.findall(r"(\S \S+)", _DRAWN_LIKE) for twin in row[2:]}
_DIGITS = str.maketrans("01|", "oll")
_CAPITALS = str.maketrans("I10|", "lloo")
_SEPARATORS = re.compile(r"[\s._'-]+")


def look(name: str) -> str:
    """Equal for two names that differ only in case, separators, script of their letters, or what nobody sees."""
    return _drawn(name).casefold().translate(_SAME).translate(_DIGITS)


def alike(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Groups of different names that may be taken for one another, each and all in order."""
    group_of: dict[str, str] = {}  # skeleton -> the first name that had it
    groups: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        skeletons = _skeletons(name)
        homes = dict.fromkeys(group_of[skeleton] for skeleton in skeletons if skeleton in group_of)
        home = next(iter(homes), name)
        groups.setdefault(home, []).append(name)
        for other in list(homes)[1:]:
            groups[home] += groups.pop(other)
            group_of.update({skeleton: home for skeleton, at in group_of.items() if at == other})
        group_of.update(dict.fromkeys(skeletons, home))
    return tuple(sorted(tuple(sorted(group)) for group in groups.values() if len(group) > 1))


def _skeletons(name: str) -> set[str]:
    """In any case; as written, where a capital I is a small l; and for writing from right to left, in any order."""
    found = {look(name), "as written " + _drawn(name).translate(_CAPITALS).replace("rn", "m").replace("vv", "w")}
    if any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in name):
        found.add("in any order " + "".join(sorted(look(name))))
    return found


def _drawn(name: str) -> str:
    """What is left to see: compatibility forms resolved, look-alikes as their Latin twins, separators as one `_`."""
    seen = "".join(char for char in name if ord(char) not in UNDRAWN)
    resolved = unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", seen)).translate(_SAME)
    kept = (char for char in resolved if unicodedata.category(char) not in _UNSEEN)
    return _SEPARATORS.sub("_", "".join(kept)).strip("_")

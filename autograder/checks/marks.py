"""The mark of a check: which task it judges, what it is worth, and the sentence a student reads when it fails."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from autograder.model.text import Text

_ID = re.compile(r"[A-Za-z]\w*\.[A-Za-z0-9]\w*", re.ASCII)


@dataclass(frozen=True, slots=True)
class CheckMark:
    """What a check file says about one check. `cpu_s`, `wall_s` and `visible` are None where the topic decides."""

    id: str  # "softmax.large_logits"
    hint: Text
    needs: tuple[str, ...] = ()
    weight: float = 1.0
    cpu_s: float | None = None
    wall_s: float | None = None
    visible: bool | None = None

    @property
    def task(self) -> str:
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        return self.id.partition(".")[2]

    def __post_init__(self) -> None:
        fault = self._fault()
        if fault:
            raise ValueError(f"check {self.id!r}: {fault}")

    def _fault(self) -> str:
        if not _is_id(self.id):
            return 'an id is "task.name", in letters, digits and underscores'
        if not (isinstance(self.hint.en, str) and self.hint.en.strip()):
            return "hint= is empty: say which idea is missing, never the answer"
        if not (isinstance(self.hint.zh, str) and self.hint.zh.strip()):
            return "zh= is empty: the hint in Chinese"
        wrong = [need for need in self.needs if not _is_id(need) or need == self.id]
        if wrong:
            return f"needs= holds {wrong[0]!r}: ids of other checks are wanted"
        if not _is_positive(self.weight):
            return "weight= must be a number above 0"
        if not all(limit is None or _is_positive(limit) for limit in (self.cpu_s, self.wall_s)):
            return "cpu_s= and wall_s= are seconds above 0"
        if self.visible not in (None, True, False):
            return "visible= is True, False or left out"
        return ""


def check(  # noqa: PLR0913  # one keyword per thing an author may say
    id: str,
    *,
    hint: str,
    zh: str,
    needs: Iterable[str] = (),
    weight: float = 1.0,
    cpu_s: float | None = None,
    wall_s: float | None = None,
    visible: bool | None = None,
) -> pytest.MarkDecorator:
    """Mark a test as the check `id` ("task.name"). A fault in the mark is a ValueError when the file is read."""
    if isinstance(needs, str):
        raise ValueError(f"check {id!r}: needs= is a list of ids, not one string")
    mark = CheckMark(id, Text(hint, zh), tuple(needs), weight, cpu_s, wall_s, visible)
    return pytest.mark.check(
        id=mark.id,
        hint=hint,
        zh=zh,
        needs=mark.needs,
        weight=weight,
        cpu_s=cpu_s,
        wall_s=wall_s,
        visible=visible,
    )


def read(marker: pytest.Mark) -> CheckMark:
    """The mark of a collected item, `item.get_closest_marker("check")`, checked again."""
    said = dict(marker.kwargs)
    if marker.args or not {"id", "hint", "zh"} <= said.keys():
        raise ValueError("a check is marked with autograder.checks.marks.check(...), not with pytest.mark.check")
    hint = Text(said.pop("hint"), said.pop("zh"))
    return CheckMark(hint=hint, needs=tuple(said.pop("needs", ())), **said)


def _is_id(value: object) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _is_positive(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < float("inf")

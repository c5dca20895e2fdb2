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
        limits = [limit for limit in (self.cpu_s, self.wall_s) if limit is not None]
        needs = all(_is_id(need) and need != self.id for need in self.needs)
        rules = (
            (_is_id(self.id), 'an id is "task.name", in letters, digits and underscores'),
            (_is_sentence(self.hint.en), "hint= is empty: say which idea is missing, never the answer"),
            (_is_sentence(self.hint.zh), "zh= is empty: the hint in Chinese"),
            (needs, "needs= are ids of other checks"),
            (_is_positive(self.weight), "weight= is a number above 0"),
            (all(map(_is_positive, limits)), "cpu_s= and wall_s= are seconds above 0"),
            (self.visible is None or isinstance(self.visible, bool), "visible= is True, False or left out"),
        )
        faults = [fault for kept, fault in rules if not kept]
        if faults:
            raise ValueError(f"check {self.id!r}: {'; '.join(faults)}")


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


def _is_sentence(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_positive(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < float("inf")

"""What an audit found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.model.text import Text

AREAS = ("key", "trail", "result", "receipt", "submission", "run", "meta")  # as the audit goes through them
COPY = Text("put back a copy of the database and its keys", "请恢复数据库及其密钥的备份")
AGAIN = Text(
    "autograder audit --set-aside --why ..., then autograder grade: it is graded again",
    "运行 autograder audit --set-aside --why ...，再运行 autograder grade 重新评分",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written: where, what, what now. `row` is the id of the row, if it is one."""

    area: str  # one of AREAS
    where: Text
    what: Text
    now: Text = COPY
    row: object = None


@dataclass(frozen=True, slots=True)
class Audit:
    """All of it. `notes` are to know, and no fault."""

    checked: Mapping[str, int]  # how many of each area
    findings: tuple[Finding, ...] = ()
    notes: tuple[Text, ...] = ()
    head: str = ""  # "<number>:<hash>" of the last entry
    key: str = ""  # id of the key that signs now
    public: str = ""  # its 32 bytes, in hexadecimal

    @property
    def holds(self) -> bool:
        return not self.findings

    def bad(self, area: str) -> int:
        """How many of an area have a fault."""
        return len({(str(one.where), one.row) for one in self.findings if one.area == area})

    def spoilt(self) -> frozenset[int]:
        """The ids of results that no longer hold."""
        return frozenset(one.row for one in self.findings if one.area == "result" and isinstance(one.row, int))


@dataclass(slots=True)
class Notebook:
    """Collects while the audit goes on."""

    checked: dict[str, int] = field(default_factory=lambda: dict.fromkeys(AREAS, 0))
    findings: list[Finding] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)

    def fault(self, area: str, where: Text, what: Text, now: Text = COPY, row: object = None) -> None:
        self.findings.append(Finding(area, where, what, now, row))

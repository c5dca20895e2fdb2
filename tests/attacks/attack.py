"""The table of attacks: one file each in `cases/`, or one folder if the attack plants further files.

A case is the submission itself. It begins with a docstring: what it tries, a blank line, and then fields as YAML:

    catalogue: A1          its class in the literature, or "own"
    outcome: failed        what the topic's outcome must be; a list where kernels differ
    checks: {value.random: crash}   optional: outcomes of single checks
    flag: protocol         optional: a part of a flag that the result must carry for a person to look at
    prints: text           optional: what must stand in its output, to show that the attack was carried out
    needs: [pid, user]     optional: layers that must stay on when the defence is measured, or the machine is at risk
    forge: true            optional: begins with the forger, which speaks the wire in the guest's place

Before the case's own code stand wrong answers to every task, which are worth nothing, and `won(what)`, by which the
case says that it got what it should not get. WHERE names what lies outside, as far as an attacker may know it.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
COURSE = HERE / "course"
CASES = HERE / "cases"
WRONG = COURSE / "solutions" / "01_victim" / "mistakes" / "wrong.py"
FORGER = HERE.parent / "grading" / "forger.py"
ENTRY = "victim.py"
WON = "<<won: "
_PRELUDE = """
WHERE = {where!r}


def won(what):
    import os
    said = f"{won}{{what}}>>\\n".encode("utf-8", "replace")
    for name in os.listdir("/proc/self/fd"):  # stdout is not there if the layer that closes files is off
        try:
            if "memfd:output" in os.readlink(f"/proc/self/fd/{{name}}"):
                return os.write(int(name), said)
        except OSError:
            pass
    os.write(1, said)


"""
_FIELDS = {"catalogue", "outcome", "checks", "flag", "prints", "needs", "forge"}


@dataclass(frozen=True)
class Attack:
    """One hostile submission and what must come of it."""

    name: str
    tries: str
    catalogue: tuple[str, ...]
    outcome: tuple[str, ...]
    body: str
    checks: dict[str, str] = field(default_factory=dict)
    flag: str = ""
    prints: str = ""
    needs: tuple[str, ...] = ()
    forge: bool = False
    planted: dict[str, Path] = field(default_factory=dict)  # further files, by their place in the submission

    def source(self, where: dict[str, Any]) -> str:
        """The submission's main file; `where` tells the attacker what lies outside."""
        forger = FORGER.read_text(encoding="utf-8") if self.forge else ""
        return WRONG.read_text(encoding="utf-8") + _PRELUDE.format(where=where, won=WON) + forger + "\n" + self.body

    def write(self, folder: Path, where: dict[str, Any]) -> None:
        """Make the submission in `folder`, which need not exist."""
        folder.mkdir(parents=True)
        (folder / ENTRY).write_text(self.source(where), encoding="utf-8")
        for name, path in self.planted.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(path.read_bytes())


def attacks() -> list[Attack]:
    """Every case, by name."""
    entries = [path for path in sorted(CASES.iterdir()) if not path.name.startswith((".", "__"))]
    return [_read(path) for path in entries]


def _read(path: Path) -> Attack:
    entry = path / ENTRY if path.is_dir() else path
    source = entry.read_text(encoding="utf-8")
    tries, _, fields = (ast.get_docstring(ast.parse(source)) or "").partition("\n\n")
    said = yaml.safe_load(fields) or {}
    if not tries or not said.keys() >= {"catalogue", "outcome"} or said.keys() - _FIELDS:
        raise ValueError(f"{entry}: a case begins with what it tries, a blank line and fields; they are {said}")
    planted = {str(file.relative_to(path)): file for file in path.rglob("*") if file.is_file() and file != entry}
    return Attack(
        name=path.stem,
        tries=" ".join(tries.split()),
        catalogue=_many(said["catalogue"]),
        outcome=_many(said["outcome"]),
        body=source,
        checks=said.get("checks", {}),
        flag=said.get("flag", ""),
        prints=said.get("prints", ""),
        needs=_many(said.get("needs", [])),
        forge=said.get("forge", False),
        planted=planted if path.is_dir() else {},
    )


def _many(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)

"""Defence in depth, measured: every attack behind the whole wall, and again with layers of it switched off.

`python -m benchmarks.defence` prints the table, `--write` puts it into docs/security.md. Names of attacks limit it to
these; `--wall` leaves every layer on, for a look at one attack. Some attacks would harm the machine without a layer:
their cases say so, and that layer stays on. Run it on a machine that you can spare.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "attacks"))

from attack import COURSE, ENTRY, WON, Attack, attacks  # noqa: E402
from siege import world  # noqa: E402

from autograder.course.discover import load_course, topic_spec  # noqa: E402
from autograder.engine.worker import Worker  # noqa: E402
from autograder.model.course import Limits  # noqa: E402
from autograder.model.job import Job, TopicSpec  # noqa: E402
from autograder.model.plain import from_plain  # noqa: E402
from autograder.model.result import TopicResult  # noqa: E402
from autograder.model.submission import SubmittedFile  # noqa: E402
from autograder.sandbox import jail  # noqa: E402
from autograder.sandbox.launcher import CANARY, Zygote  # noqa: E402
from autograder.sandbox.process import WallProcess  # noqa: E402

PAGE = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- defence: made by python -m benchmarks.defence --write -->", "<!-- end of defence -->"
_WATCHED = {"cpu", "timeout", "output"}


class WeakZygote(Zygote):
    """A zygote whose sandboxes lack layers. The real one leaves a layer off for its canary alone, so here the student's
    guest takes the canary's place: the wall's own code has no switch that a grader could be talked into."""

    def __init__(self, folder: Path) -> None:
        stand_in = folder / "canary_guest.py"
        stand_in.write_text("from autograder.sandbox.guest import main as main\n")
        self.without: frozenset[str] = frozenset()
        super().__init__(hide=[COURSE], files={"autograder/sandbox/canary_guest.py": stand_in}, prove=False)

    def spawn(self, limits: Limits) -> WallProcess:
        return self.spawn_guest(limits, CANARY, sorted(self.without))


@dataclass(frozen=True)
class Seen:
    """What came of one attack under one set of layers."""

    outcome: str
    points: float
    won: tuple[str, ...]
    flagged: bool

    def __str__(self) -> str:
        gained = [f"{self.points:g} points"] if self.points else []
        return "; ".join([self.outcome, *gained, *(f"**won**: {each}" for each in self.won)])


class Range:
    """Where attacks are tried, one after the other, each in a class of its own."""

    def __init__(self, stack: ExitStack) -> None:
        self.place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="range-", dir="/var/tmp")))
        self.where, self.reached = stack.enter_context(world(self.place))
        self.zygote = WeakZygote(self.place)
        self.worker = Worker(self.zygote)
        stack.callback(self.worker.close)
        self.spec: TopicSpec = topic_spec(load_course(COURSE).topics[0])

    def attack(self, attack: Attack, without: Iterable[str] = ()) -> TopicResult:
        """The result with these layers left off."""
        self.zygote.without = frozenset(without) - set(attack.needs)
        files = [SubmittedFile(ENTRY, attack.source(self.where).encode())]
        files += [SubmittedFile(name, path.read_bytes()) for name, path in attack.planted.items()]
        job = Job(attack.name, self.spec, attack.name, "digest", tuple(files), (), seed=7)
        result: TopicResult = from_plain(TopicResult, self.worker.run(job))
        return result

    def see(self, attack: Attack, without: Iterable[str] = ()) -> Seen:
        result = self.attack(attack, without)
        won = {part.split(">>")[0] for part in result.output.split(WON)[1:]}
        return Seen(str(result.outcome), result.points, tuple(sorted(won))[:2], bool(result.flags))


@contextmanager
def firing_range() -> Iterator[Range]:
    with ExitStack() as stack:
        yield Range(stack)


def measure(attack: Attack, place: Range) -> list[str]:
    """A row of the table: name, what it tries, outcome, what stops it, what happens without."""
    behind = place.see(attack)
    layers = [layer for layer in jail.LAYERS if layer not in attack.needs]
    bare = place.see(attack, layers)
    if bare == behind:
        return [attack.name, attack.tries, str(behind), _grader(behind), "the same"]
    alone = {layer: place.see(attack, [layer]) for layer in layers}
    stopping = {layer: seen for layer, seen in alone.items() if seen != behind}
    if stopping:
        stops, happens = ", ".join(stopping), " · ".join(f"{layer}: {seen}" for layer, seen in stopping.items())
    else:
        stops, happens = "several, each of them enough", f"all off: {bare}"
    return [attack.name, attack.tries, str(behind), stops, happens]


def _grader(seen: Seen) -> str:
    """What stops an attack that no layer of the kernel's has to do with."""
    if seen.flagged:
        return "the decoder"
    if seen.outcome in _WATCHED:
        return "the grader's watch"
    return "the grader judges values by itself"


def table(rows: list[list[str]]) -> str:
    head = ["attack", "tries to", "outcome", "stopped by", "with that layer off"]
    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in [head, ["---"] * 5, *rows]]
    return "\n".join("| " + " | ".join(row) + " |" for row in cells)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--wall", action="store_true", help="every layer on; print the whole result")
    parser.add_argument("--write", action="store_true", help="put the table into docs/security.md")
    asked = parser.parse_args()
    chosen = [attack for attack in attacks() if not asked.names or attack.name in asked.names]
    with firing_range() as place:
        if asked.wall:
            for attack in chosen:
                show(attack, place.attack(attack))
            return
        rows = []
        for attack in chosen:
            rows.append(measure(attack, place))
            print(table([rows[-1]]).splitlines()[-1], flush=True)
    if asked.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        text = f"{before}{BEGIN}\n{table(rows)}\n{END}{rest.partition(END)[2]}"
        PAGE.write_text(text, encoding="utf-8")


def show(attack: Attack, result: TopicResult) -> None:
    """Everything about one attack, for its author."""
    expected = f"expected {' or '.join(attack.outcome)}"
    print(f"\n{attack.name}: {result.outcome}, {result.points:g} points, {result.cpu_s:.2f} s CPU ({expected})")
    for check in result.checks:
        print(f"  {check.check:20} {check.outcome:10} {check.reason:12} {check.detail.strip()[-200:]!r}")
    lines: list[Any] = [("flags", result.flags), ("problems", result.problems), ("output", result.output[-1500:])]
    for name, said in lines:
        print(f"  {name}: {said}")


if __name__ == "__main__":
    main()

"""Where attacks are tried one after the other in this process, and what is seen of each.

`python -m benchmarks.firing_range NAME...` tries these without any wall, as whoever runs it, and prints JSON lines.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "attacks"))

from attack import COURSE, ENTRY, WON, Attack, attacks  # noqa: E402
from siege import world  # noqa: E402

from autograder.course.discover import load_course, topic_spec  # noqa: E402
from autograder.engine.worker import PlainSandboxes, Sandboxes, Worker  # noqa: E402
from autograder.errors import AutograderError  # noqa: E402
from autograder.model.course import Limits  # noqa: E402
from autograder.model.job import Job  # noqa: E402
from autograder.model.plain import from_plain  # noqa: E402
from autograder.model.result import TopicResult  # noqa: E402
from autograder.model.submission import SubmittedFile  # noqa: E402
from autograder.sandbox.host import printable  # noqa: E402
from autograder.sandbox.launcher import CANARY, Zygote  # noqa: E402
from autograder.sandbox.process import SandboxProcess  # noqa: E402


class WeakZygote(Zygote):
    """A zygote whose sandboxes lack layers. The real one leaves a layer off for its canary alone, so here the student's
    guest takes the canary's place: the wall's own code has no switch that a grader could be talked into."""

    def __init__(self, folder: Path) -> None:
        stand_in = folder / "canary_guest.py"
        stand_in.write_text("from autograder.sandbox.guest import main as main\n")
        self.without: frozenset[str] = frozenset()
        super().__init__(hide=[COURSE], files={"autograder/sandbox/canary_guest.py": stand_in}, prove=False)

    def spawn(self, limits: Limits) -> SandboxProcess:  # type: ignore[override]
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
        return "; ".join([self.outcome, *gained, *(f"**won:** {each[:80]}" for each in self.won)])


class Range:
    """One source of sandboxes, in a world with things to reach for."""

    def __init__(self, place: Path, make: Callable[[], Sandboxes], stack: ExitStack) -> None:
        self.where, _ = stack.enter_context(world(place))
        self._make = make
        self._open()
        stack.callback(self._close)
        self._spec = topic_spec(load_course(COURSE).topics[0])

    def _close(self) -> None:
        self._worker.close()

    def _open(self) -> None:
        self.source = self._make()
        self._worker = Worker(self.source)

    def attack(self, attack: Attack) -> TopicResult:
        files = [SubmittedFile(ENTRY, attack.source(self.where).encode())]
        files += [SubmittedFile(name, path.read_bytes()) for name, path in attack.planted.items()]
        job = Job(attack.name, self._spec, attack.name, "digest", tuple(files), (), seed=7)
        result: TopicResult = from_plain(TopicResult, self._worker.run(job))
        return result

    def see(self, attack: Attack) -> Seen:
        try:
            result = self.attack(attack)
        except AutograderError:  # with layers off a zygote can be killed
            self._close()
            self._open()
            return Seen("the zygote died", 0.0, (), False)
        won = {printable(part.split(">>")[0]) for part in result.output.split(WON)[1:]}
        return Seen(str(result.outcome), result.points, tuple(sorted(won))[:2], bool(result.flags))

    def see_without(self, attack: Attack, layers: Iterable[str]) -> Seen:
        """With these layers left off, but for those that the attack must not be tried without."""
        assert isinstance(self.source, WeakZygote)
        self.source.without = frozenset(layers) - set(attack.needs)
        seen = self.see(attack)
        self.source.without = frozenset()
        return seen


@contextmanager
def firing_range(*, wall: bool = True) -> Iterator[Range]:
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="range-", dir="/var/tmp")))
        yield Range(place, lambda: WeakZygote(place) if wall else PlainSandboxes("cpu"), stack)


if __name__ == "__main__":
    table = {attack.name: attack for attack in attacks()}
    with firing_range(wall=False) as unwalled:
        for name in sys.argv[1:]:
            print(json.dumps([name, asdict(unwalled.see(table[name]))]), flush=True)

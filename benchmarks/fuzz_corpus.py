"""The smallest part of a fuzzing corpus that reaches the same code, packed for the tests; and how much code that is.

    python benchmarks/fuzz_corpus.py DIR     keep what DIR reaches beyond the packed corpus, pack it again
    python benchmarks/fuzz_corpus.py         only say what the packed corpus reaches

Coverage is counted in steps from line to line of the grader's end of the wire, and told in lines. No atheris needed.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "wire")]
import wire_corpus  # noqa: E402  # beside the tests that replay it
from grader_side import Feeder  # noqa: E402

ROOMS = ("channel", "decode", "intake", "bridge", "host", "observation", "remote")
Step = tuple[str, int, int]


class Trace:
    """Steps from line to line in the files of ROOMS while it is entered."""

    def __init__(self) -> None:
        self.names = {str(ROOT / "autograder" / "sandbox" / f"{room}.py"): room for room in ROOMS}
        self.steps: set[Step] = set()

    def __enter__(self) -> Trace:
        self.steps = set()
        sys.settrace(self._called)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)

    def _called(self, frame: FrameType, _event: str, _arg: Any) -> Any:
        room = self.names.get(frame.f_code.co_filename)
        if room is None:
            return None
        last = frame.f_code.co_firstlineno

        def line(frame: FrameType, _event: str, _arg: Any) -> Any:
            nonlocal last
            self.steps.add((room, last, frame.f_lineno))
            last = frame.f_lineno
            return line

        return line


def smallest(inputs: list[bytes]) -> tuple[list[bytes], set[Step]]:
    """Inputs, shortest first, that each add a step; and all steps."""
    feeder, trace, kept, reached = Feeder(), Trace(), list[bytes](), set[Step]()
    for data in sorted(set(inputs), key=lambda data: (len(data), data)):
        with trace:
            feeder.feed(data)
        if trace.steps - reached:
            reached |= trace.steps
            kept.append(data)
    return kept, reached


def lines_of(code: CodeType) -> set[int]:
    """Lines of a function's or module's own code, without its first, and of the functions in it."""
    own = {line for _, _, line in code.co_lines() if line} - {code.co_firstlineno}
    own = own if code.co_flags & 2 else set()  # a module or a class: it ran before anything was fed
    return own.union(*[lines_of(inner) for inner in code.co_consts if isinstance(inner, CodeType)])


def report(reached: set[Step]) -> str:
    """Lines of each room that were reached, and those that were not."""
    texts = []
    for room in ROOMS:
        path = Path(importlib.import_module(f"autograder.sandbox.{room}").__file__ or "")
        every = lines_of(compile(path.read_text(encoding="utf-8"), str(path), "exec"))
        seen = every & {line for name, _, line in reached if name == room}
        missing = " ".join(map(str, sorted(every - seen)))
        texts.append(f"{room}.py: {len(seen)} of {len(every)} lines{'; not ' + missing if missing else ''}")
    return "\n".join(texts)


def main() -> None:
    folders = [Path(name) for name in sys.argv[1:]]
    found = [path.read_bytes() for folder in folders for path in sorted(folder.iterdir())]
    kept, reached = smallest([*wire_corpus.load(), *found])
    print(report(reached))
    if folders:
        print(f"{len(kept)} of {len(found)} inputs kept, {wire_corpus.save(kept)} bytes, {len(reached)} steps")


if __name__ == "__main__":
    main()

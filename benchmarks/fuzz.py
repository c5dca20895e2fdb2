"""Coverage-guided fuzzing of everything the grader's side reads from a sandbox.

    python benchmarks/fuzz.py --frames 10000000 --corpus DIR [--seed N]

Needs atheris (`pip install 'autograder[fuzz]'`). One input is a handful of frames; frames are counted as the real
`Channel` reads them, so one that was never read to its end does not count. What must hold of every frame is said in
tests/wire/grader_side.py. The corpus grows in DIR, beginning with the packed one of the tests; `--pack` writes the
smallest part of DIR with the same coverage back to it. A failure prints the input and ends with 1.
"""

from __future__ import annotations

import argparse
import base64
import gc
import os
import sys
import time
import traceback
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "wire")]
import wire_corpus  # noqa: E402  # beside the tests that replay it

with atheris.instrument_imports(include=["autograder.sandbox"], exclude=["autograder.sandbox.encode"]):
    from grader_side import Feeder

_EVERY = 500_000  # frames between two lines of progress


class Fuzzer:
    """Feeds each input of libFuzzer to the grader's side until enough frames were read."""

    def __init__(self, frames: int) -> None:
        self.wanted = frames
        self.feeder = Feeder()
        gc.freeze()
        self.inputs = self._said = 0
        self._begun, self._cpu = time.monotonic(), time.process_time()

    def one(self, data: bytes) -> None:
        """One input. Ends the process when there were enough frames, or when something does not hold."""
        self.inputs += 1
        try:
            self.feeder.feed(data)
        except BaseException:
            traceback.print_exc()
            print(f"broken by (base64): {base64.b64encode(data).decode()}", file=sys.stderr, flush=True)
            os._exit(1)
        if self.feeder.frames - self._said >= _EVERY or self.feeder.frames >= self.wanted:
            self.say()
        if self.feeder.frames >= self.wanted:
            os._exit(0)

    def say(self) -> None:
        self._said = self.feeder.frames
        wall, cpu = time.monotonic() - self._begun, time.process_time() - self._cpu
        print(
            f"{self.feeder.frames} frames ({self.feeder.accepted} decoded) in {self.inputs} inputs, {wall:.0f} s: "
            f"{self.feeder.frames / wall:.0f} frames/s, {self.feeder.frames / cpu:.0f} per CPU second; "
            f"slowest step {self.feeder.slowest_s:.2f} s; {dict(self.feeder.undecodable)}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, default=10_000_000)
    parser.add_argument("--corpus", type=Path, required=True, help="a folder; kept and grown")
    parser.add_argument("--seed", type=int, default=0, help="0: another one each time")
    args = parser.parse_args()
    args.corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(wire_corpus.load()):
        (args.corpus / f"kept-{number:04}").write_bytes(data)
    options = [f"-seed={args.seed}"] if args.seed else []
    options += [
        "-max_len=1024",
        "-len_control=0",
        "-timeout=300",
        "-rss_limit_mb=4096",
        "-print_final_stats=1",
        str(args.corpus),
    ]
    fuzzer = Fuzzer(args.frames)
    atheris.Setup([sys.argv[0], *options], fuzzer.one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

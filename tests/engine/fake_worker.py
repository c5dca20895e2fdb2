"""A worker that speaks the protocol and does what its jobs' files say: `python fake_worker.py LOG [MODE]`.

The first word of a job's file is what happens: ok, slow, fail, die, hang, garbage, not-json, other-job, chatter, stop;
with a number, `die 1`, only for the first so many tries; `outcome crash` is a result with that outcome. Every job is
noted in LOG when it begins. MODE is what happens at the start: refuse, crash, silent, die-once (crash unless LOG
exists), short (of something that may be there in a moment) or short-later (once, after a job was run).
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

from autograder.engine.seam import grader_version
from autograder.engine.unrun import rejected
from autograder.model.job import Job
from autograder.model.plain import from_plain, to_plain
from autograder.model.result import Outcome
from autograder.model.submission import Problem
from autograder.model.text import Text


def say(message: Any) -> None:
    print(json.dumps(message), flush=True)


def graded(job: Job) -> dict[str, Any]:
    """A result in which everything passed."""
    result = to_plain(rejected(job, Problem("fine", Text("fine")), grader_version(), "2026-03-01T12:00:00+00:00"))
    for check in result["checks"]:
        check.update(
            outcome=Outcome.PASSED.value, points=check["max_points"], reason="", check=f"{check['task']}.value"
        )
    return result


def misbehave(how: str, job: Job) -> None:
    print(f"about to {how}", file=sys.stderr, flush=True)
    if how == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif how == "hang":
        time.sleep(600)
    elif how == "fail":
        say({"failed": "no sandbox to be had"})
    elif how == "not-json":
        print("Segmentation fault", flush=True)
    elif how == "garbage":
        say({"result": {"student": 7}})
    elif how == "other-job":
        say({"result": graded(job) | {"student": "somebody else"}})
    elif how == "chatter":
        print(json.dumps({"result": graded(job)}) + "\nand another thing", flush=True)


def serve(log: Path) -> None:
    for line in sys.stdin:
        job = from_plain(Job, json.loads(line))
        with log.open("a", encoding="utf-8") as notes:
            notes.write(f"{job.id} {job.tries} {os.getpid()}\n")
        how, _, times = job.files[0].data.decode().splitlines()[0].lstrip("# ").partition(" ")
        if how == "slow":
            time.sleep(float(times))
        elif how == "outcome":
            result = graded(job)
            result["checks"][0].update(outcome=times, points=0.0)
            say({"result": result})
            continue
        elif how == "jitter":
            time.sleep(random.random() * float(times))
        elif how != "ok" and job.tries <= int(times or 99):
            misbehave(how, job)
            continue
        say({"result": graded(job)})


def main() -> None:
    log, mode = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    if mode == "refuse":
        say({"refused": "no user namespaces here; run `autograder doctor`"})
        return
    spent = log.with_suffix(".spent")
    if mode == "short" or (mode == "short-later" and log.exists() and not spent.exists()):
        spent.touch()
        say({"refused": "zygote: too many open files\n  -> raise the limit on open files", "short": True})
        return
    if mode == "crash" or (mode == "die-once" and not log.exists()):
        log.touch()
        sys.exit("libtorch.so: cannot open shared object file")
    say({"ready": {"pid": os.getpid()}})
    serve(log)


if __name__ == "__main__":
    main()

"""A grader process without PyTorch: the real zygote, jail and sandboxes, a stand-in for checks and guest.

`python light_worker.py MODE DEVICE FOLDER` speaks the engine's protocol. What the real one would find out by running
checks, this one asks its guest (light_guest.py), who knows the kinds of benchmarks/fault_course.py by their text.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from autograder.engine.seam import grader_version
from autograder.engine.unrun import rejected
from autograder.errors import AutograderError, Shortage, WorkerLost
from autograder.model.course import Limits
from autograder.model.job import Job
from autograder.model.plain import from_plain, to_plain
from autograder.model.submission import Problem
from autograder.model.text import Text
from autograder.sandbox.launcher import Zygote

GUEST = {"light_guest.py": Path(__file__).with_name("light_guest.py")}
hooks: Any = sys.modules.get("sitecustomize")
passing = getattr(hooks, "passing", lambda step: None)
note = getattr(hooks, "note", lambda name, line: None)


def grade(job: Job, zygote: Zygote) -> dict[str, Any]:
    """Ask a sandbox what to think of the submission."""
    note("begun", job.student)
    passing("job:before")
    text = job.files[0].data.decode("utf-8", "replace")
    if "POISON" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    process = zygote.spawn(Limits(processes=2 if job.topic.slug == "forking" else 0))
    process.sock.settimeout(20)
    with process.sock.makefile("rwb") as lines:
        for question in ("outcome", "points"):
            passing("guest.ask:before")
            lines.write(json.dumps([question, text]).encode() + b"\n")
            try:
                lines.flush()
                passing("guest.ask:after")
                passing("guest.answer:before")
                answer = json.loads(lines.readline())
            except (OSError, ValueError):
                raise WorkerLost(f"the sandbox was lost: {process.ended()}") from None
            passing("guest.answer:after")
            if question == "outcome":
                outcome = answer
    process.ended(0.0)
    process.close()
    result = to_plain(rejected(job, Problem("light", Text("light")), grader_version(), "2026-03-01T12:00:00+00:00"))
    for check in result["checks"]:
        check.update(outcome=outcome, points=answer)
    passing("job:after")
    return dict(result)


def say(message: dict[str, Any]) -> None:
    print(json.dumps(message), flush=True)


def main() -> None:
    try:
        zygote = Zygote(preload=None, guest="light_guest", files=GUEST, hide=[Path(sys.argv[3])], prove=False)
    except WorkerLost as lost:
        sys.exit(str(lost))
    except AutograderError as refusal:
        say({"refused": str(refusal), "short": isinstance(refusal, Shortage)})
        return
    say({"ready": {"pid": os.getpid()}})
    for line in sys.stdin:
        try:
            say({"result": grade(from_plain(Job, json.loads(line)), zygote)})
        except Exception as fault:
            say({"failed": repr(fault)})
    zygote.close()


if __name__ == "__main__":
    main()

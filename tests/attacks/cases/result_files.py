"""Writes, links and locks the files in which other graders keep their results, here and outside.

catalogue: [C43, C44, C46, D64]
outcome: failed
prints: report.xml written in vain
"""

import contextlib
import json
import os

FORGED = json.dumps({"score": 100, "outcome": "passed", "tests": [{"status": "passed"}]})
NAMES = "results.json results/results.json output.json report.xml junit.xml ctrf.json .result score.txt grade.json feedback.json"
for name in NAMES.split():
    os.makedirs(os.path.dirname(f"./{name}"), exist_ok=True)
    open(name, "w").write(FORGED)
    os.chmod(name, 0o444)
    with contextlib.suppress(OSError):
        open(f"/tmp/{name}", "w").write(FORGED)
    print(name, "written in vain")
for place in (WHERE["database"], WHERE["reports"] + "/class.html", WHERE["hidden"], WHERE["open"] + "/results.json",
              WHERE["other"], WHERE["program"] + "/grading/score.py", "/guest/autograder/sandbox/encode.py"):  # fmt: skip
    for what, act in {
        "read": lambda: open(place).read() and "guest" not in place,
        "wrote": lambda: open(place, "a").close() or True,
        "replaced": lambda: os.replace("score.txt", place) or True,
        "linked": lambda: os.link(place, "hard") or True,
        "removed": lambda: os.unlink(place) or True,
        "opened up": lambda: os.chmod(place, 0o777) or True,
    }.items():
        with contextlib.suppress(OSError):
            if act():
                won(f"{what} {place}")
    with contextlib.suppress(OSError):
        os.symlink(place, f"link{abs(hash(place))}.json")
if leaked := [name for name in os.environ if name not in ("PATH", "HOME", "LANG") and any(
        word in name for word in ("FIXTURE", "SECRET", "TOKEN", "RESULT", "GRADE"))]:  # fmt: skip
    won(f"in the environment: {leaked}")

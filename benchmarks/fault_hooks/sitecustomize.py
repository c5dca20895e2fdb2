"""Read by every Python that starts with this folder on PYTHONPATH: the command and its grader processes, while faults
are made. Nothing in the program knows of it.

The environment variable AUTOGRADER_FAULTS names a folder. If it holds a file `armed`, a line of JSON
  {"id": n, "step": "store.save:before", "nth": k, "victim": "worker", "delay": s}
then whoever passes that step for the k-th time renames the file to `fired-n`, waits for the delay, kills the victim
with SIGKILL and notes it in `kills`. STEPS says which function is which step; each has a `:before` and an `:after`.
Victims are the command itself and what is below it, by depth: worker, keeper, usher, zygote, sandbox. Other notes:
`begun` has a line for each job a grader process began, `workers` one for each grader process.
"""

import contextlib
import functools
import importlib.util
import json
import os
import random
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from importlib.abc import MetaPathFinder

FOLDER = os.environ.get("AUTOGRADER_FAULTS", "")
ARGV = " ".join(sys.orig_argv)
IS_WORKER = "autograder.engine.worker " in ARGV or "light_worker.py" in ARGV
DEPTHS = ("command", "worker", "keeper", "usher", "zygote", "sandbox")
STEPS = (
    {  # in the command
        "autograder.store.store": [
            ("Store", "record_submissions", "store.uploads"),
            ("Store", "secret_seed", "store.seed"),
            ("Store", "start_run", "store.start"),
            ("Store", "take_over", "store.take-over"),
            ("Store", "finish_run", "store.finish"),
            ("Store", "release_dead", "store.free"),
            ("Store", "release", "store.release"),
            ("Store", "claim", "store.claim"),
            ("Store", "save", "store.save"),
        ],
        "autograder.store.database": [("Database", "writing", "store.commit")],
        "autograder.engine.worker_process": [
            ("WorkerProcess", "__init__", "worker.start"),
            ("WorkerProcess", "wait_ready", "worker.ready"),
            ("WorkerProcess", "_write", "worker.write-job"),
            ("WorkerProcess", "_read", "worker.read-answer"),
            ("WorkerProcess", "run", "worker.run"),
            ("WorkerProcess", "retire", "worker.retire"),
            ("WorkerProcess", "kill", "worker.kill"),
        ],
        "autograder.engine.local": [],  # only to put another program in the grader process's place
        "autograder.cli.grade_run": [],  # only to let the clock jump
        "autograder.reports.write": [("", "_build", "reports.build"), ("", "_take_place", "reports.take-place")],
    }
    if not IS_WORKER
    else {
        "autograder.grading.grade": [("", "grade", "job")],
        "autograder.sandbox.launcher": [
            ("", "_start", "zygote.start"),
            ("Zygote", "_prove", "zygote.prove"),
            ("Zygote", "spawn_guest", "sandbox.spawn"),
            ("Zygote", "_group", "sandbox.group"),
            ("", "_read_report", "sandbox.sealed"),
            ("Zygote", "close", "zygote.close"),
        ],
        "autograder.sandbox.control": [
            ("Control", "send", "zygote.ask"),
            ("Control", "receive", "zygote.answer"),
            ("Control", "end_of", "zygote.end-of-sandbox"),
        ],
        "autograder.sandbox.channel": [("Channel", "send", "guest.ask"), ("Channel", "receive", "guest.answer")],
        "autograder.sandbox.process": [
            ("WallProcess", "kill", "sandbox.kill"),
            ("WallProcess", "close", "sandbox.close"),
        ],
        "autograder.sandbox.cgroups": [("Groups", "join", "group.join"), ("Group", "remove", "group.remove")],
    }
)
_seen: dict[tuple[int, str], int] = {}


def passing(step):
    """Here a step is passed: kill what is to be killed."""
    try:
        with open(f"{FOLDER}/armed") as file:
            armed = json.load(file)
    except (OSError, ValueError):
        return
    if armed["step"] != step:
        return
    key = armed["id"], step
    _seen[key] = _seen.get(key, 0) + 1
    if _seen[key] < armed["nth"]:
        return
    victims = below(os.getppid() if IS_WORKER else os.getpid())[armed["victim"]]
    own = {pid for row in below(os.getpid(), "worker").values() for pid in row} if IS_WORKER else set()
    victims = [pid for pid in victims if pid in own] or victims
    if not victims:
        return  # there is none at this moment; the next passing may do
    try:
        os.rename(f"{FOLDER}/armed", f"{FOLDER}/fired-{armed['id']}")
    except OSError:
        return  # another process was faster
    time.sleep(armed["delay"])
    victim = random.Random(armed["id"]).choice(victims)
    note("kills", f"{armed['id']} {step} {armed['victim']} {victim}")
    with contextlib.suppress(ProcessLookupError):
        os.kill(victim, signal.SIGKILL)


def below(pid, depth="command"):
    """The command's living processes by what they are."""
    found = {name: [] for name in DEPTHS}
    row = [pid]
    for name in DEPTHS[DEPTHS.index(depth) :]:
        found[name] = row
        row = [child for one in row for child in children(one) if lives(child)]
    return found


def children(pid):
    found = []
    with contextlib.suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children") as file:
                found += map(int, file.read().split())
    return found


def lives(pid):
    """Not one that has ended and is only waited for."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def note(name, line):
    fd = os.open(f"{FOLDER}/{name}", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    os.write(fd, f"{line}\n".encode())
    os.close(fd)


def jumping():
    """A clock that is days off, differently at every look."""
    return (datetime.now(UTC) + random.uniform(-1, 1) * timedelta(days=3)).isoformat()


def wrapped(function, step):
    @functools.wraps(function)
    def around(*args, **kwargs):
        if step == "job":
            note("begun", args[0].student)
        passing(f"{step}:before")
        result = function(*args, **kwargs)
        passing(f"{step}:after")
        return result

    return around


def transaction(function):
    """`Database.writing`: before the commit and after it."""

    @contextlib.contextmanager
    def around(self):
        with function(self) as connection:
            yield connection
            passing("store.commit:before")
        passing("store.commit:after")

    return around


class Hooks(MetaPathFinder):
    """Wraps the functions of STEPS as soon as their module has been imported."""

    def find_spec(self, name, *_):
        if name not in STEPS:
            return None
        sys.meta_path.remove(self)
        try:
            spec = importlib.util.find_spec(name)
        finally:
            sys.meta_path.insert(0, self)
        execute = spec.loader.exec_module

        def exec_module(module):
            execute(module)
            for where, what, step in STEPS[name]:
                place = getattr(module, where) if where else module
                function = getattr(place, what)
                setattr(place, what, transaction(function) if step == "store.commit" else wrapped(function, step))

            if name == "autograder.cli.grade_run" and os.environ.get("AUTOGRADER_FAULTS_CLOCK"):
                module._now = jumping
            if name == "autograder.engine.local" and os.environ.get("AUTOGRADER_FAULTS_WORKER"):
                module.worker_command = lambda *words: [
                    *(sys.executable, "-P", os.environ["AUTOGRADER_FAULTS_WORKER"]),
                    *map(str, words),
                ]

        spec.loader.exec_module = exec_module
        return spec


if FOLDER and (IS_WORKER or " grade " in ARGV):
    sys.meta_path.insert(0, Hooks())
    if IS_WORKER:
        note("workers", os.getpid())

"""Kills and starves the real program while it grades a class, lets it go on as a person would, and counts the damage.

    python -m benchmarks.faults                      10,000 submissions, 300 kills
    python -m benchmarks.faults --submissions 2000 --kills 80 --seed 7
    python -m benchmarks.faults --short              a look

The command is `autograder grade` on a course of two tiny topics and a class whose outcomes are known (fault_course.py).
Processes die by SIGKILL at random moments and before and after every step of a job (fault_kills.py): the command, a
grader process, its zygote with keeper and usher, a sandbox. After each death of the command it is run again with
--resume. Then one thing after the other is taken away from it: disk, the right to write, the database, file
descriptors, memory, a terminal to talk to (fault_stress.py). At the end the claims are read from the database and from
the system (fault_claims.py), and the exit code is 1 if one does not hold. Linux; everything lies in one temporary
folder.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from benchmarks import fault_claims, fault_stress
from benchmarks.fault_claims import Claim
from benchmarks.fault_course import KINDS, LIGHT, Expected, Kind, forking_share, make_class, make_course
from benchmarks.fault_kills import ROOT, Field, Life, adopt_orphans
from benchmarks.fault_plan import Plan, every_step, plan

NOTHING_TO_RESUME = "no run was interrupted"
MOST_LIVES = 2  # commands for each kill; more means that it does not come forward


def make_field(
    folder: Path, submissions: int, dice: random.Random, kinds: Mapping[str, Kind] = KINDS, worker: str = ""
) -> tuple[Field, dict[str, Expected]]:
    """The course, the class and the folders of a campaign below `folder`."""
    for name in ("notes", "tmp", "out", "db"):
        (folder / name).mkdir(parents=True)
    make_course(folder / "course")
    return Field(folder, worker), make_class(folder / "inbox", submissions, dice, kinds)


def campaign(field: Field, todo: Plan) -> list[str]:
    """Run commands until the class is graded and nobody is left to be killed; what went otherwise than it should.

    A command that was killed, or that ended with a fault of ours, is followed by `grade --resume`; where that says that
    there is nothing to resume, by `grade` itself.
    """
    most = 10 + MOST_LIVES * (len(todo.begin) + len(todo.running) + len(todo.end))
    words: list[str] = []
    faults = []
    for _ in range(most):
        life = field.live(words, todo)
        words = ["--resume"]
        if finished(life):
            field.disarm()  # a step that did not come any more
            if not todo.end:
                return faults
            words = []
        elif life.code == 2 and NOTHING_TO_RESUME in life.said:
            words = []
        elif life.code == 3:
            print("the command gave up:", life.said[-600:], file=sys.stderr, flush=True)
        elif life.code != -9:
            faults.append(f"exit code {life.code}: {life.said[-600:]}")
    return [*faults, f"not done after {most} commands"]


def finished(life: Life) -> bool:
    """It came to its end, with the reports written; 3 because of the poison."""
    return life.code in (0, 3) and "\nopen     " in life.said


def audit(field: Field) -> Claim:
    """What `autograder audit` says of signatures, results and the trail."""
    command = [sys.executable, "-m", "autograder", "audit", "--course", field.folder / "course", "--db", field.database]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    said = (done.stdout + done.stderr)[-1000:]
    return Claim("`autograder audit`", f"exit code {done.returncode}", [said] * (done.returncode != 0))


def kill_table(field: Field) -> str:
    """Kills by victim, and how many of them at a named step."""
    kills = [line.split() for line in field.kills()]
    at_steps = Counter(victim for _, step, victim, _ in kills if step != "random")
    by_victim = Counter(victim for _, _, victim, _ in kills)
    rows = [f"| {name} | {by_victim[name]} | {at_steps[name]} |" for name in by_victim]
    steps = {step for _, step, _, _ in kills} - {"random"}
    total = f"| all | {len(kills)} | {sum(at_steps.values())}, at {len(steps)} different steps |"
    return "\n".join(["| killed with SIGKILL | times | at a named step |", "|---|---|---|", *rows, total])


def step_table(field: Field) -> str:
    """Kills by step."""
    steps = Counter(line.split()[1] for line in field.kills())
    return ", ".join(f"{step} {count}" for step, count in sorted(steps.items()))


def claim_table(claims: list[Claim]) -> str:
    rows = [f"| {claim.name} | {claim.figure} | {'VIOLATED' if claim.found else 'holds'} |" for claim in claims]
    return "\n".join(["| claim | found | |", "|---|---|---|", *rows])


def show(claims: list[Claim]) -> None:
    """The table of these claims, if there are any, and what speaks against them."""
    if claims:
        print(claim_table(claims))
    for claim in claims:
        for one in claim.found[:20]:
            print(f"VIOLATED {claim.name}: {one}")
    print(flush=True)


def kills_and_claims(given: argparse.Namespace, folder: Path) -> list[Claim]:
    """Grade the class through all the kills; prints the kills and returns what came of them."""
    dice = random.Random(given.seed)
    if given.every_step:
        submissions, todo = every_step(forking_share(given.kinds), dice)
    else:
        submissions, todo = given.submissions, plan(given.kills, given.submissions, forking_share(given.kinds), dice)
    wanted = len(todo.begin) + len(todo.running) + len(todo.end)
    field, expected = make_field(folder / "class", submissions, dice, given.kinds, given.worker)
    system = fault_claims.System(field)
    begun = time.monotonic()
    faults = campaign(field, todo)
    kills = field.kills()
    missing = [f"only {len(kills)} were done"] * (len(kills) < 0.9 * wanted)
    claims = [
        Claim("commands that ended neither killed nor done nor with a fault of ours", str(len(faults)), faults),
        Claim("kills", f"{len(kills)}; {wanted} planned", missing),
        *fault_claims.results(field, expected),
        audit(field),
        *system.claims(),
        fault_claims.memory(field.lives),
    ]
    minutes = (time.monotonic() - begun) / 60
    print(f"{submissions} submissions, {len(field.lives)} commands, seed {given.seed}, {minutes:.1f} minutes\n")
    print(kill_table(field) + "\n\n" + step_table(field) + "\n", flush=True)
    return claims


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32), help="of the class and of the kills")
    parser.add_argument("--short", action="store_true", help="120 submissions, 10 kills, nothing slow")
    parser.add_argument("--every-step", action="store_true", help="every named step once, in as few submissions as do")
    parser.add_argument("--no-kills", action="store_true", help="only take things away")
    parser.add_argument(
        "--only", metavar="WORDS", help="only take away what has these words in its name; none: nothing"
    )
    parser.add_argument("--folder", type=Path, help="work here, and keep it")
    parser.add_argument("--worker", default="", metavar="FILE", help="a program in the grader process's place")
    given = parser.parse_args()
    if given.short:
        given.submissions, given.kills = 120, 10
    given.kinds = LIGHT if given.worker else KINDS
    return given


def main() -> None:
    given = arguments()
    adopt_orphans()
    folder = (given.folder or Path(tempfile.mkdtemp(prefix="faults-"))).absolute()
    try:
        claims = [] if given.no_kills else kills_and_claims(given, folder)
        show(claims)
        taken = [
            fault_stress.run(case, folder, 45, given.seed, kinds=given.kinds, worker=given.worker)
            for case in fault_stress.cases(given.only, given.short)
        ]
        show(taken)
    finally:
        if not given.folder:
            shutil.rmtree(folder, ignore_errors=True)
    claims += taken
    sys.exit(1 if any(claim.found for claim in claims) else 0)


if __name__ == "__main__":
    main()

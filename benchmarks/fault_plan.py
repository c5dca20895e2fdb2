"""Which processes are killed when: the steps of a job, and plans over them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.fault_hooks.sitecustomize import DEPTHS as VICTIMS

LONG_LIFE = 0.6  # after this share of the submissions the command itself is let live
APART = 8  # submissions between two kills: three in a row must not meet the same job
WHEN = ("before", "after")
# In an order in which each is passed: a first command, then resumed ones.
AT_START = tuple((f"store.{name}", "command") for name in ("start", "take-over", "uploads", "seed", "free"))
AT_END = (
    *(
        ("worker.retire", "command"),
        ("worker.retire", "worker"),
        ("zygote.close", "worker"),
        ("zygote.close", "zygote"),
    ),
    *((name, "command") for name in ("store.finish", "reports.build", "reports.take-place")),
)
LAST_CHANCE = ("worker.retire", "zygote.close")  # after it there is nobody left to kill
IN_COMMAND = (
    *("store.claim", "store.save", "store.commit"),
    *("worker.start", "worker.ready", "worker.write-job", "worker.read-answer", "worker.run", "worker.kill"),
)
IN_WORKER = (
    *("job", "zygote.start", "zygote.prove", "sandbox.spawn", "sandbox.group", "sandbox.sealed"),
    *("zygote.ask", "zygote.answer", "zygote.end-of-sandbox", "guest.ask", "guest.answer"),
    *("sandbox.kill", "sandbox.close", "group.join", "group.remove"),
)
STEPS = (*IN_COMMAND, *IN_WORKER)
BEGINNINGS = ("worker.start", "worker.ready", "zygote.start", "zygote.prove")  # of a grader process


@dataclass(frozen=True, slots=True)
class Kill:
    """`victim` dies at the `nth` passing of `step`, or, without a step, at a random moment; `delay` seconds later. Not
    before `after` submissions are graded."""

    id: int
    after: int
    victim: str
    step: str = ""
    nth: int = 1
    delay: float = 0.0


@dataclass(slots=True)
class Plan:
    """What is still to be killed: at the start of commands, while they run, and at their end."""

    begin: list[Kill]
    running: list[Kill]
    end: list[Kill]


def plan(kills: int, submissions: int, forking: float, dice: random.Random) -> Plan:
    """Half of them at random moments, half at every named step in turn; the last share `forking` of the submissions
    have control groups.

    The command itself is killed only in the first part of the run, so that its last life is a long one.
    """
    edges = [
        [
            Kill(100_000 + 100 * row + number, 0, victim, f"{name}:{when}")
            for number, (name, victim, when) in enumerate(list)
        ]
        for row, list in enumerate([_each(AT_START), _each(AT_END)])
    ]
    if kills < 4 * sum(map(len, edges)):
        edges = [dice.sample(edge, kills // 8) for edge in edges]
    wanted = kills - sum(map(len, edges))
    pairs = [(f"{name}:{when}", victim) for name in STEPS for when in WHEN for victim in _victims(name)]
    dice.shuffle(pairs)
    last = (submissions - 3 * APART) // APART
    border = int(last * (1 - forking)) + 1
    grouped = [pair for pair in pairs if pair[0].startswith("group.")][: max(0, last - border) // 2]
    pairs = [pair for pair in pairs if not pair[0].startswith("group.")]
    chosen = [
        pairs[number // 2 % len(pairs)] if number % 2 else ("", VICTIMS[number // 2 % 6]) for number in range(wanted)
    ]
    chosen[: len(grouped)] = []
    places = dice.sample(range(1, max(wanted + 1, border)), len(chosen))
    early = [place for place in places if place < LONG_LIFE * last]
    late = [place for place in places if place >= LONG_LIFE * last]
    ordered = sorted(chosen, key=lambda one: one[1] != "command")
    running = [(pair, early.pop() if early and (pair[1] == "command" or not late) else late.pop()) for pair in ordered]
    running += zip(grouped, dice.sample(range(border, max(border, last)), len(grouped)), strict=True)
    due = [
        Kill(number, place * APART, victim, step, _nth(step, dice), dice.choice((0, 0, 0.002, 0.01)))
        for number, ((step, victim), place) in enumerate(running)
    ]
    return Plan(edges[0], sorted(due, key=lambda kill: kill.after), edges[1])


def _nth(step: str, dice: random.Random) -> int:
    return dice.randrange(1, 4) if step and step.partition(":")[0] not in BEGINNINGS else 1


def _each(names: Sequence[tuple[str, str]]) -> list[tuple[str, str, str]]:
    return [(name, victim, when) for name, victim in names for when in _times(name)]


def _times(name: str) -> Sequence[str]:
    return WHEN[:1] if name in LAST_CHANCE else WHEN


def _victims(step: str) -> Sequence[str]:
    if step == "worker.kill":
        return ("command",)  # it comes with the end of a process, and soon there may be no other
    if step in BEGINNINGS:
        return ("command", "worker")  # there may be no others yet
    return VICTIMS if step in IN_WORKER else ("command", "worker", "zygote", "sandbox")


def every_step(forking: float, dice: random.Random) -> tuple[int, Plan]:
    """Every named step once, before or after, each kind of victim as often as the others; and how many submissions that
    needs."""
    grouped = [name for name in STEPS if name.startswith("group.")]
    names = [name for name in STEPS if name not in grouped]
    dice.shuffle(names)
    killed: Counter[str] = Counter()
    running = []
    for number, name in enumerate([*names, *grouped]):
        victim = min(dice.sample(_victims(name), len(_victims(name))), key=lambda one: killed[one])
        killed[victim] += 1
        running.append(Kill(number, (number + 1) * APART, victim, f"{name}:{dice.choice(WHEN)}"))
    edges = [
        [
            Kill(100 * row + number, 0, victim, f"{name}:{dice.choice(_times(name))}")
            for number, (name, victim) in enumerate(part)
        ]
        for row, part in enumerate((AT_START, AT_END), 1)
    ]
    plain, forked = (len(names) + 2) * APART, (len(grouped) + 4) * APART
    for number, kill in enumerate(running[len(names) :]):
        running[len(names) + number] = replace(kill, after=plain + (number + 1) * APART)
    return max(plain + forked, int(forked / forking)), Plan(edges[0], running, edges[1])

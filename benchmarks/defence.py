"""Defence in depth, measured: every attack behind the whole wall, and with layers of it switched off.

`python -m benchmarks.defence` prints the table, `--write` puts it into docs/security.md. Names of attacks limit it to
these; `--wall` leaves every layer on and shows all about them; `--unwalled` adds what comes of them without any wall,
as an ordinary user if run by root. An attack that would harm the machine without a layer says so in its case: that
layer then stays on, and it is never tried without the wall. Run it on a machine that you can spare.
"""

from __future__ import annotations

import argparse
import json
import subprocess

from autograder.sandbox import jail
from benchmarks.firing_range import ROOT, Attack, Range, Seen, TopicResult, attacks, firing_range

PAGE = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- made by python -m benchmarks.defence --write -->", "<!-- end of the table -->"
_HEAD = ["attack", "tries to", "outcome", "stopped by", "with that layer off"]
_LAYERS = [layer for layer in jail.LAYERS if layer not in ("namespaces", "disk")]  # without them there is no /box
_AT_ONCE = 10  # attacks in one process without a wall
_WATCHED = {"cpu", "timeout", "output"}


def layers_of(attack: Attack, place: Range) -> list[str]:
    """Name, what it tries, outcome behind the wall, what stops it, what happens without that."""
    behind = place.see_without(attack, [])
    layers = [layer for layer in _LAYERS if layer not in attack.needs]
    bare = place.see_without(attack, layers)
    row = [f"`{attack.name}`", attack.tries[0].lower() + attack.tries[1:], str(behind)]
    if bare == behind:
        return [*row, _grader(behind), "the same"]
    alone = {layer: place.see_without(attack, [layer]) for layer in layers}
    stopping = {layer: seen for layer, seen in alone.items() if seen != behind}
    if stopping:
        return [*row, ", ".join(stopping), " · ".join(f"{layer}: {seen}" for layer, seen in stopping.items())]
    return [*row, "several layers, each enough", f"with all of the inner jail off: {bare}"]


def _grader(seen: Seen) -> str:
    """What stops an attack that the inner jail has nothing to do with."""
    if seen.flagged:
        return "the grader, with a flag for staff"
    if seen.outcome in _WATCHED:
        return "the grader's watch"
    return "judging outside, or the outer jail"


def without_any(chosen: list[Attack]) -> dict[str, str]:
    """Attack -> what came of it without a wall, tried as an ordinary user; also if it took the grader with it."""
    from account import Account, ordinary

    found = ordinary()
    account = Account() if isinstance(found, str) else found
    seen = {attack.name: "not tried: it would harm the machine" for attack in chosen if attack.needs != ()}
    waiting = [attack.name for attack in chosen if attack.name not in seen]
    while waiting:
        command = [account.python, "-m", "benchmarks.firing_range", *waiting[:_AT_ONCE]]
        ended = account.run(command, {"HOME": "/var/tmp", "SIEGE_SECRET": "canary-outside-51ab"}, subprocess.PIPE)
        said = [json.loads(line) for line in ended.stdout.decode(errors="replace").splitlines() if line[:2] == '["']
        seen |= {name: str(Seen(**{**each, "won": tuple(each["won"])})) for name, each in said}
        if len(said) < len(waiting[:_AT_ONCE]):
            seen[waiting[len(said)]] = "**the grader process died**"
        waiting = [name for name in waiting if name not in seen]
    return seen


def table(rows: list[list[str]]) -> str:
    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in cells)


def show(attack: Attack, result: TopicResult) -> None:
    """Everything about one attack, for its author."""
    expected = f"expected {' or '.join(attack.outcome)}"
    print(f"\n{attack.name}: {result.outcome}, {result.points:g} points, {result.cpu_s:.2f} s CPU ({expected})")
    for check in result.checks:
        print(f"  {check.check:20} {check.outcome:10} {check.reason:12} {check.detail.strip()[-200:]!r}")
    print(f"  flags: {result.flags}\n  problems: {result.problems}\n  output: {result.output[-1500:]}")


def measure(chosen: list[Attack], *, unwalled: bool) -> list[list[str]]:
    """The rows of the table, its head among them."""
    bare = without_any(chosen) if unwalled else {}
    rows = [[*_HEAD, *(["without any wall"] if unwalled else [])]]
    rows.append(["---"] * len(rows[0]))
    with firing_range() as place:
        for attack in chosen:
            rows.append([*layers_of(attack, place), *([bare[attack.name]] if unwalled else [])])
            print(table(rows[-1:]), flush=True)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--wall", action="store_true", help="every layer on; everything about each")
    parser.add_argument("--unwalled", action="store_true", help="try them without a wall, too")
    parser.add_argument("--write", action="store_true", help="put the table into docs/security.md")
    asked = parser.parse_args()
    chosen = [attack for attack in attacks() if not asked.names or attack.name in asked.names]
    if asked.wall:
        with firing_range() as place:
            for attack in chosen:
                show(attack, place.attack(attack))
        return
    rows = measure(chosen, unwalled=asked.unwalled)
    if asked.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n\n{table(rows)}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()

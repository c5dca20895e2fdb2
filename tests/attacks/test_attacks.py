"""Every attack of the table, through the whole program: none may gain a point, reach anything or break anything."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from account import Account, ordinary
from attack import WON, Attack, attacks
from siege import CORRECT, HIDDEN, HONEST, SECRET, Aftermath, besiege

ATTACKS = attacks()


@pytest.fixture(scope="module", params=["ourselves", "an ordinary user"])
def aftermath(request: pytest.FixtureRequest) -> Iterator[Aftermath]:
    account = Account() if request.param == "ourselves" else ordinary()
    if isinstance(account, str):
        pytest.skip(account)
    after = besiege(ATTACKS, account)
    yield after
    shutil.rmtree(after.reports.parent)


def test_the_table_is_large():
    assert len(ATTACKS) >= 130
    assert len({attack.tries for attack in ATTACKS}) == len(ATTACKS)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_wins_nothing(attack: Attack, aftermath: Aftermath):
    result = aftermath.results[attack.name]
    honest = aftermath.results[HONEST]
    said = {check["check"]: check["outcome"] for check in result["checks"]}
    points = sum(check["points"] for check in result["checks"])
    assert points <= sum(check["points"] for check in honest["checks"]), said
    assert WON not in result["output"], result["output"]
    assert not any(secret in json.dumps(result) for secret in (SECRET, HIDDEN))
    assert _worst(said) in attack.outcome, (said, result["output"], [c["detail"] for c in result["checks"]])
    assert {name: said[name] for name in attack.checks} == attack.checks
    assert attack.flag in " ".join(result["flags"])
    assert attack.prints in result["output"]
    assert len(json.dumps(result)) < 200_000


def _worst(outcomes: dict[str, str]) -> str:
    from autograder.model.result import Outcome, worst

    return worst([Outcome(outcome) for outcome in outcomes.values()]).value


def test_wrong_answers_are_worth_nothing_and_right_ones_everything(aftermath: Aftermath):
    points = {}
    for student in (HONEST, CORRECT):
        checks = aftermath.results[student]["checks"]
        points[student] = sum(check["points"] for check in checks) / sum(check["max_points"] for check in checks)
    assert points == {HONEST: 0, CORRECT: pytest.approx(1)}


def test_everybody_has_a_result_and_none_is_our_fault(aftermath: Aftermath):
    assert aftermath.exit_code == 0, aftermath.said
    assert set(aftermath.results) == {attack.name for attack in ATTACKS} | {HONEST, CORRECT}
    outcomes = {check["outcome"] for result in aftermath.results.values() for check in result["checks"]}
    assert "internal" not in outcomes
    assert {result["tries"] for result in aftermath.results.values()} == {1}


def test_nothing_outside_was_reached(aftermath: Aftermath):
    assert aftermath.reached == []


def test_no_process_is_left(aftermath: Aftermath):
    assert aftermath.left == []


def test_no_report_holds_a_secret_or_a_mark_up_of_an_attacker(aftermath: Aftermath):
    pages = [path for path in aftermath.reports.rglob("*") if path.is_file()]
    assert len(pages) > len(ATTACKS)
    for path in pages:
        text = path.read_text(encoding="utf-8", errors="replace")
        assert SECRET not in text, path
        assert HIDDEN not in text, path
        assert not re.search(r"<script[^>]*>[^<]*attacked", text), path
        assert "\x1b" not in text, path


def test_what_the_command_says_holds_no_escape_sequence(aftermath: Aftermath):
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", aftermath.said)


def test_the_course_is_as_fair_as_it_should_be(tmp_path: Path):
    """The victim itself is proven: full marks for the solution, none for the stub and for wrong answers."""
    command = [sys.executable, "-m", "autograder", "verify", "--course", str(Path(__file__).parent / "course")]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert ended.returncode == 0, ended.stdout + ended.stderr

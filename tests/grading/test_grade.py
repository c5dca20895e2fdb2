"""One submission in, one result out: points, outcomes, and what a student may read."""

import pytest

from autograder.errors import AutograderError
from autograder.model.result import Outcome

VISIBLE = """
@check("f.value", hint="Add one.", zh="加一。")
def test_f(submission):
    compare.equal(submission.f(1), 2)
"""
HIDDEN = """
@check("f.more", hint="For every number.", zh="对所有数。", needs=["f.value"], weight=2)
@pytest.mark.parametrize("x", [1234567, -1])
def test_f_more(submission, x):
    compare.equal(submission.f(x), x + 1)

@check("g.double", hint="Twice.", zh="两倍。")
def test_g(submission, draw):
    x = draw.randn(3)
    compare.same(submission.g(x), 2 * x)
"""
RIGHT = "def f(x): return x + 1\ndef g(x): return 2 * x\n"


def test_a_right_submission_earns_every_point(toy):
    result = toy(VISIBLE, HIDDEN).grade(RIGHT)
    assert result.outcome is Outcome.PASSED
    assert (result.points, result.max_points) == (100, 100)
    assert {check.check: check.max_points for check in result.checks} == {"f.value": 20, "f.more": 40, "g.double": 40}


def test_a_stub_earns_nothing_and_is_called_not_started(toy):
    result = toy(VISIBLE, HIDDEN).grade("def f(x): raise NotImplementedError\ndef g(x): raise NotImplementedError\n")
    assert result.points == 0
    by_name = {check.check: check for check in result.checks}
    assert by_name["f.value"].reason == "not-started"
    assert (by_name["f.more"].outcome, by_name["f.more"].reason) == (Outcome.SKIPPED, "prerequisite")
    assert "f.value" in by_name["f.more"].message.en
    assert by_name["f.more"].message.zh


def test_a_job_that_asks_for_the_first_failure_stops_there(toy):
    made = toy(VISIBLE, HIDDEN)
    assert [check.check for check in made.grade("def f(x): return x", until_failed=True).checks] == ["f.value"]
    assert made.grade(RIGHT, until_failed=True).points == 100


def test_all_cases_of_a_parametrised_check_must_pass(toy):
    checks = toy(VISIBLE, HIDDEN).checks(RIGHT.replace("x + 1", "abs(x) + 1"))
    assert checks["f.more"].outcome is Outcome.FAILED
    assert checks["f.value"].outcome is Outcome.PASSED


def test_a_visible_failure_shows_values_and_a_hidden_one_never_does(toy):
    checks = toy(VISIBLE, HIDDEN).checks("def f(x): return x + 41\ndef g(x): return x\n")
    assert "42" in checks["f.value"].values.en
    assert not checks["g.double"].values
    checks = toy(VISIBLE, HIDDEN).checks("def f(x): return x + 1 if x < 9 else 5\ndef g(x): return x\n")
    seen = checks["f.more"].message.en + checks["f.more"].message.zh + checks["f.more"].values.en
    assert "1234567" not in seen
    assert "1234568" not in seen
    assert "f(int)" in seen


@pytest.mark.parametrize(
    "body",
    [
        "raise ValueError(f'the input was {x}')",
        "raise type(f'E{x}', (Exception,), {})('hi')",
        "assert False, x",
        "return str(x)",
        "return {x: x}",
    ],
)
def test_student_text_can_not_carry_a_hidden_input_out(toy, body):
    checks = toy(VISIBLE, HIDDEN).checks(f"def f(x):\n    if x == 1: return 2\n    {body}\ndef g(x): return x\n")
    check = checks["f.more"]
    assert check.outcome is Outcome.FAILED
    shown = " ".join([check.message.en, check.message.zh, check.values.en, check.values.zh, check.reason])
    assert "1234567" not in shown


def test_hidden_inputs_follow_the_recorded_seed(toy):
    made = toy(VISIBLE, HIDDEN)
    source = "def f(x): return x + 1\ndef g(x): print(x.tolist()); return 2 * x\n"
    first, again, other = made.grade(source, 1).output, made.grade(source, 1).output, made.grade(source, 2).output
    assert first == again != other


def test_who_guesses_the_seed_but_does_not_know_the_hidden_checks_can_not_compute_their_inputs(toy):
    source = "def f(x): return x + 1\ndef g(x): print(x.tolist()); return 2 * x\n"
    first = toy(VISIBLE, HIDDEN).grade(source, 1).output
    assert first != toy(VISIBLE, HIDDEN + "\n# another sentence\n").grade(source, 1).output


def test_an_import_that_fails_is_said_once_for_every_check(toy):
    checks = toy(VISIBLE, HIDDEN).checks("import no_such_package\n")
    assert {check.outcome for check in checks.values()} <= {Outcome.FAILED, Outcome.SKIPPED}
    assert "no_such_package" in checks["f.value"].message.en
    assert "line 1" in checks["f.value"].message.en
    assert checks["f.value"].reason == "import"


def test_a_check_that_only_asks_for_a_fresh_sandbox_is_told_of_the_import_too(toy):
    text = """
@check("f.fresh", hint="h", zh="z")
def test_f(fresh_submission):
    compare.equal(fresh_submission().f(1), 2)
"""
    assert toy(text).checks("x = (\n")["f.fresh"].reason == "import"


def test_a_syntax_error_names_its_line(toy):
    checks = toy(VISIBLE, HIDDEN).checks("x = 1\ndef f(x:\n")
    assert "SyntaxError" in checks["f.value"].message.en


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("while True: pass", Outcome.CPU),
        ("import time; time.sleep(99)", Outcome.TIMEOUT),
        ("bytearray(4 << 30)", Outcome.MEMORY),
        ("import torch; torch.zeros(1 << 33)", Outcome.MEMORY),
        ("import os; os._exit(0)", Outcome.CRASH),
        ("import os; os.fork()", Outcome.PROCESSES),
        ("print('x' * 200_000)", Outcome.OUTPUT),
        ("print('x' * 200_000)\n    raise OSError('File too large')", Outcome.OUTPUT),
        ("open('big', 'wb').write(bytes(9 << 20))", Outcome.DISK),
        ("raise SystemExit(0)", Outcome.FAILED),
    ],
    ids=lambda value: str(value)[:24],
)
def test_every_limit_has_its_own_outcome_and_the_next_check_still_runs(toy, body, outcome):
    made = toy(VISIBLE, HIDDEN, cpu_s=0.4, wall_s=6, output_kb=64, disk_mb=4, memory_mb=512)
    checks = made.checks(f"def f(x):\n    {body}\ndef g(x): return 2 * x\n")
    assert checks["f.value"].outcome is outcome
    assert checks["f.value"].points == 0
    assert checks["f.value"].message.zh
    assert checks["g.double"].outcome is Outcome.PASSED


def test_a_check_says_which_limit_of_cpu_time_it_had_its_own_before_the_topics(toy):
    made = toy(VISIBLE, HIDDEN.replace('"g.double",', '"g.double", cpu_s=7,'), cpu_s=3)
    checks = made.checks("def f(x): return x\ndef g(x): return 2 * x\n")
    assert (checks["f.value"].cpu_limit_s, checks["g.double"].cpu_limit_s) == (3, 7)


def test_an_endless_import_stops_the_topic_at_once(toy):
    result = toy(VISIBLE, HIDDEN, cpu_s=0.4, wall_s=6).grade("while True: pass\n")
    assert result.outcome is Outcome.CPU
    assert result.wall_s < 10
    assert all(check.reason in ("import", "prerequisite") for check in result.checks)


def test_after_two_deaths_the_rest_of_a_task_is_not_run_but_other_tasks_are(toy):
    names = [f"f.c{number}" for number in range(5)]
    text = "".join(
        f'@check("{name}", hint="h", zh="z")\ndef test_{number}(submission):\n    submission.f(1)\n'
        for number, name in enumerate(names)
    )
    checks = toy(text, HIDDEN.replace('needs=["f.value"], ', "")).checks(
        "import os\ndef f(x): os._exit(1)\ndef g(x): return 2 * x\n"
    )
    assert [checks[name].reason for name in names] == ["crash"] * 2 + ["not-run"] * 3
    assert checks["g.double"].outcome is Outcome.PASSED


def test_a_check_that_breaks_is_our_fault_and_no_zero(toy):
    result = toy(VISIBLE + '@check("g.bad", hint="h", zh="z")\ndef test_bad(submission):\n    1 / 0\n').grade(RIGHT)
    assert result.outcome is Outcome.INTERNAL
    bad = next(check for check in result.checks if check.check == "g.bad")
    assert "ZeroDivisionError" in bad.detail
    assert "not your fault" in bad.message.en


@pytest.mark.parametrize(
    "source",
    ["def f(x): return 'text'\n", "def f(x): return []\n", "def f(x): return None\n"],
)
def test_a_value_that_breaks_a_check_costs_the_check_and_holds_up_nobody(toy, source):
    careless = """
@check("f.sum", hint="h", zh="z")
def test_f(submission):
    compare.equal(submission.f(1)[0] + 1, 2)
"""
    result = toy(careless).grade(source)
    (check,) = result.checks
    assert (check.outcome, check.reason, check.points) == (Outcome.FAILED, "unusable", 0)
    assert "can't work with" in check.message.en
    assert "Error" in check.detail
    assert result.flags == ("f.sum broke on what came back",), "the check's author has something to mend"


@pytest.mark.parametrize("fault", ["draw.size('a', 'b')", "raise OSError('the disk is gone')", "undefined"])
def test_a_check_that_breaks_for_another_reason_is_our_fault_whatever_came_back(toy, fault):
    text = f"""
@check("f.bad", hint="h", zh="z")
def test_f(submission, draw):
    submission.f(1)
    {fault}
"""
    assert toy(text).grade("def f(x): return 1\n").outcome is Outcome.INTERNAL


def test_a_plain_assert_is_explained_as_pytest_does_where_the_student_may_see_it(toy):
    text = """
@check("f.plain", hint="h", zh="z")
def test_f(submission):
    assert submission.f(1) == 2
"""
    check = toy(text).checks("def f(x): return 41\n")["f.plain"]
    assert check.outcome is Outcome.FAILED
    assert "41 == 2" in check.values.en


def test_tiers_give_partial_points_and_measurements_are_kept(toy):
    checks = toy(
        """
@check("f.accuracy", hint="h", zh="z")
def test_f(submission, record_property):
    value = float(submission.f(0))
    record_property("accuracy", value)
    training.tiers(value, {"simple": 0.8, "medium": 0.9, "strong": 0.95}, what="accuracy", zh="准确率")
"""
    ).checks("def f(x): return 0.91\n")
    assert checks["f.accuracy"].points == pytest.approx(40), checks["f.accuracy"]
    assert checks["f.accuracy"].measured["accuracy"] == 0.91


def test_random_state_left_by_one_check_does_not_reach_the_next(toy):
    text = "".join(
        f"""
@check("f.{name}", hint="h", zh="z")
def test_{name}(submission):
    compare.same(submission.f(0), torch.zeros(()), what="{name}")
"""
        for name in ("a", "b")
    )
    source = "import torch\ntorch.set_default_dtype(torch.float64)\ndef f(x): return torch.zeros(())\n"
    assert [check.outcome for check in toy(text).grade(source).checks] == [Outcome.PASSED] * 2


@pytest.mark.parametrize(
    ("visible", "words"),
    [
        ("def test_f(submission): pass\n", "has no @check"),
        ('@check("h.x", hint="h", zh="z")\ndef test_f(submission): pass\n', "belongs to no task"),
        ('@check("f.x", hint="h", zh="z", needs=["f.y"])\ndef test_f(submission): pass\n', "does not exist"),
        ("def broken(:\n", "can't be collected"),
        ("x = 1\n", "no checks"),
    ],
)
def test_faults_of_a_check_file_are_the_authors(toy, visible, words):
    with pytest.raises(AutograderError, match=words):
        toy(visible)


def test_a_student_sees_their_own_frames_and_the_staff_all_of_them(toy):
    topic = toy(
        """
        @check("f.value", hint="a", zh="b")
        def test_f(submission):
            compare.equal(submission.f(3), 6)

        @check("g.method", hint="a", zh="b")
        def test_g(submission):
            compare.equal(submission.Box(2).times(torch.ones(2), 3), 6)
        """
    )
    checks = topic.checks(
        """
        import torch
        def f(x):
            return torch.func.grad(lambda y: y)(torch.ones(3))
        class Box:
            def __init__(self, n): self.n = n
            def times(self, x, k): return "no"
        """
    )
    shown = checks["f.value"].values.en
    assert "in f" in shown
    assert "RuntimeError" in shown
    assert "_functorch" not in shown
    assert "_functorch" in checks["f.value"].detail
    assert checks["g.method"].message.en.startswith("Box().times(tensor([1., 1.]), 3): ")

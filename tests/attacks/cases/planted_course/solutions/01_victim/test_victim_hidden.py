from pathlib import Path

from autograder.checks.marks import check

Path(__file__).with_name("won.txt").write_text("a planted check was collected")


@check("value.random", hint="", zh="", weight=1000)
def test_values(submission, draw):
    pass

"""Whom `--student` means."""

from __future__ import annotations

import pytest

from autograder.cli.grade_order import Order, select
from autograder.errors import UsageError
from autograder.model.submission import Submission

CLASS = [Submission(name, "statistics", ()) for name in ("Ada", "ada", "bob")]


@pytest.mark.parametrize(
    ("asked", "meant"),
    [(("Ada",), {"Ada"}), (("ada",), {"ada"}), (("ADA",), {"Ada", "ada"}), ((), {"Ada", "ada", "bob"})],
)
def test_a_name_means_itself_and_in_another_case_everybody_of_that_name(asked: tuple[str, ...], meant: set[str]):
    assert {one.student for one in select(CLASS, Order(students=asked))} == meant


def test_a_name_of_nobody_is_told():
    with pytest.raises(UsageError, match='nothing was handed in by "eve"'):
        select(CLASS, Order(students=("eve",)))

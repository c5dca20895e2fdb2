"""One easy example that a student may see."""

import torch

from autograder.checks import compare
from autograder.checks.marks import check


@check("value.example", hint="Sum up, then scale.", zh="先累加，再缩放。", weight=0.5)
def test_the_example(submission):
    compare.same(submission.value(torch.tensor([1.0, 2.0, 3.0]), 2.0), torch.tensor([2.0, 6.0, 12.0]))

"""The same six checks for a cold `python -m pytest` in the student's own process, as most graders run them."""

import pytest
import torch
from toy import linear, mse, softmax


def test_softmax_value():
    x = torch.tensor([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]])
    torch.testing.assert_close(softmax(x), torch.softmax(x, -1))


def test_softmax_rows_sum_to_one():
    assert torch.allclose(softmax(torch.randn(5, 7)).sum(-1), torch.ones(5))


def test_softmax_is_stable():
    assert torch.isfinite(softmax(torch.tensor([[1000.0, 0.0]]))).all()


def test_mse():
    assert float(mse(torch.tensor([1.0, 2.0]), torch.tensor([3.0, 2.0]))) == pytest.approx(2.0)


def test_linear_value():
    x, w, b = torch.randn(4, 3), torch.randn(2, 3), torch.randn(2)
    torch.testing.assert_close(linear(x, w, b), x @ w.T + b)


def test_linear_gradient():
    x, w = torch.randn(4, 3, requires_grad=True), torch.randn(2, 3)
    linear(x, w, torch.randn(2)).sum().backward()
    torch.testing.assert_close(x.grad, w.sum(0).expand(4, 3))

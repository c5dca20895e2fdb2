import math

import pytest
import torch

from autograder.checks.made import chances, tables


@pytest.fixture
def generator():
    return torch.Generator().manual_seed(3)


def test_a_linear_set_is_linear_up_to_its_noise(generator):
    made = tables.linear(2000, (2.0, -3.4), 4.2, generator)
    assert [part.shape for part in (made.x, made.y, made.weights, made.bias)] == [(2000, 2), (2000, 1), (2, 1), (1,)]
    assert {part.dtype for part in (made.x, made.y, made.weights, made.bias)} == {torch.float32}
    assert (made.weights[:, 0].tolist(), made.bias.tolist()) == (pytest.approx([2.0, -3.4]), pytest.approx([4.2]))
    left = made.y - made.x @ made.weights - made.bias
    assert float(left.std()) == pytest.approx(0.01, rel=5 * math.sqrt(0.5 / 2000))
    assert abs(float(left.mean())) < 5 * 0.01 / math.sqrt(2000)


def test_without_noise_a_linear_set_is_exact(generator):
    made = tables.linear(50, (1.0, 2.0, 3.0), -1.0, generator, noise=0.0, dtype=torch.float64)
    assert torch.allclose(made.y, made.x @ made.weights + made.bias, rtol=0, atol=1e-12)


def test_a_collinear_set_lacks_one_rank(generator):
    made = tables.collinear(40, 5, generator)
    assert int(torch.linalg.matrix_rank(made.x)) == 4
    assert torch.allclose(made.y, made.x @ made.weights + made.bias, rtol=0, atol=1e-12)
    other = made.weights + torch.tensor([[1.0], [1.0], [1.0], [1.0], [-1.0]], dtype=torch.float64)
    assert torch.allclose(made.y, made.x @ other + made.bias, rtol=0, atol=1e-12)


def test_a_polynomial_has_powers_over_factorials_as_columns(generator):
    made = tables.polynomial(30, generator, dtype=torch.float64)
    assert (made.x.shape, made.raw.shape, made.bias.tolist()) == ((30, 20), (30, 1), [0.0])
    for k in range(20):
        assert torch.allclose(made.x[:, k], made.raw[:, 0] ** k / math.factorial(k))
    x = made.raw[:, 0]
    cubic = 5 + 1.2 * x - 3.4 * x**2 / 2 + 5.6 * x**3 / 6
    assert float((made.y[:, 0] - cubic).std()) == pytest.approx(0.1, rel=5 * math.sqrt(0.5 / 30))


def test_a_wide_set_can_be_fitted_without_learning_anything(generator):
    made, fresh = tables.wide(20, generator, dtype=torch.float64), tables.wide(100, generator, dtype=torch.float64)
    assert made.x.shape == (20, 200)
    fitted = torch.linalg.pinv(made.x) @ made.y
    assert torch.allclose(made.x @ fitted, made.y)
    assert float((fresh.x @ fitted - fresh.y).square().mean()) > 5 * 0.01**2


def test_outliers_are_as_many_as_said_and_far_too_high(generator):
    made = tables.outliers(205, (2.0, -1.0), 3.0, generator)
    assert int(made.is_outlier.sum()) == round(20.5)
    left = (made.y - made.x @ made.weights - made.bias)[:, 0]
    assert (left[~made.is_outlier].abs() < 1).all()
    assert ((left[made.is_outlier] > 14) & (left[made.is_outlier] < 26)).all()


def test_least_squares_is_pulled_by_outliers(generator):
    made = tables.outliers(200, (2.0, -1.0), 3.0, generator)
    x = torch.cat([made.x, torch.ones(200, 1)], 1)
    assert float(torch.linalg.lstsq(x, made.y).solution[2] - made.bias) > 1


def test_a_population_is_balanced_and_no_threshold_is_perfect(generator):
    made = chances.population(10_000, generator)
    assert torch.bincount(made.y).tolist() == [5000, 5000]
    assert (made.edges.dtype, int(made.edges.min()) >= 0, int(made.edges.max()) <= 50) == (torch.int64, True, True)
    error = made.error(torch.arange(51))
    assert (error.shape, error.dtype, int(error.argmin())) == ((51,), torch.float64, pytest.approx(25, abs=2))
    assert 0.1 < float(error.min()) < 0.3
    assert float(error[0]) == 0.5


def test_the_error_of_a_threshold_counts_both_kinds_of_mistakes():
    made = chances.Population(torch.tensor([3, 5, 5, 9]), torch.tensor([0, 0, 1, 1]))
    assert made.error(torch.tensor([0, 4, 5, 6, 10])).tolist() == [0.5, 0.25, 0.25, 0.25, 0.5]


def test_an_arm_pays_as_often_as_it_is_worth(generator):
    worth = (0.2, 0.5, 0.75)
    paid = chances.rewards(worth, 4000, generator)
    assert (paid.shape, paid.dtype, set(paid.flatten().tolist())) == ((4000, 3), torch.float32, {0.0, 1.0})
    for share, wanted in zip(paid.mean(0).tolist(), worth, strict=True):
        assert abs(share - wanted) < 5 * math.sqrt(wanted * (1 - wanted) / 4000)

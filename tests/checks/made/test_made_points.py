import math

import pytest
import torch

from autograder.checks.made import points


@pytest.fixture
def generator():
    return torch.Generator().manual_seed(3)


def linear_accuracy(made):
    """Of least squares on one-hot labels: what a linear classifier is good for."""
    x = torch.cat([made.x, torch.ones(len(made.x), 1)], 1).double()
    wanted = torch.nn.functional.one_hot(made.y).double()
    return float(((x @ torch.linalg.lstsq(x, wanted).solution).argmax(1) == made.y).double().mean())


def test_xor_is_true_where_the_two_differ(generator):
    made = points.xor(3, generator)
    assert (made.x.dtype, made.y.dtype) == (torch.float32, torch.int64)
    assert sorted(map(tuple, made.x.tolist())) == sorted([(0, 0), (0, 1), (1, 0), (1, 1)] * 3)
    assert made.y.tolist() == [int(a != b) for a, b in made.x.tolist()]


def test_xor_can_be_spread(generator):
    made = points.xor(500, generator, spread=0.1)
    away = made.x - made.x.round()
    assert float(away.std()) == pytest.approx(0.1, rel=0.1)
    assert linear_accuracy(made) < 0.6


def test_moons_are_balanced_and_reach_into_each_other(generator):
    made = points.moons(401, generator)
    assert (made.x.shape, made.x.dtype) == ((401, 2), torch.float32)
    assert torch.bincount(made.y).tolist() == [201, 200]
    assert 0.8 < linear_accuracy(made) < 0.93


def test_moons_without_noise_lie_on_their_half_circles(generator):
    made = points.moons(100, generator, noise=0.0)
    upper, lower = made.x[made.y == 0], made.x[made.y == 1]
    assert torch.allclose(upper.norm(dim=1), torch.ones(50))
    assert torch.allclose((lower - torch.tensor([1.0, 0.5])).norm(dim=1), torch.ones(50))
    assert (upper[:, 1] >= 0).all()
    assert (lower[:, 1] <= 0.5).all()


def test_spirals_have_one_class_per_arm_and_no_line_between_them(generator):
    made = points.spirals(300, 3, generator)
    assert torch.bincount(made.y).tolist() == [300] * 3
    assert linear_accuracy(made) < 0.62


def test_a_spiral_without_noise_winds_with_its_radius(generator):
    made = points.spirals(40, 4, generator, noise=0.0, turns=0.5)
    radius = made.x.double().norm(dim=1)
    angle = torch.atan2(made.x[:, 1], made.x[:, 0]).double()
    wanted = 2 * math.pi * (0.5 * radius + made.y / 4)
    assert torch.allclose((angle - wanted).cos(), torch.ones(160, dtype=torch.float64))
    assert ((radius >= 0.1 - 1e-6) & (radius <= 1.0)).all()


def test_blobs_sit_around_their_centres(generator):
    centres = torch.tensor([[0.0, 0.0, 9.0], [5.0, 0.0, 0.0]])
    made = points.blobs(400, centres, generator, spread=0.5)
    assert torch.bincount(made.y).tolist() == [400, 400]
    for own, centre in enumerate(centres):
        mine = made.x[made.y == own]
        assert torch.allclose(mine.mean(0), centre, atol=5 * 0.5 / 20)
        assert torch.allclose(mine.std(0), torch.full((3,), 0.5), rtol=5 * math.sqrt(0.5 / 400))


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize(
    ("count", "width", "margin", "offset"), [(2, 2, 0.5, 0.0), (31, 2, 0.1, 5.0), (40, 7, 2.0, -1.0)]
)
def test_the_margin_holds_and_is_reached(seed, count, width, margin, offset):
    made = points.separable(count, width, margin, torch.Generator().manual_seed(seed), offset=offset)
    distance = made.y * (made.x @ made.w + made.b)
    assert float(made.w.norm()) == pytest.approx(1)
    assert float(distance.min()) == pytest.approx(margin)
    assert torch.bincount((made.y + 1) // 2).tolist() == [count // 2, count - count // 2]


@pytest.mark.parametrize("seed", range(10))
def test_no_hyperplane_has_a_wider_margin(seed):
    """Two points of different classes are 2·margin apart, and no hyperplane is further from both than half of that."""
    made = points.separable(12, 3, 0.7, torch.Generator().manual_seed(seed))
    apart = torch.cdist(made.x[made.y == 1], made.x[made.y == -1])
    assert float(apart.min()) == pytest.approx(1.4)


def test_points_come_in_random_order(generator):
    for made in (
        points.moons(200, generator),
        points.spirals(50, 4, generator),
        points.separable(200, 2, 1, generator),
    ):
        changes = int((made.y[1:] != made.y[:-1]).sum())
        assert 70 < changes < 180

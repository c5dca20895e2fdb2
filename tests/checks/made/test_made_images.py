import math

import pytest
import torch

from autograder.checks import datasets
from autograder.checks.made import images


@pytest.fixture
def generator():
    return torch.Generator().manual_seed(3)


@pytest.fixture(scope="module")
def digits():
    return datasets.digits().test_x.reshape(-1, 8, 8)


def test_a_placed_image_is_whole_and_where_it_is_said_to_be(generator, digits):
    made = images.placed(digits, generator, size=12)
    assert (made.images.shape, made.images.dtype) == ((360, 1, 12, 12), torch.float32)
    for image, (row, column), original in zip(made.images[:, 0], made.corner.tolist(), digits, strict=True):
        assert torch.equal(image[row : row + 8, column : column + 8], original)
    assert torch.allclose(made.images.sum((1, 2, 3)), digits.sum((1, 2)))
    assert sorted(set(map(tuple, made.corner.tolist()))) == [(i, j) for i in range(5) for j in range(5)]


def test_images_need_not_be_square(generator):
    made = images.placed(torch.ones(40, 3, 5, dtype=torch.float64), generator, size=7)
    assert (made.images.sum((1, 2, 3)) == 15).all()
    assert (made.images.dtype, made.corner.max(0).values.tolist()) == (torch.float64, [4, 2])


def test_every_shift_moves_by_each_distance_once():
    image = torch.arange(1.0, 13).reshape(1, 3, 4)
    made = images.every_shift(image)
    assert made.shape == (9, 1, 3, 4)
    assert torch.equal(made[4], image)
    assert made[0, 0].tolist() == [[6, 7, 8, 0], [10, 11, 12, 0], [0, 0, 0, 0]]  # up and left
    assert made[8, 0].tolist() == [[0, 0, 0, 0], [0, 1, 2, 3], [0, 5, 6, 7]]  # down and right
    assert len({tuple(shift.flatten().tolist()) for shift in made}) == 9


def test_an_image_that_is_neither_turned_nor_moved_stands_in_the_middle(generator, digits):
    made = images.turned(digits, generator, angle=0.0, shift=0.0)
    assert made.images.shape == (360, 1, 14, 14)
    assert torch.allclose(made.images[:, 0, 3:11, 3:11], digits, atol=1e-5)
    assert torch.allclose(made.images.sum((1, 2, 3)), digits.sum((1, 2)), rtol=1e-4)


def test_angles_and_shifts_stay_in_their_bounds(generator, digits):
    made = images.turned(digits, generator, angle=0.6, shift=2.0)
    assert 0.5 < float(made.angle.abs().max()) <= 0.6
    assert 1.8 < float(made.shift.abs().max()) <= 2.0
    assert abs(float(made.angle.mean())) < 5 * 0.6 / math.sqrt(3 * 360)


def test_a_dot_goes_where_angle_and_shift_say(generator):
    """The centre of mass of a dot right of the middle: turned counterclockwise, then moved right and down."""
    image = torch.zeros(60, 9, 9, dtype=torch.float64)
    image[:, 3:6, 5:8] = 1  # its centre is 2 pixels right of the image's
    made = images.turned(image, generator, size=21, angle=0.6, shift=2.0)
    axis = torch.arange(21) - 10.0
    mass = made.images[:, 0].sum((1, 2))
    right = (made.images[:, 0].sum(1) * axis).sum(1) / mass
    down = (made.images[:, 0].sum(2) * axis).sum(1) / mass
    assert torch.allclose(right, 2 * made.angle.cos() + made.shift[:, 0], atol=0.05)
    assert torch.allclose(down, -2 * made.angle.sin() + made.shift[:, 1], atol=0.05)

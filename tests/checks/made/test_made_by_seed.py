"""What holds for every generator: the seed decides all, and nothing else is touched."""

import dataclasses
import random

import numpy as np
import pytest
import torch

from autograder.checks.made import chances, houses, images, points, sequences, tables, text, tokens, translation
from autograder.checks.made.apart import apart

PICTURES = torch.rand(7, 8, 8, generator=torch.Generator().manual_seed(1))
CENTRES = torch.tensor([[0.0, 0.0, 3.0], [4.0, 0.0, 0.0]])
MAKERS = {
    "xor": lambda g: points.xor(5, g, spread=0.1),
    "moons": lambda g: points.moons(21, g),
    "spirals": lambda g: points.spirals(10, 3, g),
    "blobs": lambda g: points.blobs(9, CENTRES, g),
    "separable": lambda g: points.separable(20, 3, 0.5, g),
    "linear": lambda g: tables.linear(30, (2.0, -3.4), 4.2, g),
    "collinear": lambda g: tables.collinear(30, 4, g),
    "polynomial": lambda g: tables.polynomial(30, g),
    "wide": lambda g: tables.wide(20, g),
    "outliers": lambda g: tables.outliers(30, (2.0, -3.4), 4.2, g),
    "houses": lambda g: houses.houses(30, g),
    "population": lambda g: chances.population(40, g),
    "rewards": lambda g: chances.rewards((0.2, 0.5, 0.75), 50, g),
    "sine": lambda g: sequences.sine(4, 11, g),
    "adding": lambda g: sequences.adding(9, 13, g),
    "sorting": lambda g: sequences.sorting(9, 6, g),
    "copy": lambda g: tokens.copy(9, 7, 10, g),
    "reverse": lambda g: tokens.reverse(9, 7, 10, g),
    "reverse_next": lambda g: tokens.reverse_next(9, 7, 10, g),
    "copy_or_reverse": lambda g: tokens.copy_or_reverse(9, 7, 10, g),
    "recall": lambda g: tokens.recall(9, 6, 12, g),
    "shifted": lambda g: tokens.shifted(9, 15, 8, g),
    "marked": lambda g: tokens.marked(9, 15, 8, g),
    "placed": lambda g: images.placed(PICTURES, g),
    "turned": lambda g: images.turned(PICTURES, g),
    "story": lambda g: text.story(g, sentences=9),
    "slots": lambda g: text.slots(9, g),
    "translation": lambda g: translation.translation(9, g),
}


def values(made):
    """The parts of what a generator returned, as plain values that can be compared."""
    parts = [getattr(made, field.name) for field in dataclasses.fields(made)] if not torch.is_tensor(made) else [made]
    return [(str(part.dtype), part.tolist()) if torch.is_tensor(part) else part for part in parts]


@pytest.fixture(params=MAKERS)
def maker(request):
    return MAKERS[request.param]


def test_the_same_seed_gives_the_same_data(maker):
    first, second = (maker(torch.Generator().manual_seed(7)) for _ in range(2))
    assert values(first) == values(second)


def test_another_seed_gives_other_data(maker):
    first, second = (maker(torch.Generator().manual_seed(seed)) for seed in (7, 8))
    assert values(first) != values(second)


def test_a_second_call_with_the_same_generator_gives_other_data(maker):
    generator = torch.Generator().manual_seed(7)
    assert values(maker(generator)) != values(maker(generator))


def test_no_generator_but_the_given_one_is_touched(maker):
    before = torch.get_rng_state(), random.getstate(), str(np.random.get_state())
    maker(torch.Generator().manual_seed(7))
    assert torch.equal(before[0], torch.get_rng_state())
    assert (random.getstate(), str(np.random.get_state())) == before[1:]


def test_how_much_is_made_does_not_change_what_is_drawn_next():
    """So a longer training set leaves the test set as it was."""
    few, many = torch.Generator().manual_seed(7), torch.Generator().manual_seed(7)
    points.moons(10, few)
    points.moons(1000, many)
    assert values(points.moons(5, few)) == values(points.moons(5, many))


def test_generators_kept_apart_have_nothing_in_common():
    """Neither with each other nor with the one they came from."""
    generator = torch.Generator().manual_seed(7)
    drawn = [torch.randint(1 << 30, (50,), generator=own).tolist() for own in apart(generator, 4)]
    drawn.append(torch.randint(1 << 30, (50,), generator=generator).tolist())
    assert len({number for row in drawn for number in row}) == 5 * 50


def test_every_public_maker_is_tried_here():
    rooms = (chances, houses, images, points, sequences, tables, text, tokens, translation)
    takes = {
        name
        for room in rooms
        for name, found in vars(room).items()
        if callable(found) and getattr(found, "__module__", "") == room.__name__ and not name.startswith("_")
        if "generator" in getattr(found, "__annotations__", {})
    }
    assert takes == set(MAKERS)

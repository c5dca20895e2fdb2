import pytest
import torch

from autograder.checks.made import sequences, tokens


@pytest.fixture
def generator():
    return torch.Generator().manual_seed(3)


def test_a_wave_is_asked_for_its_next_value(generator):
    made = sequences.sine(50, 30, generator)
    assert (made.x.shape, made.y.shape, made.x.dtype) == ((50, 30, 1), (50, 30, 1), torch.float32)
    assert torch.equal(made.y[:, :-1], made.x[:, 1:])
    assert made.x.abs().max() <= 1


def test_a_wave_is_a_sine_of_one_frequency(generator):
    """sin(a) + sin(a + 2f) = 2·cos(f)·sin(a + f), with the same cos(f) all along."""
    wave = sequences.sine(50, 30, generator).x[..., 0].double()
    twice_cos = ((wave[:, 2:] + wave[:, :-2]) * wave[:, 1:-1]).sum(1) / wave[:, 1:-1].square().sum(1)
    assert torch.allclose(wave[:, 2:] + wave[:, :-2], twice_cos[:, None] * wave[:, 1:-1], atol=1e-5)
    frequency = (twice_cos / 2).acos()
    assert ((frequency > 0.2 - 1e-4) & (frequency < 0.5 + 1e-4)).all()
    assert frequency.std() > 0.05


@pytest.mark.parametrize("steps", [2, 3, 30])
def test_two_numbers_are_marked_one_in_each_half(generator, steps):
    made = sequences.adding(200, steps, generator)
    assert (made.x.shape, made.y.shape) == ((200, steps, 2), (200, 1))
    marks = made.x[..., 1]
    assert ((marks == 0) | (marks == 1)).all()
    assert (marks[:, : steps // 2].sum(1) == 1).all()
    assert (marks[:, steps // 2 :].sum(1) == 1).all()
    assert torch.allclose(made.y, (made.x[..., 0] * marks).sum(1, keepdim=True))


def test_every_place_can_be_marked_and_one_is_a_poor_guess(generator):
    made = sequences.adding(3000, 7, generator)
    assert (made.x[..., 1].sum(0) > 300).all()
    assert float((made.y - 1).square().mean()) == pytest.approx(1 / 6, rel=0.1)


def test_sorting_gives_different_numbers_and_their_order(generator):
    made = sequences.sorting(300, 6, generator)
    assert ((made.x >= 0) & (made.x <= 1)).all()
    ascending = made.x.gather(1, made.order)
    assert (ascending.diff(dim=1) >= 0.5 / 6 - 1e-6).all()
    assert (made.order.sort(1).values == torch.arange(6)).all()
    assert (made.order[:, 0].bincount(minlength=6) > 20).all()


def test_copy_reverse_and_reverse_next_follow_their_rules(generator):
    copy, back = tokens.copy(40, 7, 10, generator), tokens.reverse(40, 7, 10, generator)
    assert torch.equal(copy.source, copy.target)
    assert torch.equal(back.source.flip(1), back.target)
    following = tokens.reverse_next(40, 7, 10, generator)
    for source, target in zip(following.source.tolist(), following.target.tolist(), strict=True):
        assert target == [3 if token == 12 else token + 1 for token in reversed(source)]


def test_symbols_leave_room_for_padding_begin_and_end(generator):
    for maker in (tokens.copy, tokens.reverse, tokens.reverse_next, tokens.copy_or_reverse):
        made = maker(200, 7, 10, generator)
        for part in (made.source, made.target):
            assert (part.shape, part.dtype) == ((200, 7), torch.int64)
            assert sorted(set(part.flatten().tolist())) == list(range(3, 13))


def test_an_ambiguous_pair_is_one_of_the_two_never_both(generator):
    made = tokens.copy_or_reverse(600, 6, 4, generator)
    same = (made.target == made.source).all(1)
    back = (made.target == made.source.flip(1)).all(1)
    assert (same ^ back).all()
    assert 250 < int(same.sum()) < 350


def test_recall_asks_for_a_key_that_is_there_once(generator):
    made = tokens.recall(300, 6, 12, generator)
    found = made.keys == made.query[:, None]
    assert (found.sum(1) == 1).all()
    assert torch.equal(made.values[found], made.answer)
    assert all(len(set(row)) == 6 for row in made.keys.tolist())
    assert (made.values.flatten().bincount(minlength=12) > 80).all()
    assert (found.sum(0) > 20).all()


@pytest.mark.parametrize("places", [1, 2, 5])
def test_a_shifted_label_stands_to_the_left(generator, places):
    made = tokens.shifted(20, 17, 8, generator, places=places)
    assert (made.labels[:, :places] == tokens.IGNORE).all()
    assert torch.equal(made.labels[:, places:], made.tokens[:, :-places])
    assert sorted(set(made.tokens.flatten().tolist())) == list(range(8))


@pytest.mark.parametrize(("length", "places"), [(15, 2), (16, 2), (3, 2), (24, 5), (9, 1)])
def test_only_markers_are_asked_and_their_answers_are_no_markers(generator, length, places):
    made = tokens.marked(50, length, 8, generator, places=places)
    is_marker = made.tokens == 8
    assert torch.equal(is_marker, made.labels != tokens.IGNORE)
    assert (is_marker.sum(1) == max(1, round(0.2 * length))).all()
    for row, column in is_marker.nonzero().tolist():
        assert made.labels[row, column] == made.tokens[row, column - places] != 8
        assert column >= places

import itertools
import math

import pytest
import torch

from autograder.checks.made import text, tokens, translation


@pytest.fixture
def generator():
    return torch.Generator().manual_seed(3)


@pytest.mark.parametrize("seed", range(3))
def test_a_story_has_25_characters_and_is_19_thousand_long(seed):
    made = text.story(torch.Generator().manual_seed(seed))
    assert set(made.text) == set(text.ALPHABET)
    assert len(text.ALPHABET) == 25
    assert 18_500 < len(made.text) < 19_500


def test_the_ids_of_a_story_spell_its_text(generator):
    made = text.story(generator, sentences=30)
    assert (made.ids.dtype, made.ids.shape) == (torch.int64, (len(made.text),))
    assert "".join(text.ALPHABET[i] for i in made.ids.tolist()) == made.text


def test_every_sentence_of_a_story_follows_the_pattern(generator):
    made = text.story(generator, sentences=200)
    left = made.text
    for _ in range(200):
        for slot in text.STORY:
            word = next(word for word in slot if left.startswith(word))
            left = left[len(word) :]
    assert left == ""


def test_a_story_holds_16_bits_per_sentence():
    assert math.prod(len(slot) for slot in text.STORY) == 2**16
    length = sum(sum(map(len, slot)) / len(slot) for slot in text.STORY)
    assert 2 ** (16 / length) == pytest.approx(1.29, abs=0.01)


def test_cities_are_tagged_by_their_role(generator):
    made = text.slots(300, generator)
    assert (made.words.shape, made.tags.shape, made.lengths.shape) == ((300, 9), (300, 9), (300,))
    for words, tags, length in zip(made.words.tolist(), made.tags.tolist(), made.lengths.tolist(), strict=True):
        line = [text.WORDS[word] for word in words[:length]]
        names = {text.TAGS[tag]: word for word, tag in zip(line, tags, strict=False) if tag}
        assert words[length:] == [tokens.PAD] * (9 - length)
        assert tags[length:] == [tokens.IGNORE] * (9 - length)
        assert names["day"] in text.DAYS
        for before, after in itertools.pairwise(line):
            if after in text.CITIES and before in ("from", "leave"):
                assert names["from"] == after
            if after in text.CITIES and before in ("to", "in"):
                assert names["to"] == after


def test_a_city_alone_or_with_what_comes_before_does_not_tell_its_role(generator):
    made = text.slots(4000, generator)
    first = made.tags[(made.words[:, 1] == text.WORDS.index("is")), 0]
    assert 0.4 < float((first == text.TAGS.index("from")).double().mean()) < 0.6
    for city in text.CITIES:
        roles = made.tags[made.words == text.WORDS.index(city)]
        assert set(roles.tolist()) == {1, 2}
        assert 0.3 < float((roles == 1).double().mean()) < 0.6


def test_a_translation_puts_the_adjective_after_its_noun_and_the_verb_last():
    for source, target in (
        ("the red cat sees a dog", "lo gato rima un kano mirat"),
        ("a tree likes the old river", "un arbo lo fluo vesa amat"),
    ):
        assert translation.translate(tuple(source.split())) == tuple(target.split())


def test_no_sentence_is_translated_twice(generator):
    made = translation.translation(3600, generator)
    assert len(set(made.source)) == len(set(made.target)) == 3600
    assert {len(sentence) for sentence in made.source} == {5, 6, 7}


def test_every_possible_sentence_is_a_different_one():
    assert len({translation._sentence(number) for number in range(translation.POSSIBLE)}) == translation.POSSIBLE


def test_more_sentences_than_there_are_can_not_be_had(generator):
    with pytest.raises(ValueError, match="62720 different sentences"):
        translation.translation(62_721, generator)


def test_the_ids_of_a_translation_spell_it(generator):
    made = translation.translation(200, generator)
    sides = (
        (made.source, made.source_ids, translation.SOURCE_WORDS),
        (made.target, made.target_ids, translation.TARGET_WORDS),
    )
    for sentences, ids, words in sides:
        assert (ids.shape, len(set(words))) == ((200, 8), len(words))
        for sentence, row in zip(sentences, ids.tolist(), strict=True):
            assert [words[i] for i in row] == [*sentence, "<eos>", *["<pad>"] * (7 - len(sentence))]
    assert [words.index("<pad>") for words in (translation.SOURCE_WORDS, text.WORDS)] == [tokens.PAD] * 2
    assert translation.SOURCE_WORDS.index("<eos>") == translation.TARGET_WORDS.index("<eos>") == tokens.EOS

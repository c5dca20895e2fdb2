"""A language that follows English word for word, with two rules: adjectives after their noun, the verb at the end."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from autograder.checks.made.apart import apart
from autograder.checks.made.tokens import EOS, PAD

DETERMINERS = {"the": "lo", "a": "un"}
ADJECTIVES = {"red": "rima", "small": "peta", "old": "vesa", "kind": "buna", "tall": "alda", "young": "jova"}
NOUNS = {
    **{"cat": "gato", "dog": "kano", "bird": "avio", "child": "nino"},
    **{"house": "kaso", "tree": "arbo", "river": "fluo", "teacher": "maso"},
}
VERBS = {"sees": "mirat", "likes": "amat", "paints": "pikat", "finds": "trovat", "follows": "segat"}
LONGEST = 8  # words of the longest sentence, and EOS
POSSIBLE = (len(DETERMINERS) * len(NOUNS) * (1 + len(ADJECTIVES))) ** 2 * len(VERBS)

SPECIAL = ("<pad>", "<bos>", "<eos>")  # PAD, BOS and EOS
SOURCE_WORDS = (*SPECIAL, *DETERMINERS, *ADJECTIVES, *NOUNS, *VERBS)
TARGET_WORDS = (
    *SPECIAL,
    *DETERMINERS.values(),
    *ADJECTIVES.values(),
    *NOUNS.values(),
    *VERBS.values(),
)


@dataclass(frozen=True, slots=True)
class Translation:
    """Pairs of sentences, no source twice: any split of them has no sentence in both parts."""

    source: tuple[tuple[str, ...], ...]  # n sentences of 5 to 7 words
    target: tuple[tuple[str, ...], ...]
    source_ids: torch.Tensor  # int64 [n, 8], places in SOURCE_WORDS, EOS at the end, then PAD
    target_ids: torch.Tensor  # int64 [n, 8], places in TARGET_WORDS, without BOS


def translation(count: int, generator: torch.Generator) -> Translation:
    """`count` <= POSSIBLE (62 720) different sentences "the red cat sees a dog" and what they mean: "lo gato rima un
    kano mirat". 600 to 3600 are usual."""
    if count > POSSIBLE:
        raise ValueError(f"there are {POSSIBLE} different sentences, not {count}")
    (own,) = apart(generator, 1)
    source = tuple(_sentence(number) for number in torch.randperm(POSSIBLE, generator=own)[:count].tolist())
    target = tuple(translate(sentence) for sentence in source)
    return Translation(source, target, _ids(source, SOURCE_WORDS), _ids(target, TARGET_WORDS))


def translate(sentence: tuple[str, ...]) -> tuple[str, ...]:
    """The sentence by the rules; KeyError for a word that the language doesn't have."""
    verb = next(place for place, word in enumerate(sentence) if word in VERBS)
    return (*_phrase(sentence[:verb]), *_phrase(sentence[verb + 1 :]), VERBS[sentence[verb]])


def _phrase(words: tuple[str, ...]) -> tuple[str, ...]:
    determiner, *adjective, noun = words
    return (DETERMINERS[determiner], NOUNS[noun], *(ADJECTIVES[word] for word in adjective))


def _sentence(number: int) -> tuple[str, ...]:
    """The sentence of this number in 0 .. POSSIBLE-1."""
    number, verb = divmod(number, len(VERBS))
    subject, thing = divmod(number, len(DETERMINERS) * len(NOUNS) * (1 + len(ADJECTIVES)))
    return (*_numbered(subject), tuple(VERBS)[verb], *_numbered(thing))


def _numbered(number: int) -> tuple[str, ...]:
    number, determiner = divmod(number, len(DETERMINERS))
    adjective, noun = divmod(number, len(NOUNS))
    return (tuple(DETERMINERS)[determiner], *tuple(ADJECTIVES)[adjective - 1 : adjective], tuple(NOUNS)[noun])


def _ids(sentences: tuple[tuple[str, ...], ...], words: tuple[str, ...]) -> torch.Tensor:
    place = {word: index for index, word in enumerate(words)}
    rows = torch.full((len(sentences), LONGEST), PAD)
    for row, sentence in enumerate(sentences):
        rows[row, : len(sentence) + 1] = torch.tensor([*(place[word] for word in sentence), EOS])
    return rows

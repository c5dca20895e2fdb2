"""Text and sentences by rule: characters to predict, words to tag."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from autograder.checks.made.apart import apart
from autograder.checks.made.tokens import IGNORE, PAD

STORY = (
    ("the ", "my ", "your ", "every "),
    ("old ", "young ", "quick ", "sleepy ", "brown ", "grey ", "famous ", "lucky "),
    ("knight ", "farmer ", "cat ", "dog ", "baker ", "queen ", "pilot ", "turtle "),
    ("finds ", "follows ", "paints ", "washes ", "admires ", "forgets ", "borrows ", "sells "),
    ("a boat ", "two apples ", "the clock ", "some bread ", "a violin ", "the map ", "a red hat ", "the gift "),
    ("at home. ", "by the sea. ", "in town. ", "on sunday. "),
)
ALPHABET = tuple(sorted({character for slot in STORY for words in slot for character in words}))

CITIES = ("beijing", "chengdu", "hangzhou", "nanjing", "shanghai", "shenzhen", "suzhou", "tianjin", "wuhan", "xian")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TAGS = ("other", "from", "to", "day")
_TEMPLATES = tuple(
    tuple(line.split())
    for line in (
        "i leave FROM on DAY and arrive in TO",
        "a ticket to TO from FROM for DAY",
        "from FROM to TO on DAY please",
        "on DAY i want to fly to TO",
        "FROM is where i start on DAY",  # after the first word these two are
        "TO is where i arrive on DAY",  # still the same: only what follows tells
    )
)
_SLOTS = {"FROM": CITIES, "TO": CITIES, "DAY": DAYS}
WORDS = ("<pad>", *sorted({word for line in _TEMPLATES for word in line} - set(_SLOTS) | set(CITIES) | set(DAYS)))


@dataclass(frozen=True, slots=True)
class Story:
    text: str
    ids: torch.Tensor  # int64 [characters], the place of each in ALPHABET


@dataclass(frozen=True, slots=True)
class Slots:
    """Orders of tickets: which city is left, which is the destination, which day? Padded at the end."""

    words: torch.Tensor  # int64 [n, 9], places in WORDS, PAD after the end
    tags: torch.Tensor  # int64 [n, 9], places in TAGS, IGNORE after the end
    lengths: torch.Tensor  # int64 [n], 6 to 9


def story(generator: torch.Generator, *, sentences: int = 440) -> Story:
    """Sentences of one pattern with words drawn evenly: with 440 of them about 19 000 characters, 25 different ones.

    A sentence holds exactly 16 bits. So the best possible model, which knows all words and only has to guess which one
    comes next, has a perplexity of 1.29 per character.
    """
    columns = [
        torch.randint(len(slot), (sentences,), generator=own).tolist()
        for slot, own in zip(STORY, apart(generator, len(STORY)), strict=True)
    ]
    lines = ("".join(slot[i] for slot, i in zip(STORY, chosen, strict=True)) for chosen in zip(*columns, strict=True))
    text = "".join(lines)
    place = {character: index for index, character in enumerate(ALPHABET)}
    return Story(text, torch.tensor([place[character] for character in text]))


def slots(count: int, generator: torch.Generator) -> Slots:
    """`count` orders from six templates. Cities occur in both roles, so a word alone says nothing about its tag; in
    two of the templates the words before it don't either."""
    kinds, *fillings = apart(generator, 1 + len(_SLOTS))
    template = torch.randint(len(_TEMPLATES), (count,), generator=kinds).tolist()
    chosen = {
        slot: torch.randint(len(names), (count,), generator=own).tolist()
        for (slot, names), own in zip(_SLOTS.items(), fillings, strict=True)
    }
    longest = max(map(len, _TEMPLATES))
    words = torch.full((count, longest), PAD)
    tags = torch.full((count, longest), IGNORE)
    place = {word: index for index, word in enumerate(WORDS)}
    for row, kind in enumerate(template):
        line = _TEMPLATES[kind]
        filled = [_SLOTS[word][chosen[word][row]] if word in _SLOTS else word for word in line]
        words[row, : len(line)] = torch.tensor([place[word] for word in filled])
        tags[row, : len(line)] = torch.tensor([TAGS.index(word.lower()) if word in _SLOTS else 0 for word in line])
    return Slots(words, tags, torch.tensor([len(_TEMPLATES[kind]) for kind in template]))

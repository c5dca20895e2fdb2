"""Sequences of token ids with a rule between input and output. 0, 1 and 2 are PAD, BOS and EOS; symbols begin at 3."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from autograder.checks.made.apart import apart

PAD, BOS, EOS, FIRST = 0, 1, 2, 3
IGNORE = -100  # a position that no loss counts


@dataclass(frozen=True, slots=True)
class Pairs:
    """Symbols in and symbols out, without BOS and EOS."""

    source: torch.Tensor  # int64 [n, length], FIRST .. FIRST+symbols-1
    target: torch.Tensor  # int64 [n, length]


@dataclass(frozen=True, slots=True)
class Recall:
    """Pairs of key and value, and one of the keys: which value belongs to it?"""

    keys: torch.Tensor  # int64 [n, pairs], 0 .. symbols-1, in a row all different
    values: torch.Tensor  # int64 [n, pairs], 0 .. symbols-1
    query: torch.Tensor  # int64 [n], one of the row's keys
    answer: torch.Tensor  # int64 [n], the value at the same place


@dataclass(frozen=True, slots=True)
class Local:
    """A label for each position, found a fixed number of places to its left."""

    tokens: torch.Tensor  # int64 [n, length]
    labels: torch.Tensor  # int64 [n, length], IGNORE where nothing is asked


def copy(count: int, length: int, symbols: int, generator: torch.Generator) -> Pairs:
    """The target is the source."""
    source = _symbols(count, length, symbols, generator)
    return Pairs(source, source.clone())


def reverse(count: int, length: int, symbols: int, generator: torch.Generator) -> Pairs:
    """The target is the source backwards."""
    source = _symbols(count, length, symbols, generator)
    return Pairs(source, source.flip(1))


def reverse_next(count: int, length: int, symbols: int, generator: torch.Generator) -> Pairs:
    """The target is the source backwards, each symbol replaced by the next one; after the last comes the first."""
    source = _symbols(count, length, symbols, generator)
    return Pairs(source, _next(source.flip(1), symbols))


def copy_or_reverse(count: int, length: int, symbols: int, generator: torch.Generator) -> Pairs:
    """The target is, by the toss of a coin, the source or the source backwards: two right answers. A model that says
    all symbols at once mixes them up. No source is the same backwards (length >= 2, symbols >= 2)."""
    own, coin = apart(generator, 2)
    source = _symbols(count, length, symbols, own)
    source[:, -1] = torch.where(source[:, -1] == source[:, 0], _next(source[:, 0], symbols), source[:, -1])
    heads = torch.rand(count, generator=coin) < 0.5
    return Pairs(source, torch.where(heads[:, None], source, source.flip(1)))


def recall(count: int, pairs: int, symbols: int, generator: torch.Generator) -> Recall:
    """Associative recall: each row has `pairs` <= symbols different keys, and values drawn independently of them."""
    names, contents, question = apart(generator, 3)
    keys = torch.rand((count, symbols), generator=names).argsort(1)[:, :pairs].contiguous()
    values = torch.randint(symbols, (count, pairs), generator=contents)
    asked = torch.randint(pairs, (count, 1), generator=question)
    return Recall(keys, values, keys.gather(1, asked)[:, 0], values.gather(1, asked)[:, 0])


def shifted(count: int, length: int, symbols: int, generator: torch.Generator, *, places: int = 2) -> Local:
    """Every position is asked for the token `places` to its left; the first ones, which have none, for nothing. Tokens
    are 0 .. symbols-1."""
    (own,) = apart(generator, 1)
    tokens = torch.randint(symbols, (count, length), generator=own)
    return Local(tokens, _from_the_left(tokens, places))


def marked(
    count: int,
    length: int,
    symbols: int,
    generator: torch.Generator,
    *,
    places: int = 2,
    share: float = 0.2,
) -> Local:
    """Only markers are asked for the token `places` to their left, all others for nothing. Tokens are 0 .. symbols-1
    and the marker, which is `symbols`; each row has round(share·length) markers, at least one, none of them where
    another one's answer stands. `places` < length."""
    own, where = apart(generator, 2)
    tokens = torch.randint(symbols, (count, length), generator=own)
    free = torch.rand((count, length), generator=where)
    # within blocks of 2·places only the second half may hold markers: their answers are then all in first halves
    free[:, torch.arange(length) % (2 * places) < places] = -1.0
    most = int((free[0] >= 0).sum())
    chosen = free.topk(min(most, max(1, round(share * length))), dim=1).indices
    is_marker = torch.zeros(count, length, dtype=torch.bool).scatter_(1, chosen, value=True)
    labels = torch.where(is_marker, _from_the_left(tokens, places), IGNORE)
    return Local(torch.where(is_marker, symbols, tokens), labels)


def _symbols(count: int, length: int, symbols: int, generator: torch.Generator) -> torch.Tensor:
    (own,) = apart(generator, 1)
    return torch.randint(FIRST, FIRST + symbols, (count, length), generator=own)


def _next(token: torch.Tensor, symbols: int) -> torch.Tensor:
    return (token - FIRST + 1) % symbols + FIRST


def _from_the_left(tokens: torch.Tensor, places: int) -> torch.Tensor:
    labels = torch.full_like(tokens, IGNORE)
    labels[:, places:] = tokens[:, : tokens.shape[1] - places]
    return labels

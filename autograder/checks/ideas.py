"""Recognise what probably went wrong when a tensor is not the one that was expected.

Each idea is a sentence that is safe to show: it names a relation between the two tensors, never a value.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import torch

from autograder.checks.describing import show
from autograder.checks.differences import differs
from autograder.model.text import Text

_LARGE = 2_000_000  # elements; looking for ideas must not cost more than the check
Idea = tuple[Text, Text]  # what is safe to say, and the numbers behind it

_TRANSPOSED = Text(" The values are right, but two dimensions are swapped.", "数值是对的，但有两个维度交换了。")
_ORDER = Text(" The values are right, but in another order.", "数值是对的，但次序不同。")
_RESHAPED = Text(" The values are right, but in another shape.", "数值是对的，但形状不同。")
_REPEATED = Text(
    " The values are right, but repeated along a dimension that broadcasting added.",
    "数值是对的，但沿着广播多出来的维度重复了。",
)
_ZEROS = Text(" Every value is zero.", "所有的值都是 0。")
_NANS = Text(" Every value is nan.", "所有的值都是 nan。")
_SIGN = Text(" Only the sign is wrong.", "只是正负号反了。")
_FACTOR = Text(" It is right up to a constant factor.", "只差一个常数因子。")
_OFFSET = Text(" It is right up to a constant that is added everywhere.", "只差一个处处相同的加数。")
NONE: Idea = (Text(), Text())


def for_shape(got: torch.Tensor, want: torch.Tensor, rtol: float, atol: float) -> Idea:
    """Why the shape may be wrong though the values are right; empty texts if nothing is recognised."""
    if _too_large(got, want) or not want.numel():
        return NONE
    got, want = _wide(got), _wide(want)

    def close(other: torch.Tensor) -> bool:
        return differs(other, want, rtol, atol) is None

    if any(swapped.shape == want.shape and close(swapped) for swapped in _swaps(got)):
        return _TRANSPOSED, Text()
    if got.numel() == want.numel():
        return (_RESHAPED, Text()) if close(got.reshape(want.shape)) else NONE
    if _broadcasts_to(want, got) and differs(got, want.expand(got.shape), rtol, atol) is None:
        return _REPEATED, Text()
    return NONE


def for_values(got: torch.Tensor, want: torch.Tensor, rtol: float, atol: float) -> Idea:
    """Why the values may be wrong; shapes and dtypes are equal. Empty texts if nothing is recognised."""
    if _too_large(got, want) or want.numel() < 2 or not (got.is_floating_point() or got.is_complex()):
        return NONE
    got, want = _wide(got), _wide(want)
    if bool(torch.isnan(got).all()):
        return _NANS, Text()
    if not bool(torch.isfinite(got).all() & torch.isfinite(want).all()):
        return NONE
    if not bool(got.any()):
        return _ZEROS, Text()
    return next((idea for idea in (find(got, want, rtol, atol) for find in _FINDERS) if idea is not None), NONE)


def _swapped(got: torch.Tensor, want: torch.Tensor, rtol: float, atol: float) -> Idea | None:
    found = any(s.shape == want.shape and differs(s, want, rtol, atol) is None for s in _swaps(got))
    return (_TRANSPOSED, Text()) if found else None


def _factor(got: torch.Tensor, want: torch.Tensor, rtol: float, atol: float) -> Idea | None:
    """At least two clearly different elements, else every wrong number is a multiple of the right one."""
    flat = want.reshape(-1)
    if int((flat.abs() > 10 * atol).sum()) < 2 or differs(flat, flat[:1].expand_as(flat), 1e-3, atol) is None:
        return None
    factor = (want.conj() * got).sum() / (want.conj() * want).sum()
    if factor.abs() <= 10 * atol or differs(got, factor * want, rtol, atol) is not None:
        return None
    number = show(factor.item())
    if bool((factor + 1).abs() < 1e-3):
        return _SIGN, Text()
    return _FACTOR, Text(f"\nThe factor is {number}.", f"\n这个因子是 {number}。")


def _offset(got: torch.Tensor, want: torch.Tensor, rtol: float, atol: float) -> Idea | None:
    gap = (got - want).reshape(-1)
    offset = gap.mean()
    if int((got != got.reshape(-1)[0]).sum()) == 0 or differs(got, want + offset, rtol, atol) is not None:
        return None
    number = show(offset.item())
    return _OFFSET, Text(f"\nIt is {number} too much everywhere.", f"\n处处多了 {number}。")


def _reordered(got: torch.Tensor, want: torch.Tensor, rtol: float, atol: float) -> Idea | None:
    if got.is_complex():
        return None
    one, other = got.reshape(-1).sort().values, want.reshape(-1).sort().values
    if 2 * len(other.unique_consecutive()) <= len(other):
        return None  # a table of zeros and ones has the right values in many ways
    return (_ORDER, Text()) if differs(one, other, rtol, atol) is None else None


_FINDERS: tuple[Callable[[torch.Tensor, torch.Tensor, float, float], Idea | None], ...] = (
    _swapped,
    _factor,
    _offset,
    _reordered,
)


def _wide(tensor: torch.Tensor) -> torch.Tensor:
    return tensor.detach().to(torch.complex128 if tensor.is_complex() else torch.float64)


def _swaps(tensor: torch.Tensor) -> Iterator[torch.Tensor]:
    for one, other in itertools.combinations(range(min(tensor.dim(), 5)), 2):
        if max(tensor.shape[one], tensor.shape[other]) > 1 < min(tensor.shape[one], tensor.shape[other]):
            yield tensor.transpose(one, other)


def _broadcasts_to(small: torch.Tensor, large: torch.Tensor) -> bool:
    ends = zip(reversed(small.shape), reversed(large.shape), strict=False)
    return small.dim() <= large.dim() and all(size in (1, wanted) for size, wanted in ends)


def _too_large(got: torch.Tensor, want: torch.Tensor) -> bool:
    return max(got.numel(), want.numel()) > _LARGE

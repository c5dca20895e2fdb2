"""Two tensors of the same shape: are they equal, and where not, by how much."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from autograder.checks.describing import show
from autograder.model.text import Text


@dataclass(frozen=True, slots=True)
class Difference:
    """`count` of `total` elements differ, the first at `index`; `largest` is the largest finite difference."""

    count: int
    total: int
    index: tuple[int, ...]
    got: complex | float | int | bool  # at the first difference
    want: complex | float | int | bool
    largest: float
    nans: int  # elements that are nan where a number was expected
    infinities: int  # elements that are infinite where a finite number was expected
    exact: bool  # integers and booleans


def tolerance(dtype: torch.dtype) -> tuple[float, float]:
    """(rtol, atol) that equivalent formulas stay within: float64 1e-7, float32 1e-4 and 1e-5, halves 2e-2."""
    if not (dtype.is_floating_point or dtype.is_complex):
        return 0.0, 0.0
    bits = torch.finfo(dtype).bits
    return {64: (1e-7, 1e-7), 32: (1e-4, 1e-5)}.get(bits, (2e-2, 2e-2))


def differs(got: torch.Tensor, want: torch.Tensor, rtol: float, atol: float) -> Difference | None:
    """Where `got` is further than atol + rtol·|want| from `want`; None if nowhere. nan equals only nan, and integers
    and booleans must be exactly equal. Both tensors have the same shape, on the same device."""
    got, want = got.detach(), want.detach()
    exact = not any(t.dtype.is_floating_point or t.dtype.is_complex for t in (got, want))
    if exact:
        if got.dtype != want.dtype:  # torch promotes no unsigned integers
            got, want = got.long(), want.long()
        wrong = got != want
        size = torch.zeros((), dtype=torch.float64)
    else:
        wide = torch.complex128 if got.dtype.is_complex or want.dtype.is_complex else torch.float64
        size, wrong = _distance(got.to(wide), want.to(wide), rtol, atol)
    if not bool(wrong.any()):
        return None
    first = int(wrong.reshape(-1).nonzero()[0])
    index = tuple(int(place) for place in torch.unravel_index(torch.tensor(first), got.shape)) if got.dim() else ()
    finite = size[wrong & torch.isfinite(size)] if not exact else size.reshape(1)
    return Difference(
        count=int(wrong.sum()),
        total=wrong.numel(),
        index=index,
        got=got[index].item(),
        want=want[index].item(),
        largest=float(finite.max()) if finite.numel() else math.nan,
        nans=0 if exact else int((torch.isnan(got) & ~torch.isnan(want)).sum()),
        infinities=0 if exact else int((torch.isinf(got) & torch.isfinite(want)).sum()),
        exact=exact,
    )


def _distance(got: torch.Tensor, want: torch.Tensor, rtol: float, atol: float) -> tuple[torch.Tensor, torch.Tensor]:
    """|got - want|, and where it is too large. `not <=` and not `>`, so that nan counts as too large."""
    size = (got - want).abs()
    close = size <= atol + rtol * want.abs()
    finite = torch.isfinite(got) & torch.isfinite(want)
    same = (got == want) | (torch.isnan(got) & torch.isnan(want))
    return size, ~((close & finite) | same)


def say(difference: Difference, what: Text) -> Text:
    """The safe sentence: how many differ, where first, the rough size; never a value."""
    en, zh = _places(difference, what)
    if difference.nans:
        en += f"; {difference.nans} {_are(difference.nans)} nan where a number was expected"
        zh += f"；有 {difference.nans} 个值是 nan，那里本该是数"
    if difference.infinities:
        en += f"; {difference.infinities} {_are(difference.infinities)} infinite where a finite number was expected"
        zh += f"；有 {difference.infinities} 个值是无穷大，那里本该是有限的数"
    if not difference.exact and math.isfinite(difference.largest) and difference.largest > 0:
        en += f"; the largest difference is about {rough(difference.largest)}"
        zh += f"；最大的差约为 {rough(difference.largest)}"
    return Text(en + ".", zh + "。")


def _places(difference: Difference, what: Text) -> tuple[str, str]:
    if not difference.index:
        return f"{what.en} has a different value than expected", f"{what.zh}的值与预期不同"
    count, total, place = difference.count, difference.total, list(difference.index)
    share = max(1, round(100 * count / total))
    return (
        f"{count} of {total} values of {what.en} differ ({share} %), the first at index {place}",
        f"{what.zh}的 {total} 个值中有 {count} 个不对（{share} %），第一处在下标 {place}",
    )


def say_values(difference: Difference, got: torch.Tensor, want: torch.Tensor) -> Text:
    """The numbers at the first difference, and the beginning of both tensors."""
    place = f" at index {list(difference.index)}" if difference.index else ""
    place_zh = f"在下标 {list(difference.index)} 处" if difference.index else ""
    first, expected = show(difference.got), show(difference.want)
    return Text(
        f"got {first}, expected {expected}{place}\ngot: {show(got)}\nexpected: {show(want)}",
        f"{place_zh}得到 {first}，应为 {expected}\n得到：{show(got)}\n应为：{show(want)}",
    )


def rough(size: float) -> str:
    """The order of magnitude and nothing more: 1e-3."""
    return f"1e{math.floor(math.log10(size))}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"

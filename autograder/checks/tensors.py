"""Known to be a tensor of a certain shape, dtype and device: what a check asks before it calculates with a result."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import ideas
from autograder.checks.describing import is_tensor, size_text
from autograder.checks.feedback import CheckFailure
from autograder.checks.kinds import came, wrong_type
from autograder.model.text import Text

Shape = tuple[int | None, ...]
_NOTHING = Text()


def tensor(  # what a tensor is, and two languages
    got: Any,
    *,
    shape: Shape | torch.Size | None = None,
    dtype: torch.dtype | tuple[torch.dtype, ...] | None = None,
    device: torch.device | str | None = None,
    what: str = "the result",
    zh: str = "结果",
) -> torch.Tensor:
    """`got`, known to be a tensor of this shape (None: any size there), dtype (one of a tuple) and kind of device.

    Use it before calculating with what a student returned."""
    subject = Text(what, zh)
    if not is_tensor(got):
        raise wrong_type(got, Text("tensor", "张量"), subject)
    if shape is not None and not _fits(got.shape, shape):
        raise wrong_shape(got, shape, subject)
    allowed = dtype if isinstance(dtype, tuple) else (dtype,)
    if dtype is not None and got.dtype not in allowed:
        raise wrong_dtype(got, " or ".join(name(one) for one in allowed), subject)
    if device is not None:
        on_device(got, torch.device(device), subject)
    result: torch.Tensor = got
    return result


def on_device(got: torch.Tensor, device: torch.device, subject: Text) -> None:
    """Kinds of device are compared: cuda:0 and cuda:1 are the same kind."""
    have, want = got.device.type, device.type
    if have != want:
        raise CheckFailure(
            Text(
                f"{subject.en} is on {have}, expected {want}: make new tensors on the device of the input.",
                f"{subject.zh}在 {have} 上，应在 {want} 上：新建张量时请用输入所在的设备。",
            ),
            reason="device",
        )


def _fits(got: torch.Size, want: Shape | torch.Size) -> bool:
    return len(got) == len(want) and all(size in (None, have) for have, size in zip(got, want, strict=True))


def wrong_shape(
    got: torch.Tensor, want: Shape | torch.Size, subject: Text, idea: ideas.Idea = ideas.NONE
) -> CheckFailure:
    have = size_text(got.shape)
    wanted = size_text(want)
    return CheckFailure(
        Text(f"{subject.en} has shape {have}, expected {wanted}.", f"{subject.zh}的形状是 {have}，应为 {wanted}。")
        + idea[0],
        came(got) + idea[1],
        reason="shape",
    )


def wrong_dtype(got: torch.Tensor, want: str, subject: Text, more: Text = _NOTHING) -> CheckFailure:
    have = name(got.dtype)
    return CheckFailure(
        Text(f"{subject.en} has dtype {have}, expected {want}.", f"{subject.zh}的数据类型是 {have}，应为 {want}。")
        + more,
        reason="dtype",
    )


def name(dtype: Any) -> str:
    return str(dtype).removeprefix("torch.")

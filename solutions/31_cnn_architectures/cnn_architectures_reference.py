"""What the hidden checks of topic 31 share: modules filled with known numbers, and what they should compute, written
with torch's functions on this side of the wall."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autograder.checks import compare
from autograder.checks.describing import is_tensor
from autograder.checks.feedback import CheckFailure, differs
from autograder.checks.seeding import Draw
from autograder.model.text import Text

F32, F64 = torch.float32, torch.float64
Values = dict[str, Tensor]
NORM = ("weight", "bias", "running_mean", "running_var")
STATE = "[[str(key), value] for key, value in model.state_dict().items()]"


def made(submission: Any, name: str, *args: Any) -> Any:
    """The student's module, known to be one."""
    return compare.is_type(getattr(submission, name)(*args), nn.Module, f"{name}(...)", f"{name}(...)")


def state(submission: Any, model: Any) -> Values:
    """Everything in its state_dict that is a number with a fraction: parameters and statistics."""
    found = {}
    for entry in compare.items(submission.build(STATE, model=model), None, list):
        name, value = compare.items(entry, 2, list)
        if compare.tensor(value, what="an entry of the state_dict", zh="state_dict 中的一项").is_floating_point():
            found[compare.is_type(name, str)] = value.detach()
    return found


def by_shape(found: Values, wanted: Mapping[str, tuple[int, ...]]) -> dict[str, str]:
    """Which name in the state_dict has which of the wanted shapes; each is there exactly once, and nothing else is."""
    named: dict[str, str] = {}
    for kind, shape in wanted.items():
        names = [name for name, value in found.items() if tuple(value.shape) == shape]
        _exactly(len(names) == 1)
        named[kind] = names[0]
    _exactly(len(found) == len(wanted))
    return named


def by_name(found: Values, wanted: Mapping[str, tuple[int, ...]]) -> None:
    """The names and shapes in the state_dict are exactly these."""
    _exactly({name: tuple(value.shape) for name, value in found.items()} == dict(wanted))


def _exactly(right: bool) -> None:
    compare.require(
        right,
        "the module should hold exactly the layers that the docstring lists, with their shapes (and their names, where"
        " it gives names), and with a bias only where it says so.",
        "模块应当恰好包含文档字符串列出的各层：形状相同（给出名字的，名字也相同），并且只在写明的地方有偏置。",
        reason="shape",
    )


def filled(draw: Draw, shapes: Mapping[str, tuple[int, ...]], dtype: torch.dtype = F64) -> Values:
    """A number for every place, none of them where it starts: variances are positive, weights of any sign."""
    values = {}
    for name, shape in shapes.items():
        drawn = draw.randn(*shape)
        if len(shape) > 1:
            drawn = drawn / (drawn[0].numel() ** 0.5)
        values[name] = (drawn.square() + 0.3 if name.endswith("running_var") else drawn).to(dtype)
    return values


def norm_shapes(name: str, channels: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.{kind}": (channels,) for kind in NORM}


def residual_shapes(c_in: int, c_out: int, stride: int, at: str = "") -> dict[str, tuple[int, ...]]:
    """The state_dict of Residual(c_in, c_out, stride) without the counters."""
    shapes: dict[str, tuple[int, ...]] = {f"{at}conv1.weight": (c_out, c_in, 3, 3)}
    shapes |= norm_shapes(f"{at}bn1", c_out) | {f"{at}conv2.weight": (c_out, c_out, 3, 3)}
    shapes |= norm_shapes(f"{at}bn2", c_out)
    if c_in != c_out or stride != 1:
        shapes |= {f"{at}shortcut.0.weight": (c_out, c_in, 1, 1)} | norm_shapes(f"{at}shortcut.1", c_out)
    return shapes


def norm(x: Tensor, values: Values, name: str, train: bool) -> Tensor:
    gamma, beta, mean, var = (values[f"{name}.{kind}"] for kind in NORM)
    return F.batch_norm(x, mean.detach().clone(), var.detach().clone(), gamma, beta, train)


def parts(x: Tensor, values: Values, stride: int, train: bool, at: str = "") -> tuple[Tensor, Tensor]:
    """F(x) and shortcut(x)."""
    branch = F.conv2d(x, values[f"{at}conv1.weight"], stride=stride, padding=1)
    branch = F.conv2d(F.relu(norm(branch, values, f"{at}bn1", train)), values[f"{at}conv2.weight"], padding=1)
    skip = x
    if f"{at}shortcut.0.weight" in values:
        skip = norm(F.conv2d(x, values[f"{at}shortcut.0.weight"], stride=stride), values, f"{at}shortcut.1", train)
    return norm(branch, values, f"{at}bn2", train), skip


def residual(x: Tensor, values: Values, stride: int, train: bool, at: str = "") -> Tensor:
    branch, skip = parts(x, values, stride, train, at)
    return F.relu(branch + skip)


def same_or_told(got: Any, want: Tensor, *ideas: tuple[Text, Tensor], scale: float = 1.0) -> None:
    """compare.same; if it fails and the result is one of the typical wrong ones, say which."""
    try:
        compare.same(got, want, scale=scale)
    except CheckFailure as failure:
        for text, other in ideas:
            alike = is_tensor(got) and got.dtype == other.dtype and got.shape == other.shape
            if alike and differs(got.detach(), other, 1e-3, 1e-5) is None:
                raise CheckFailure(failure.summary + text, failure.values, reason=failure.reason) from None
        raise


RIGHT = """
class Residual(nn.Module):
    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(c_in, c_out, 3, stride, 1, bias=False)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, 1, 1, bias=False)
        self.bn1, self.bn2, self.shortcut = nn.BatchNorm2d(c_out), nn.BatchNorm2d(c_out), nn.Identity()
        if c_in != c_out or stride != 1:
            self.shortcut = nn.Sequential(nn.Conv2d(c_in, c_out, 1, stride, bias=False), nn.BatchNorm2d(c_out))

    def forward(self, x):
        return F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))) + self.shortcut(x))

old = vars(student).get("Residual")
student.Residual = Residual
old
"""


def right_residual(test: Callable[..., None]) -> Callable[..., None]:
    """The check with a right Residual in the student's module: a mistake in the student's own is blamed once."""

    @functools.wraps(test)
    def run(submission: Any, **fixtures: Any) -> None:
        old = submission.build(RIGHT)
        try:
            test(submission=submission, **fixtures)
        finally:
            submission.build("student.Residual = old", old=old)

    return run

"""nn.Module from the inside: what it registers, what it saves, and how a training survives the night.

Tensors are float32 or float64, and a module's result has the dtype of its input and parameters. Nothing here changes
its input.
"""

from __future__ import annotations

# answer
import itertools
import os
from collections.abc import Iterator

# end answer
from typing import Any

import torch
from torch import Tensor, nn


class Param:
    """A tensor that a MiniModule learns. It is finished; nothing to do here."""

    def __init__(self, data: Tensor) -> None:
        self.data = data


class MiniModule:
    """What nn.Module does for you, in small, and without torch.nn: it keeps a list of what belongs to it.

    A subclass calls super().__init__() first, sets attributes, and writes forward. An attribute that is a Param is a
    parameter of the module; one that is a MiniModule is a child. Anything else, also a tensor or a list of modules, is
    an ordinary attribute, and nobody looks inside. No module is ever its own child, directly or indirectly.

    training  bool, True in a new module

    >>> class Scale(MiniModule):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.w = Param(torch.tensor(2.0))
    >>> class Pair(MiniModule):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.left, self.b = Scale(), Param(torch.tensor(1.0))
    >>> [name for name, _ in Pair().named_parameters()]
    ['b', 'left.w']
    """

    def __init__(self) -> None:
        # answer
        object.__setattr__(self, "_own", {})
        object.__setattr__(self, "_parts", {})
        self.training = True
        # end answer

    def __setattr__(self, name: str, value: Any) -> None:
        """Keep `value` as the attribute `name`, so that reading it gives this very object. The module's parameters and
        children are those that its attributes hold *now*: whatever stood under this name before is forgotten."""
        # answer
        self._own.pop(name, None)
        self._parts.pop(name, None)
        if isinstance(value, Param):
            self._own[name] = value
        elif isinstance(value, MiniModule):
            self._parts[name] = value
        object.__setattr__(self, name, value)
        # end answer

    # answer
    def _named(self, prefix: str = "") -> Iterator[tuple[str, Param]]:
        """Every name, a shared Param under each of its names."""
        for name, value in self._own.items():
            yield prefix + name, value
        for name, part in self._parts.items():
            yield from part._named(f"{prefix}{name}.")

    # end answer

    def named_parameters(self) -> Any:
        """All parameters, this module's and those of its children, their children, and so on: a list or an iterator of
        pairs (name, Param). The name is the path of attributes with dots in between, as in "a.b.w".

        A module's own parameters come first, then those of its children, both in the order in which they were set
        (where something that has been replaced stands is up to you). A Param that can be reached by several names comes
        once, with the first of them.
        """
        # answer
        seen = set()
        for name, value in self._named():
            if id(value) not in seen:
                seen.add(id(value))
                yield name, value
        # end answer

    def parameters(self) -> Any:
        """The Params of named_parameters without their names, in the same order: a list or an iterator."""
        # answer
        return [value for _, value in self.named_parameters()]
        # end answer

    def state_dict(self) -> dict[str, Tensor]:
        """What has to be saved: a dict from names to the tensors `.data` themselves, not copies. Here a shared Param
        stands under every one of its names, so that the state fits a module that shares nothing."""
        # answer
        return {name: value.data for name, value in self._named()}
        # end answer

    def train(self, mode: bool = True) -> MiniModule:
        """Set `training` to `mode` in this module and in everything below it. Returns the module itself."""
        # answer
        self.training = mode
        for part in self._parts.values():
            part.train(mode)
        return self
        # end answer

    def eval(self) -> MiniModule:
        """train(False)"""
        # answer
        return self.train(False)
        # end answer

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The result of forward with these arguments."""
        # answer
        return self.forward(*args, **kwargs)  # public
        # end answer

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """Every subclass writes its own; nothing to do here."""
        raise NotImplementedError


class MLP(nn.Module):
    """linear, relu, linear, relu, ..., linear, and in the end times `sc`.

    dims  list of at least two sizes >= 1: inputs, hidden sizes, outputs. Fewer than two: ValueError. There are
          len(dims) - 1 layers, each an nn.Linear of its own with bias, started as PyTorch starts it, and no others.
    sc    a buffer, a 0-d tensor with the value 0.5: it is saved and moved with the module, but it is not trained

    forward: x (n, dims[0]) to (n, dims[-1]). No relu after the last layer. A fresh module has PyTorch's default dtype.

    >>> model = MLP([3, 5, 2])
    >>> sum(p.numel() for p in model.parameters()), float(model.sc)
    (32, 0.5)
    >>> model(torch.zeros(4, 3)).shape
    torch.Size([4, 2])
    """

    def __init__(self, dims: list[int]) -> None:
        # answer
        if len(dims) < 2:
            raise ValueError(f"a network needs an input and an output size, not {dims}")
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(before, after) for before, after in itertools.pairwise(dims))
        self.register_buffer("sc", torch.tensor(0.5))
        # end answer

    def forward(self, x: Tensor) -> Tensor:
        # answer
        *hidden, last = self.layers
        for layer in hidden:
            x = layer(x).relu()
        return last(x) * self.sc
        # end answer


class MySequential(nn.Module):
    """Modules in a row, each fed with what the one before returns; without nn.Sequential. nn.ModuleList may be used.

    mods  any number of modules. All of them are registered: their parameters are parameters of this module. The same
          module may come several times; then it is applied several times, and its parameters exist once.

    len(seq) is the number of places in the row. seq[i] is the module at place i, negative i from the end, IndexError
    where there is none. seq[a:b] (any slice) is a new MySequential of the same module objects, not of copies. Without
    any modules, seq(x) is x.

    >>> seq = MySequential(nn.Flatten(), nn.ReLU())
    >>> seq(torch.tensor([[[-1.0, 2.0]]])), len(seq), seq[-1], len(seq[1:])
    (tensor([[0., 2.]]), 2, ReLU(), 1)
    """

    def __init__(self, *mods: nn.Module) -> None:
        # answer
        super().__init__()
        for mod in mods:
            self.append(mod)
        # end answer

    def append(self, mod: nn.Module) -> MySequential:
        """Put `mod` at the end of the row. Returns the row itself, so that calls can be chained."""
        # answer
        self.add_module(str(len(self)), mod)
        return self
        # end answer

    def __len__(self) -> int:
        # answer
        return len(self._modules)
        # end answer

    def __getitem__(self, index: int | slice) -> Any:
        # answer
        mods = list(self._modules.values())
        return MySequential(*mods[index]) if isinstance(index, slice) else mods[index]
        # end answer

    def forward(self, x: Any) -> Any:
        # answer
        for mod in self._modules.values():
            x = mod(x)
        return x
        # end answer


class FixedMLP(nn.Module):
    """A forward pass that is a program: a constant, a layer that is used twice, a loop that depends on the data.

    d          size of input and output, >= 1
    generator  where the constant is drawn from; None: PyTorch's global generator

    linear     nn.Linear(d, d), the only parameters
    fixed      a buffer (d, d): numbers drawn once, uniformly from [0, 1), when the module is made. It is saved and
               moved with the module, never trained, and the same for every call.

    forward: x (n, d) to (n, d), with finite numbers:
        h = linear(x);  h = relu(h @ fixed + 1);  h = linear(h)
        then halve all of h as long as the sum of all |h| is greater than 1 (a sum of exactly 1 stays)
    Gradients flow through all of it; for them the number of halvings is a constant.

    >>> model = FixedMLP(3)
    >>> bool(model(100 * torch.ones(2, 3)).abs().sum() <= 1)
    True
    """

    def __init__(self, d: int, generator: torch.Generator | None = None) -> None:
        # answer
        super().__init__()
        self.linear = nn.Linear(d, d)
        self.register_buffer("fixed", torch.rand(d, d, generator=generator))
        # end answer

    def forward(self, x: Tensor) -> Tensor:
        # answer
        h = (self.linear(x) @ self.fixed + 1).relu()
        h = self.linear(h)
        while h.abs().sum() > 1:
            h = h / 2
        return h
        # end answer


def save_ckpt(path: Any, model: nn.Module, opt: torch.optim.Optimizer, epoch: int, rng: bool = True) -> None:
    """Write everything that a training needs to go on as if it had never stopped.

    path   str or os.PathLike, in an existing folder; a file that is already there is replaced
    epoch  int >= 0
    rng    whether the state of PyTorch's global CPU generator is kept as well

    The file holds one dict, written by torch.save: {"model": the model's state_dict(), "opt": the optimiser's
    state_dict(), "epoch": epoch, "rng": torch.get_rng_state(), or None if not rng}. So
    torch.load(path, weights_only=True) reads it.

    At no moment is there half a file at `path`: if writing fails or is interrupted, the old file is still there, whole,
    and the exception reaches the caller. After success `path` is the only file that was added to its folder; what a
    failed attempt leaves beside it is up to you. Nothing is returned.

    >>> import tempfile
    >>> path, model = tempfile.mkdtemp() + "/last.pt", nn.Linear(2, 1)
    >>> opt = torch.optim.SGD(model.parameters(), lr=0.1)
    >>> save_ckpt(path, model, opt, 7)
    >>> load_ckpt(path, model, opt)
    7
    """
    # answer
    dice = torch.get_rng_state() if rng else None
    state = {"model": model.state_dict(), "opt": opt.state_dict(), "epoch": epoch, "rng": dice}
    draft = f"{os.fspath(path)}.draft"
    torch.save(state, draft)
    os.replace(draft, path)  # public
    # end answer


def load_ckpt(path: Any, model: nn.Module, opt: torch.optim.Optimizer) -> int:
    """Put a file of save_ckpt back into `model`, `opt` and, if it has one, PyTorch's global CPU generator (if "rng" is
    None, the generator is left as it is). Returns the epoch in the file.

    The file may have been written on a GPU that this machine does not have. It is read with weights_only=True, so a
    file that wants to run code is refused by an exception, and the code does not run. A state that lacks an entry of
    the model, has one too many or one of another shape raises RuntimeError.
    """
    # answer
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"])
    opt.load_state_dict(state["opt"])
    if state["rng"] is not None:
        torch.set_rng_state(state["rng"])
    return state["epoch"]
    # end answer

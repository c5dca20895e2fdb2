"""What a check sees of a student's code: the submission and objects that live in its sandbox.

Values come back as copies. Everything else comes back as a `Remote`, a handle that forwards what is done to it. What a
guest says about its own objects (class names, kinds) is a claim.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import torch

from autograder.checks.feedback import CheckFailure
from autograder.errors import StudentError
from autograder.model.text import Text
from autograder.sandbox.observation import Observation, is_observation

if TYPE_CHECKING:
    from autograder.sandbox.host import Host

_NN = "torch.nn.modules"
_KNOWN: dict[str, type] = {
    f"{_NN}.module.Module": torch.nn.Module,
    f"{_NN}.linear.Linear": torch.nn.Linear,
    f"{_NN}.conv.Conv2d": torch.nn.Conv2d,
    f"{_NN}.container.Sequential": torch.nn.Sequential,
    f"{_NN}.container.ModuleList": torch.nn.ModuleList,
    f"{_NN}.sparse.Embedding": torch.nn.Embedding,
    f"{_NN}.normalization.LayerNorm": torch.nn.LayerNorm,
    "torch.optim.optimizer.Optimizer": torch.optim.Optimizer,
    "torch.utils.data.dataset.Dataset": torch.utils.data.Dataset,
    "torch.utils.data.dataloader.DataLoader": torch.utils.data.DataLoader,
}
_NO_VALUE = Text(
    "your code returned an object of a class of its own where a number or a tensor is needed.",
    "这里需要数或张量，而你的代码返回了自定义类的对象。",
)


class MissingName(StudentError, AttributeError):
    """The submission does not define what the check asks for."""


class Misused(StudentError, TypeError):
    """The check does something with an object of the student's that no object in a sandbox can do."""


class Remote:
    """An object in the sandbox: call it, read and set attributes, index, iterate; gradients flow through calls. It
    can't be copied, pickled or calculated with."""

    __slots__ = ("_classes", "_host", "_kind", "_number", "_way")
    _host: Host
    _number: int
    _kind: str
    _classes: tuple[str, ...]
    _way: str  # how the check came to it, "Standardizer().transform", for messages; "" if nobody knows

    def __init__(self, host: Host, number: int, kind: str, classes: tuple[str, ...]) -> None:
        for name, value in (("_host", host), ("_number", number), ("_kind", kind), ("_classes", classes), ("_way", "")):
            object.__setattr__(self, name, value)

    def __del__(self) -> None:
        self._host.gone_handles.append(self._number)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self._way:
            self._host.last_call = (self._way, args, kwargs)
        return self._host.request("call", self, "", args, kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name in Remote.__slots__:
            raise AttributeError(name)
        return _by_way_of(f"{self._way}.{name}" if self._way else "", self._host.request("get", self, name))

    def __setattr__(self, name: str, value: Any) -> None:
        self._host.request("set", self, name, value)

    def __len__(self) -> int:
        return self._plain("len", int, range(1 << 62))

    def __bool__(self) -> bool:
        return self._plain("bool", bool, (False, True))

    def __contains__(self, key: Any) -> bool:
        truth = self._host.request("build", "bool(b in a)", {"a": self, "b": key})
        if type(truth) is not bool:
            raise self._host.violation("in")
        return truth

    def __getitem__(self, key: Any) -> Any:
        return self._host.request("item", self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        self._host.request("set_item", self, key, value)

    def __iter__(self) -> Iterator[Any]:
        iterator, ahead, seen, end = self._host.request("iterate", self), 1, 0, False
        while not end:
            reply = self._host.request("following", iterator, ahead)
            if type(reply) is not tuple or len(reply) != 2 or type(reply[0]) is not list or type(reply[1]) is not bool:
                raise self._host.violation("items of an iterator")
            items, end = reply
            yield from items
            seen += len(items)
            ahead = 1 if seen < 16 else 32  # the first ones one by one: lazy code stays observable

    def __eq__(self, other: object) -> bool:
        return type(other) is Remote and (other._host, other._number) == (self._host, self._number)

    def __hash__(self) -> int:
        return hash((id(self._host), self._number))

    def __repr__(self) -> str:
        return f"<{self._kind} {self._classes[0] if self._classes else ''} in the sandbox>"

    def __format__(self, _spec: str) -> str:
        return repr(self)

    def __reduce_ex__(self, _protocol: Any) -> Any:
        raise Misused("TypeError", "an object in the sandbox can't be copied")

    def __float__(self) -> float:
        value = self._host.request("build", "float(a)", {"a": self})
        if type(value) is not float:
            raise self._host.violation("float")
        return value

    @property  # type: ignore[misc]  # isinstance() asks for it; nobody assigns it
    def __class__(self) -> type:
        """`isinstance(net, torch.nn.Module)` works for what claims to be one."""
        if self._kind in ("class", "function"):
            return Remote
        return next((_KNOWN[name] for name in self._classes if name in _KNOWN), Remote)

    def params(self) -> dict[str, torch.nn.Parameter]:
        """Copies of a module's parameters by name, each with its `.grad`."""
        params = self._host.request("params", self)
        if type(params) is not dict or not all(type(name) is str for name in params):
            raise self._host.violation("names of parameters")
        if not all(issubclass(type(value), torch.Tensor) for value in params.values()):
            raise self._host.violation("parameters")
        return params

    def functional(self, params: Mapping[str, torch.Tensor], *args: Any, **kwargs: Any) -> Any:
        """Call a module with these parameters in place of its own; gradients flow to them."""
        return self._host.request("functional", self, dict(params), args, kwargs)

    def _plain(self, operation: str, kind: type, among: Container[Any]) -> Any:
        value = self._host.request(operation, self)
        if type(value) is not kind or value not in among:
            raise self._host.violation(operation)
        return value


def _by_way_of(way: str, value: Any) -> Any:
    """The value; a remote object remembers how the check came to it."""
    if type(value) is Remote:
        object.__setattr__(value, "_way", way[:120])
    return value


def _refuse(*_: Any) -> Any:
    """Calculating with a student's object would hand it the other operand, an expected value perhaps, and let it say
    what comes out: `abs(got - want) < 1e-6` would be for the student's class to decide. A check that means an operator
    of the student's class asks for it: `submission.build("a + b", a=..., b=...)`."""
    raise CheckFailure(_NO_VALUE, reason="type")


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor"):
    setattr(Remote, f"__{_name}__", _refuse)
    setattr(Remote, f"__r{_name}__", _refuse)
for _name in ("neg", "pos", "invert", "abs", "round", "lt", "le", "gt", "ge"):
    setattr(Remote, f"__{_name}__", _refuse)


class Submission:
    """One loaded submission. Its functions and classes are attributes: `submission.softmax(x)`; what a check calls can
    be called whatever the file says it is, and a plain value is `submission["RATE"]`.
    """

    def __init__(self, host: Host, names: Mapping[str, str], source: str, device: str) -> None:
        self._host, self._names = host, names
        self.source, self.device = source, device

    def has(self, name: str) -> bool:
        """Whether the student's file defines that name."""
        return name in self._names

    def build(self, source: str, **values: Any) -> Any:
        """Evaluate an expression, or statements ending in one, in the sandbox: torch, nn, F, np, student, values."""
        return self._host.request("build", source, values)

    def observe(self, name: str, *args: Any, **kwargs: Any) -> Observation:
        """Call a function and also ask what it did."""
        self._host.last_call = (name, args, kwargs)
        self._require(name)
        seen = self._host.request("observe", None, name, args, kwargs)
        if not is_observation(seen, args, kwargs):
            raise self._host.violation("observation")
        return Observation(**seen)

    def __getitem__(self, name: str) -> Any:
        """Like an attribute, for plain values and for names this class uses itself."""
        self._require(name)
        if self._names[name] == "function":
            return Function(self, name)
        value = self._host.request("get", None, name)
        return Class(self, name, value) if self._names[name] == "class" and type(value) is Remote else value

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        found = self[name]
        # a number where a function should be: calling it fails in the sandbox, as the student's error
        return found if type(found) in (Function, Class, Remote) else Function(self, name)

    def _require(self, name: str) -> None:
        if name not in self._names:
            raise MissingName("NameError", f"the file defines no {name!r}")


class Function:
    """A function of the student's module, by name: no round trip until it is called."""

    def __init__(self, submission: Submission, name: str) -> None:
        self._submission, self.__name__ = submission, name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        host, name = self._submission._host, self.__name__
        host.last_call = (name, args, kwargs)
        return _by_way_of(f"{name}()", host.request("call", None, name, args, kwargs))

    def __instancecheck__(self, value: Any) -> bool:
        return False  # where a class should be


class Class(Function):
    """A class of the student's module: call it for an object, use it in `isinstance`, read its attributes."""

    def __init__(self, submission: Submission, name: str, handle: Remote) -> None:
        super().__init__(submission, name)
        self._handle = handle

    def __instancecheck__(self, value: Any) -> bool:
        own = self._handle._classes[:1]
        return type(value) is Remote and value._kind != "class" and bool(own) and own[0] in value._classes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._handle, name)

"""What a call did, as seen from inside the sandbox: dispatched operations, sizes, memory shared with its arguments.

These are claims of the student's process. They serve rules that teach (vectorised, in place, from scratch) and good
messages; a value is never accepted because of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch.autograd import graph
from torch.utils._python_dispatch import TorchDispatchMode


class _Trace(TorchDispatchMode):
    """Counts the operations that reach the dispatcher and the largest tensor they make."""

    def __init__(self) -> None:
        super().__init__()
        self.ops: Counter[str] = Counter()
        self.largest = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = func(*args, **(kwargs or {}))
        self.ops[func._schema.name] += 1
        for made in result if isinstance(result, (tuple, list)) else (result,):
            if isinstance(made, torch.Tensor):
                self.largest = max(self.largest, made.numel())
        return result


class _Saved:
    """Elements kept for backward while it is entered.

    torch.func refuses to differentiate while somebody looks at what is kept, so this steps aside for it: what is kept
    inside is not counted.
    """

    def __init__(self) -> None:
        self.elements = 0
        self._hooks = graph.saved_tensors_hooks(self._keep, lambda tensor: tensor)
        self._aside = 0  # how deep in torch.func
        self._disable = graph.disable_saved_tensors_hooks

    def _keep(self, tensor: torch.Tensor) -> torch.Tensor:
        self.elements += tensor.numel()
        return tensor

    @contextmanager
    def _step_aside(self, error_message: str) -> Iterator[None]:
        self._aside += 1
        if self._aside == 1:
            self._hooks.__exit__()
        try:
            with self._disable(error_message):
                yield
        finally:
            self._aside -= 1
            if not self._aside:
                self._hooks.__enter__()

    def __enter__(self) -> _Saved:
        graph.disable_saved_tensors_hooks = self._step_aside
        self._hooks.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._hooks.__exit__(*error)
        graph.disable_saved_tensors_hooks = self._disable


def _pointer(value: Any) -> int | None:
    return value.data_ptr() if isinstance(value, torch.Tensor) else None


def _storage(value: Any) -> int | None:
    if not isinstance(value, torch.Tensor) or not value.numel():
        return None
    return value.untyped_storage().data_ptr()


def _draws(args: Any) -> list[bytes]:
    return [bytes(arg.get_state().numpy()) for arg in args if isinstance(arg, torch.Generator)]


def observe(
    function: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    view: Any,
    opened: Callable[[Any], Any],
) -> dict[str, Any]:
    """Call the function and say what happened; see `remote.Observation` for the meaning of each entry."""
    passed, named = opened(args), opened(kwargs)
    before = [_pointer(arg) for arg in passed]
    generators = _draws([*passed, *named.values()])
    global_state = bytes(torch.get_rng_state().numpy())
    with _Trace() as trace, _Saved() as saved:
        result = function(*passed, **named)
    own = _storage(result)
    tensors = [arg if isinstance(arg, torch.Tensor) else None for arg in passed]
    return {
        "result": result,
        "args": tuple(arg.base if isinstance(arg, view) else arg for arg in args),
        "kwargs": {name: value.base if isinstance(value, view) else value for name, value in kwargs.items()},
        "same_as": next((i for i, arg in enumerate(passed) if arg is result), None),
        "shares": tuple(i for i, arg in enumerate(passed) if own is not None and _storage(arg) == own),
        "moved": tuple(i for i, arg in enumerate(passed) if _pointer(arg) != before[i]),
        "leaves": tuple(None if tensor is None else tensor.is_leaf for tensor in tensors),
        "requires_grad": tuple(None if tensor is None else tensor.requires_grad for tensor in tensors),
        "grad_graph": isinstance(result, torch.Tensor) and result.grad_fn is not None,
        "ops": dict(trace.ops),
        "largest": trace.largest,
        "saved": saved.elements,
        "generator_used": _draws([*passed, *named.values()]) != generators,
        "global_rng_used": bytes(torch.get_rng_state().numpy()) != global_state,
    }

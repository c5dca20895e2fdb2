"""A watched call of a student's function: what came back, and what the sandbox says it did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Observation:
    """A call and what the sandbox says it did. Only `result`, `args` and `kwargs` are values; the rest are claims."""

    result: Any
    args: tuple[Any, ...]  # the arguments as they are after the call; the base for an argument that was a view
    kwargs: dict[str, Any]
    same_as: int | None  # index of the argument that is the result
    shares: tuple[int, ...]  # arguments whose storage the result shares
    moved: tuple[int, ...]  # tensor arguments whose data now lies elsewhere
    leaves: tuple[bool | None, ...]
    requires_grad: tuple[bool | None, ...]
    grad_graph: bool  # the result has a grad_fn
    ops: dict[str, int] = field(default_factory=dict)  # dispatched operations, "aten::_softmax": 1
    largest: int = 0  # elements of the largest tensor made
    saved: int = 0  # elements kept for backward, but for those inside torch.func
    generator_used: bool = False
    global_rng_used: bool = False

    @property
    def op_count(self) -> int:
        return sum(self.ops.values())


_CLAIMS: dict[str, tuple[type, ...]] = {
    "args": (tuple,), "kwargs": (dict,), "same_as": (int, type(None)), "shares": (tuple,), "moved": (tuple,),
    "leaves": (tuple,), "requires_grad": (tuple,), "grad_graph": (bool,), "ops": (dict,), "largest": (int,),
    "saved": (int,), "generator_used": (bool,), "global_rng_used": (bool,),
}  # fmt: skip


def is_observation(seen: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Whether claims fit the call with these arguments, so that a check may index them and write them in a message."""
    if type(seen) is not dict or seen.keys() != {"result", *_CLAIMS}:
        return False
    return all(type(seen[key]) in kinds for key, kinds in _CLAIMS.items()) and _fits(seen, args, kwargs)


def _fits(seen: dict[str, Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    places, sizes = range(len(args)), range(1 << 62)
    counts = [seen["largest"], seen["saved"], *seen["ops"].values()]
    return (
        len(seen["args"]) == len(seen["leaves"]) == len(seen["requires_grad"]) == len(args)
        and seen["kwargs"].keys() == kwargs.keys()
        and all(type(flag) in (bool, type(None)) for flag in seen["leaves"] + seen["requires_grad"])
        and all(type(place) is int and place in places for place in seen["shares"] + seen["moved"])
        and (seen["same_as"] is None or seen["same_as"] in places)
        and all(type(count) is int and count in sizes for count in counts)
        and all(type(name) is str for name in seen["ops"])
    )

"""Rules of a task about how it is solved: forbidden names and imports, forbidden operations, no loops.

Two guards stand side by side. The names in the source are read here, on the grader's side. The operations torch
dispatched are a claim of the student's process, but see through any spelling. Neither judges a value.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from autograder.checks.describing import clean, integer_text
from autograder.checks.feedback import CheckFailure
from autograder.checks.source_parse import Unreadable, parse
from autograder.checks.source_uses import Use, uses
from autograder.model.text import Text

_SHORT = {"F": "torch.nn.functional", "nn": "torch.nn", "np": "numpy", "optim": "torch.optim", "Tensor": "torch.Tensor"}
_BACK_DOORS = ("torch._C.", "torch.ops.", "torch._VF.", "torch._refs.", "torch._decomp.")
_IMPORTERS = frozenset({"import_module", "eval", "exec", "sys.modules"})
# names whose attributes are functions of a module, not methods of a tensor
_MODULES = frozenset({"torch", "math", "cmath", "statistics", "random", "itertools", "functools", "operator"})


def forbid_names(source: str, names: Iterable[str], *, within: str | None = None) -> None:
    """None of `names` is used, however it is spelled, in the function or class `within` and the code it calls.

    "torch.softmax" also means the method x.softmax and torch's back doors to it; "F.", "nn.", "np.", "optim." are the
    usual short forms; ".softmax" means any attribute of that name; "torch.fft.*" everything in a module; "sum" the
    builtin; "@" the operator of that sign. Ways to names that are computed while the program runs (eval, getattr with
    a variable) are refused too."""
    wanted = {_full(name): name for name in names}
    for use in _sorted_uses(source, within):
        hit = next((name for name in wanted if _hits(use, name)), None)
        if hit is not None:
            shown = use.name.removeprefix("?")
            raise _forbidden(use, shown if len(shown) < 80 else wanted[hit])
        if use.computed:
            raise _computed(use)


def forbid_imports(source: str, modules: Iterable[str], *, within: str | None = None) -> None:
    """None of `modules` is imported or reached: `from torch import optim`, `torch.optim.SGD`, `import_module(...)`."""
    wanted = [_full(module) for module in modules]
    for use in _sorted_uses(source, within):
        hit = next((module for module in wanted if use.name == module or use.name.startswith(module + ".")), None)
        if hit is not None:
            raise _forbidden(use, hit)
        if use.computed and (use.name in _IMPORTERS or use.name in getattr(source, "compiled", ())):
            raise _computed(use)


def _sorted_uses(source: str, within: str | None) -> list[Use]:
    try:
        return sorted(uses(parse(source), within), key=lambda use: (use.module, use.line, use.computed, use.name))
    except Unreadable as fault:
        module = clean(fault.module, 100)
        which = Text(f"your module {module}", f"你的模块 {module}") if module else Text("your file", "你的文件")
        place = Text(f" (line {fault.line})", f"（第 {fault.line} 行）") if fault.line else Text()
        raise CheckFailure(
            which + Text(f" can't be read: {fault}", " 无法读取") + place + Text(".", "。"), reason="source"
        ) from None


def _place(use: Use) -> Text:
    if not use.module:
        return Text(f"line {use.line}", f"第 {use.line} 行")
    module = clean(use.module, 100)
    return Text(f"line {use.line} of your module {module}", f"你的模块 {module} 的第 {use.line} 行")


def _forbidden(use: Use, name: str) -> CheckFailure:
    shown = clean(name, 100)
    return CheckFailure(
        _place(use)
        + Text(
            f" uses {shown}, which this task asks you to do without: write that step yourself.",
            f"用了 {shown}，而本题要求不用它：请自己写出这一步。",
        ),
        reason="forbidden",
        outcome="forbidden",
    )


def _computed(use: Use) -> CheckFailure:
    shown = clean(use.name, 100)
    return CheckFailure(
        _place(use)
        + Text(
            f" uses {shown} to find a name while the program runs; in this task every name must be readable in the"
            " source.",
            f"用 {shown} 在运行时查找名字；本题要求所有名字在源码中可见。",
        ),
        reason="forbidden",
        outcome="forbidden",
    )


def _full(name: str) -> str:
    head, dot, rest = name.partition(".")
    return f"{_SHORT.get(head, head)}{dot}{rest}" if dot and head else name


def _hits(use: Use, wanted: str) -> bool:
    if use.name == wanted:
        return True
    if wanted.endswith(".*"):
        return use.name.startswith(wanted[:-1])
    path, dot, last = wanted.rpartition(".")
    if dot and path in ("", "torch", "torch.Tensor") and _is_method(use, last):
        return True
    return path.startswith("torch") and _is_back_door(use.name, last)


def _is_method(use: Use, last: str) -> bool:
    """x.softmax(...), torch.Tensor.softmax, or the attribute of a local variable; not self.softmax."""
    head, _, attribute = use.name.rpartition(".")
    if attribute != last or not head or use.own:
        return False
    return head == "torch.Tensor" or head.partition(".")[0] not in _MODULES


def _is_back_door(name: str, last: str) -> bool:
    """torch.ops.aten._softmax, torch._C._nn.x, torch._softmax."""
    parts = name.split(".")
    if name.startswith(_BACK_DOORS):
        return any(part.strip("_") == last for part in parts)
    return len(parts) == 2 and parts[0] == "torch" and parts[1][0] == "_" and parts[1].strip("_") == last


def forbid_ops(seen: Any, operations: Iterable[str]) -> None:
    """None of these operations ("aten::_softmax") was dispatched, in any overload, in place or not."""
    refused = {_operation(name) for name in operations}
    for name in _claimed(seen):
        if _operation(name) in refused:
            shown = clean(name, 100)
            raise CheckFailure(
                Text(
                    f"your function ran torch's own {shown}; this task asks you to build it from simpler operations.",
                    f"你的函数运行了 torch 自带的 {shown}，而本题要求用更简单的运算来搭建它。",
                ),
                reason="forbidden",
                outcome="forbidden",
            )


def _operation(name: str) -> str:
    return name.removeprefix("aten::").partition(".")[0].rstrip("_")


def _claimed(seen: Any) -> list[str]:
    """Operations that ran at least once, from an observation. Strange claims count as none: a claim is no proof."""
    ops = getattr(seen, "ops", None)
    if type(ops) is not dict:
        return []
    return sorted(name for name, count in ops.items() if type(name) is str and type(count) is int and count > 0)


def vectorised(count_small: Any, count_large: Any, *, slack: int = 0) -> None:
    """The number of operations did not grow with the input (by more than `slack`): no loop over its elements."""
    counts = [count for count in (count_small, count_large) if type(count) is int and count >= 0]
    if len(counts) < 2 or counts[1] > counts[0] + slack:
        small, large = map(integer_text, counts) if len(counts) == 2 else ("?", "?")
        raise CheckFailure(
            Text(
                f"the number of operations grows with the input, from {small} to {large}: there is a loop over"
                " elements. Let one operation work on the whole tensor.",
                f"运算次数随输入变大而增加（从 {small} 到 {large}）：你在逐个元素循环。请用一次运算处理整个张量。",
            ),
            reason="vectorised",
        )

"""What the grader can ask of a guest. Each operation takes the guest first, then the arguments of the request."""

from __future__ import annotations

import ast
import importlib.machinery
import importlib.util
import linecache
import os
import random
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from autograder.sandbox import guest_trace

if TYPE_CHECKING:
    from autograder.sandbox.guest import Guest


class Boxed:
    """An object that must cross as a handle even though it could cross as a value (an iterator, a module)."""

    def __init__(self, value: Any) -> None:
        self.value = value


class View:
    """An argument that is a view: `base[index]`. The call gets the view; what is reported afterwards is the base."""

    def __init__(self, base: torch.Tensor, index: Any) -> None:
        self.base, self.view = base, base[index]


class GraderFunction:
    """A function of the check, called from the student's code. Gradients flow through it."""

    def __init__(self, guest: Guest, number: int, name: str) -> None:
        self._guest, self._number, self.__name__ = guest, number, name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._guest.request("callback", self._number, args, kwargs)


def opened(values: Any) -> Any:
    """Arguments with views in place of their `View`s; a list or dict without one stays itself: changes to it show."""
    if isinstance(values, View):
        return values.view
    if type(values) in (list, tuple):
        inside = [opened(value) for value in values]
        same = all(new is old for new, old in zip(inside, values, strict=True))
        return values if same else type(values)(inside)
    if type(values) is dict:
        named = {key: opened(value) for key, value in values.items()}
        return values if all(named[key] is values[key] for key in values) else named
    return values


class _AsWritten(importlib.machinery.SourceFileLoader):
    """Runs the file that is there to be read, never a compiled one beside it."""

    def get_code(self, fullname: str) -> Any:  # noqa: ARG002 - the loader's own signature
        return self.source_to_code(self.get_data(self.path), self.path)


def load(guest: Guest, files: dict[str, bytes], module: str) -> dict[str, str]:
    """Write the student's files and import the module. Returns its names and their kinds."""
    guest.module = _import(module, _written(guest, files, module))
    return _names(guest.module)


def load_cells(
    guest: Guest, files: dict[str, bytes], module: str, cells: tuple[tuple[int, int], ...]
) -> tuple[dict[str, str], list[tuple[int, list[Any]]]]:
    """The same for the script of a notebook, run cell by cell; also returns the cells that failed, each with its
    report. `cells`: their numbers and where they begin."""
    path = _written(guest, files, module)
    guest.module = sys.modules[module] = ModuleType(module)
    guest.module.__file__ = path
    failed = _run_cells(guest, files[f"{module}.py"].decode("utf-8"), path, cells)
    return _names(guest.module), failed


def _written(guest: Guest, files: dict[str, bytes], module: str) -> str:
    """The path of the module's file, after everything has been written."""
    for path, data in files.items():
        target = os.path.join(guest.box, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(data)
    os.chdir(guest.box)
    sys.path.insert(0, guest.box)
    return os.path.join(guest.box, f"{module}.py")


def _names(module: Any) -> dict[str, str]:
    names = {}
    for name, value in list(vars(module).items())[:5000]:
        if not name.startswith("__"):
            names[name] = "class" if isinstance(value, type) else "function" if callable(value) else "value"
    return names


def _run_cells(guest: Guest, source: str, path: str, cells: tuple[tuple[int, int], ...]) -> list[tuple[int, list[Any]]]:
    """Run the cells of a notebook's script in order, each as a file of its own that begins at its line, so that an
    error in one is only that one's. `display` and `get_ipython`, which Jupyter gives, are there and do nothing."""
    scope = vars(guest.module)
    scope |= {"display": lambda *_, **__: None, "get_ipython": lambda: None}
    lines = source.split("\n")
    linecache.cache[path] = (len(source), None, [f"{line}\n" for line in lines], path)
    failed = []
    for (number, start), end in zip(cells, [start - 2 for _, start in cells[1:]] + [len(lines)], strict=True):
        try:
            exec(compile("\n" * (start - 1) + "\n".join(lines[start - 1 : end - 1]), path, "exec"), scope)
        except (Exception, SystemExit) as fault:
            failed.append((number, guest.report_of(fault)))
    return failed


def _import(module: str, path: str) -> Any:
    """The module from this very file: by its name alone a package or an extension beside it would be found first."""
    spec = importlib.util.spec_from_file_location(module, path, loader=_AsWritten(module, path))
    assert spec is not None
    assert spec.loader is not None
    made = sys.modules[module] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return sys.modules[module]


def reset(guest: Guest, seed: int) -> None:
    """What every check starts from: seeded generators and the default dtype."""
    random.seed(seed)
    np.random.seed(seed % 2**32)
    torch.default_generator.manual_seed(seed)  # torch.manual_seed asks every kind of accelerator too: 3 ms
    if guest.device != "cpu":
        torch.cuda.manual_seed_all(seed)
    torch.set_default_dtype(torch.float32)


def target(guest: Guest, owner: Any, path: str) -> Any:
    found = guest.module if owner is None else owner
    for part in path.split(".") if path else ():
        found = getattr(found, part)
    return found


def call(guest: Guest, owner: Any, path: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return target(guest, owner, path)(*opened(args), **opened(kwargs))


def get(guest: Guest, owner: Any, path: str) -> Any:
    return target(guest, owner, path)


def assign(guest: Guest, owner: Any, name: str, value: Any) -> None:
    setattr(owner, name, value)


def build(guest: Guest, source: str, values: dict[str, Any]) -> Any:
    """Evaluate an expression, or statements that end in one, beside the student's code."""
    scope = {"torch": torch, "nn": torch.nn, "F": torch.nn.functional, "np": np, "student": guest.module, **values}
    tree = ast.parse(source)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        exec(compile(tree, "<check>", "exec"), scope)
        return None
    del tree.body[-1]
    exec(compile(tree, "<check>", "exec"), scope)
    return eval(compile(ast.Expression(last.value), "<check>", "eval"), scope)


def iterate(guest: Guest, value: Any) -> Boxed:
    return Boxed(iter(value))


def following(guest: Guest, iterator: Iterator[Any], count: int) -> tuple[list[Any], bool]:
    """The next items, at most `count`, and whether that was the end."""
    items: list[Any] = []
    for _ in range(count):
        try:
            items.append(next(iterator))
        except StopIteration:
            return items, True
    return items, False


def functional(guest: Guest, module: Any, params: dict[str, Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    for name, _ in module.named_parameters(remove_duplicate=False):
        if name in params:  # isinstance(value, nn.Parameter) then holds, which `module.get_parameter` asks for
            params[name]._is_param = True
    return torch.func.functional_call(module, params, tuple(opened(args)), opened(kwargs))


def observe(guest: Guest, owner: Any, path: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    return guest_trace.observe(target(guest, owner, path), args, kwargs, View, opened)


OPERATIONS: dict[str, Callable[..., Any]] = {
    "load": load,
    "load_cells": load_cells,
    "reset": reset,
    "call": call,
    "get": get,
    "set": assign,
    "build": build,
    "iterate": iterate,
    "following": following,
    "functional": functional,
    "observe": observe,
    "params": lambda guest, module: dict(module.named_parameters()),
    "len": lambda guest, value: len(value),
    "item": lambda guest, value, key: value[key],
    "set_item": lambda guest, value, key, item: value.__setitem__(key, item),
    "bool": lambda guest, value: bool(value),
    "repr": lambda guest, value: repr(value)[:2000],
}

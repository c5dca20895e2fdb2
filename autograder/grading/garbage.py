"""Nonsense submissions for the proof of a course: every function of the solution replaced by one that returns garbage.

A check that dies of an exception because a student returned None would be our fault, not a verdict on the student. So
no check may end `internal` on any of these, and none of them may earn all points of a task.
"""

from __future__ import annotations

import ast

GARBAGE = {
    "none": "None",
    "text": "'\\x1b[2J' + 'x' * 1000",
    "nan": "torch.tensor(float('nan'))",
    "empty": "torch.zeros(0)",
    "square": "torch.zeros(3, 3)",
    "huge": "10 ** 400",
    "nested": "[[None, {'a': (1, float('inf'))}]]",
    "object": "object()",
    "flag": "True",
    "yes": "_Yes()",
}
_YES = """
import torch
class _Yes:  # says yes to every comparison and stays itself in every calculation
    def _yes(self, *others): return True
    def _self(self, *others, **named): return self
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __contains__ = _yes
    __add__ = __sub__ = __mul__ = __truediv__ = __pow__ = __matmul__ = __neg__ = __abs__ = __round__ = _self
    __radd__ = __rsub__ = __rmul__ = __rtruediv__ = __getitem__ = __getattr__ = __call__ = _self
    __hash__ = object.__hash__
    def __float__(self): return 0.0
    def __len__(self): return 1
"""  # after any `from __future__` import


def garbage_sources(solution: str) -> dict[str, str]:
    """For each kind of garbage the solution's source with every function and method returning it."""
    return {name: _replaced(solution, value) for name, value in GARBAGE.items()}


def _replaced(solution: str, value: str) -> str:
    tree = ast.parse(solution)
    answer = ast.parse(f"return {value}").body
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            _hollow(node, answer)
        elif isinstance(node, ast.ClassDef):
            for method in node.body:
                if isinstance(method, ast.FunctionDef):
                    _hollow(method, ast.parse("return None").body if method.name == "__init__" else answer)
    return ast.unparse(ast.fix_missing_locations(tree)) + _YES


def _hollow(function: ast.FunctionDef, body: list[ast.stmt]) -> None:
    """Any arguments, one statement."""
    function.args = ast.parse("def f(*args, **kwargs): ...").body[0].args  # type: ignore[attr-defined]
    function.returns = None
    function.body = body

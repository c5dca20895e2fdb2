"""Mutants of a solution: one change each, inside its answers, described in a line."""

from __future__ import annotations

import ast
from textwrap import dedent, indent

import pytest

from autograder.course.mutants import hollowed, mutants, sample


def solution(body: str, head: str = "def f(x, y, n):") -> str:
    return f"import torch\n\n\n{head}\n    # answer\n{indent(dedent(body).strip(), '    ')}\n    # end answer\n"


def changes(body: str, head: str = "def f(x, y, n):") -> list[str]:
    return [mutant.text for mutant in mutants(solution(body, head))]


def returns(code: str) -> set[str]:
    """What is returned instead of `code`, by all mutants."""
    return {
        ast.unparse(ast.parse(mutant.source).body[-1].body[-1].value) for mutant in mutants(solution(f"return {code}"))
    }


@pytest.mark.parametrize(
    ("code", "others"),
    [
        ("x + y", {"x - y", "x", "y"}),
        ("x - y", {"x + y", "y - x", "x", "y"}),
        ("x @ y", {"x * y", "y @ x", "x", "y"}),
        ("x // n", {"x / n", "n // x", "x"}),
        ("x < y", {"x <= y", "x >= y"}),
        ("x == y", {"x != y"}),
        ("x and y", {"x or y", "x", "y"}),
        ("not x", {"x"}),
        ("-x", {"x"}),
        ("~x", {"x"}),
        ("x[n:]", {"x[:]", "x[n + 1:]", "x[n - 1:]"}),
        ("x[:-1]", {"x[:]", "x[:0]", "x[:-2]", "x[:1]"}),
        ("x.sum(dim=-1)", {"x.sum(dim=0)", "x.sum()", "x.mean(dim=-1)"}),
        ("x.amax(dim=0)", {"x.amax(dim=-1)", "x.amax()", "x.amin(dim=0)"}),
        ("x.std(correction=0)", {"x.std(correction=1)", "x.std(correction=-1)", "x.std()", "x.var(correction=0)"}),
        ("x.all(n, keepdim=True)", {"x.all(n, keepdim=False)", "x.any(n, keepdim=True)"}),
        ("f(x, y)", {"f(y, x)"}),
        ("torch.mul(x, y)", set()),  # the other way round it is the same
        ("x.detach()", {"x"}),
        ("x.contiguous()", {"x"}),
        ("x.clamp(min=0.5)", {"x.clamp(max=0.5)", "x.clamp(min=0.0)", "x.clamp(min=1.0)", "x.clamp()", "x"}),
        ("x.to(device=y)", {"x"}),
        ("x.argmin()", {"x.argmax()"}),
        ("x if n else y", {"x", "y"}),
        ("isinstance(x, str)", set()),
        ("x == 1e-8", {"x != 1e-08", "x == 0.0"}),
        ("f'{x + 1}'", set()),
    ],
)
def test_each_kind_of_expression_has_its_slips(code, others):
    assert returns(code) == others


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("for a in x:\n    break", ["break -> continue"]),
        ("opt.zero_grad()", ["opt.zero_grad() -> (left out)"]),
        ("x += y", ["x += y -> x -= y", "x += y -> x = y", "x += y -> (left out)"]),
        ("with torch.no_grad():\n    pass", ["with torch.no_grad(): -> (without it)"]),
        ("if n:\n    x = y", ["if n: -> (always)", "if n: -> (never)", "x = y -> (left out)"]),
        ("a = 2 * n\nreturn a", ["return a -> return x", "a = 2 * n -> a = 3 * n"]),
        ("a = x\nb = n\nreturn a", ["return a -> return x", "return a -> return b"]),
        ("model.eval()", ["model.eval() -> (left out)", "model.eval() -> model.train()"]),
        ("list(range(n))", ["list(range(n)) -> list(range(n + 1))", "list(range(n)) -> list(range(n - 1))"]),
        ("assert [a for a in x if a]", ["[a for a in x if a] -> [a for a in x]"]),
        ("return x, y", ["return (x, y) -> return (y, x)"]),
    ],
)
def test_each_kind_of_statement_has_its_slips(code, said):
    assert [text for text in said if text not in changes(code)] == []


@pytest.mark.parametrize("code", ["z = n", "raise ValueError(x + 1)", "a: x[n:] = n", "'A note.'"])
def test_what_nobody_could_notice_or_everybody_would_is_left_alone(code):
    assert changes(code) == []


def test_the_order_of_a_tuple_that_is_only_searched_says_nothing():
    assert "x in (2, 1)" not in returns("x in (1, 2)")


def test_nothing_outside_of_the_answers_is_changed():
    source = "LIMIT = 3 + 4\n\n\ndef f(x):\n    y = x + 1\n    # answer\n    return y * 2\n    # end answer\n"
    made = mutants(source)
    assert {mutant.line for mutant in made} == {7}
    assert all("LIMIT = 3 + 4" in mutant.source and "y = x + 1" in mutant.source for mutant in made)


def test_every_mutant_is_python_and_differs_from_all_others():
    body = "a = (x - x) @ y[1:-1]\nfor i in range(1, n):\n    a += a.sum(0, keepdim=True)\nreturn a"
    made = mutants(solution(body))
    texts = {ast.unparse(ast.parse(mutant.source)) for mutant in made}
    assert len(texts) == len(made) > 20
    assert ast.unparse(ast.parse(solution(body))) not in texts


def test_making_mutants_leaves_nothing_behind_from_one_to_the_next():
    for mutant in mutants(solution("a = x + y\nb = x * y\nreturn a @ b")):
        lines = ast.unparse(ast.parse(mutant.source)).split("\n")
        whole = ["    a = x + y", "    b = x * y", "    return a @ b"]
        assert len([line for line in whole if line not in lines]) == 1


def test_a_mutant_says_where_and_what():
    source = "class Model:\n    def fit(self, x):\n        # answer\n        return x[0] + 1\n        # end answer\n"
    first = mutants(source)[0]
    assert (first.place, first.line, first.key) == ("Model.fit", 4, "Model.fit: return x[0] + 1 -> return x[0] - 1")


def test_the_same_change_made_twice_is_numbered():
    keys = [mutant.key for mutant in mutants(solution("g(x - y)\ng(x - y)"))]
    assert "f: g(x - y) -> g(x + y)" in keys
    assert "f: g(x - y) -> g(x + y) (2)" in keys
    assert len(set(keys)) == len(keys)


def test_a_key_stays_when_lines_move():
    source = solution("return x - y")
    moved = source.replace("import torch\n", "import torch\n\nMORE = 1\n")
    assert [mutant.key for mutant in mutants(source)] == [mutant.key for mutant in mutants(moved)]


def test_a_short_change_is_shown_with_what_stands_around_it_unless_that_is_endless():
    assert "return x.gather(1, y) -> return x.gather(2, y)" in changes("return x.gather(1, y)")
    many = ", ".join(f"value_{number}" for number in range(20))
    assert "x[1] -> x[2]" in changes(f"return [{many}, x[1]]")


def test_a_decorator_in_an_answer_may_be_missing():
    source = "# answer\n@torch.no_grad()\ndef g(x):\n    return x\n\n\n# end answer\ndef f(x):\n    return x\n"
    made = [mutant for mutant in mutants(source) if mutant.after == "(without it)"]
    assert len(made) == 1
    assert "@" not in made[0].source


def test_a_sample_is_spread_evenly_and_repeatable():
    made = mutants(solution("\n".join(f"g(x[{number}] + y)" for number in range(20))))
    taken = sample(made, 20, seed=1)
    assert taken == sample(made, 20, seed=1) != sample(made, 20, seed=2)
    assert len({mutant.key for mutant in taken}) == 20
    assert {(mutant.line - 6) // 5 for mutant in taken} == {0, 1, 2, 3}
    assert sample(made, None, seed=1) == sample(made, 10_000, seed=1) == made


def test_each_function_can_be_taken_out_alone():
    source = (
        solution("return x", "def f(x):")
        + "\n\nclass A:\n    def __init__(self):\n        # answer\n        self.a = 1\n"
    )
    source += "        # end answer\n\n    def told(self):\n        return 1\n"
    made = hollowed(source)
    assert list(made) == ["f", "A.__init__"]
    assert made["f"].count("raise NotImplementedError") == 1
    assert "self.a = 1" in made["f"]
    assert "self.a = 1" not in made["A.__init__"]

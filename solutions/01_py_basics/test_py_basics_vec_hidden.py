"""Hidden checks of the class Vec. Objects stay in the sandbox; what comes back are plain values."""

from __future__ import annotations

from typing import Any

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

PLAIN = """
def plain(v):
    return [v[k] for k in range(len(v))] if type(v) is student.Vec else "no Vec"

"""


def numbers(draw: Draw, count: int) -> list[float]:
    """Different numbers, ints and floats."""
    return [draw.random.choice([draw.random.randrange(-99, 99), draw.random.uniform(-9, 9)]) for _ in range(count)]


def refused(got: Any, what: str, zh: str) -> None:
    """The names of the exceptions that were raised are those that were asked for: a list of pairs (wanted, came)."""
    for pair in compare.items(got, None, list, what, zh):
        wanted, came = compare.items(pair, 2, tuple, what, zh)
        compare.require(
            wanted == came, f"{what} should raise {wanted}.", f"{zh}应当抛出 {wanted}。", reason="exception"
        )


RAISED = """
def raised(action):
    try:
        action()
    except Exception as error:
        for kind in (NotImplementedError, IndexError, ValueError, TypeError):
            if isinstance(error, kind):
                return kind.__name__
        return "another"
    return "nothing"

"""


@check(
    "Vec.len_getitem",
    hint="A list inside knows all of this: hand the question on to it.",
    zh="里面的列表什么都知道：把问题转交给它就行。",
)
def test_length_and_numbers(submission: Any, draw: Draw) -> None:
    source = (
        RAISED
        + """
import itertools
v = student.Vec(given)
n = len(given)
[len(v), [v[k] for k in range(-n, n)], list(itertools.islice(v, 99)), len(student.Vec([])),
 [("IndexError", raised(lambda: v[n])), ("IndexError", raised(lambda: v[-n - 1])),
  ("IndexError", raised(lambda: student.Vec([])[0]))]]
"""
    )
    for _ in range(5):
        given = numbers(draw, draw.size(2, 9))
        length, found, looped, nothing, errors = compare.items(submission.build(source, given=given), 5, list)
        compare.equal([length, nothing], [len(given), 0], what="the lengths", zh="长度")
        compare.equal(found, given + given, what="the numbers from v[-n] to v[n - 1]", zh="从 v[-n] 到 v[n - 1] 的数")
        compare.equal(looped, given, what="the numbers in a loop over v", zh="对 v 循环得到的数")
        refused(errors, "an index outside", "越界的下标")


@check(
    "Vec.slice_is_vec",
    hint="Between the brackets stands an int or a slice. For a slice the answer is a vector again, not a list.",
    zh="方括号里可能是整数，也可能是切片。对切片，答案还应是向量，而不是列表。",
)
def test_slices(submission: Any, draw: Draw) -> None:
    source = (
        PLAIN
        + """
v = student.Vec(given)
[[plain(v[cut]) for cut in cuts], plain(v), v[:] is v]
"""
    )
    given, rng = numbers(draw, 9), draw.random
    ends = [None, *range(-12, 13)]
    cuts = [slice(rng.choice(ends), rng.choice(ends), rng.choice((None, 1, 2, -1, -3))) for _ in range(20)]
    cuts += [slice(None), slice(1, 3), slice(5, 2)]
    found, after, same = compare.items(submission.build(source, given=given, cuts=cuts), 3, list)
    compare.equal(found, [given[cut] for cut in cuts], what="the list of slices", zh="各个切片")
    compare.equal(after, given, what="the vector afterwards", zh="之后的向量")
    compare.require(same is False, "v[:] should be a new Vec.", "v[:] 应当是新的 Vec。")


@check(
    "Vec.add_new_object",
    hint="a + b is a third vector. Number is added to number: nothing is put behind anything, and a keeps its own.",
    zh="a + b 是第三个向量。是数与数相加，不是接在后面；a 保持不变。",
)
def test_a_sum_is_a_new_vector(submission: Any, draw: Draw) -> None:
    source = (
        PLAIN
        + """
a, b = student.Vec(one), student.Vec(other)
c = a + b
kept = a
[plain(c), plain(a), plain(b), c is a or c is b, plain(a + b + c), plain(student.Vec([]) + student.Vec([]))]
"""
    )
    for _ in range(5):
        count = draw.size(1, 8)
        a, b = numbers(draw, count), numbers(draw, count)
        both = [x + y for x, y in zip(a, b, strict=True)]
        got = submission.build(source, one=a, other=b)
        want = [both, a, b, False, [x + y + z for x, y, z in zip(a, b, both, strict=True)], []]
        compare.equal(got, want, what="the sum, then the terms, then a longer sum", zh="和、两个加数、更长的和")


@check(
    "Vec.call_is_dot",
    hint="Product by product, then one sum; for two empty vectors there is nothing to add.",
    zh="逐个相乘，再求总和；两个空向量没有什么可加。",
)
def test_calling_gives_the_dot_product(submission: Any, draw: Draw) -> None:
    source = "[student.Vec(a)(student.Vec(b)) for a, b in cases]"
    sizes = [draw.size(1, 9) for _ in range(10)]
    cases = [(numbers(draw, size), numbers(draw, size)) for size in sizes] + [([], []), ([1, 0], [0, 1])]
    got = compare.items(submission.build(source, cases=cases), len(cases), list)
    for one, (a, b) in zip(got, cases, strict=True):
        want = sum(x * y for x, y in zip(a, b, strict=True))
        compare.number(one, want, 1e-12, 1e-9, what="the dot product", zh="点积")


@check(
    "Vec.mismatch_raises",
    hint="zip stops at the shorter one without a word. Compare the lengths, or ask zip to be strict.",
    zh="zip 到较短的那个就悄悄停下。请比较长度，或让 zip 严格一些。",
)
def test_different_lengths_are_refused(submission: Any, draw: Draw) -> None:
    source = (
        RAISED
        + """
made = [student.Vec(range(n)) for n in sizes]
pairs = [(a, b) for a in made for b in made if a is not b]
[[("ValueError", raised(lambda: a + b)) for a, b in pairs], [("ValueError", raised(lambda: a(b))) for a, b in pairs]]
"""
    )
    sums, products = compare.items(submission.build(source, sizes=[0, *draw.sizes(3, 1, 6)]), 2, list)
    refused(sums, "a sum of different lengths", "长度不同的向量之和")
    refused(products, "a dot product of different lengths", "长度不同的向量的点积")


@check(
    "Vec.add_other_type",
    hint="A vector and a number, or a vector and a list, have no sum: Python says so with a TypeError.",
    zh="向量与数、向量与列表没有和：Python 用 TypeError 来表示。",
)
def test_only_vectors_can_be_added(submission: Any) -> None:
    source = (
        RAISED
        + """
v = student.Vec([1, 2])
others = [3, [1, 2], (1, 2), "ab", None]
[("TypeError", raised(lambda: v + other)) for other in others]
"""
    )
    refused(submission.build(source), "a sum with something that is no Vec", "与非 Vec 相加")


@check(
    "Vec.eq_value",
    hint="Same length, same numbers, same order; == and != are opposites.",
    zh="长度相同、数相同、次序相同；== 与 != 相反。",
)
def test_equal_vectors(submission: Any, draw: Draw) -> None:
    source = """
v = student.Vec(given)
others = [given, given[::-1], given[:-1], [*given, 0], [], given[:-1] + [given[-1] + 1]]
[[v == student.Vec(other) for other in others], [v != student.Vec(other) for other in others],
 student.Vec([]) == student.Vec([]), v == v, student.Vec([1]) == student.Vec([1.0])]
"""
    given = draw.random.sample(range(100), draw.size(2, 6))
    got = submission.build(source, given=given)
    same = [True] + [False] * 5
    want = [same, [not each for each in same], True, True, True]
    compare.equal(got, want, what="the answers of == and !=", zh="== 与 != 的回答")


@check(
    "Vec.eq_other_type",
    hint="Something else is not equal, that is all: first ask what it is, then compare.",
    zh="别的东西就是不相等，仅此而已：先问它是什么，再比较。",
)
def test_a_vector_equals_nothing_else(submission: Any) -> None:
    source = """
v = student.Vec([1, 2])
others = [3, None, "12", [1, 2], (1, 2), {1, 2}, 1.5, object()]
[[v == other for other in others], [other == v for other in others], v != 3, v in [3, None, student.Vec([1, 2])]]
"""
    want = [[False] * 8, [False] * 8, True, True]
    compare.equal(submission.build(source), want, what="the answers of ==", zh="== 的回答")


@check(
    "Vec.repr",
    hint="What repr() says is Python again: Vec, brackets, and the numbers as a list writes them.",
    zh="repr() 的内容应当又是一段 Python：Vec、括号，以及列表写法的各个数。",
)
def test_repr_can_be_read_back(submission: Any, draw: Draw) -> None:
    source = "[[repr(student.Vec(each)) for each in lists], str(student.Vec([1, 2.5])), f'{student.Vec([3])}']"
    lists = [numbers(draw, draw.size(1, 5)) for _ in range(4)] + [[]]
    got = submission.build(source, lists=lists)
    want = [[f"Vec({each!r})" for each in lists], "Vec([1, 2.5])", "Vec([3])"]
    compare.equal(got, want, what="the texts", zh="各个文本")


@check(
    "Vec.own_copy",
    hint="A list that is only remembered is still the caller's, and can change behind the vector's back.",
    zh="只记住列表，它就仍是调用者的，会在向量背后被改动。",
)
def test_the_vector_has_numbers_of_its_own(submission: Any, draw: Draw) -> None:
    source = (
        PLAIN
        + """
mine = list(given)
v, w, u = student.Vec(mine), student.Vec(x for x in given), student.Vec(tuple(given))
mine[0] = 1000
mine.append(5)
empty, full = student.Vec([]), student.Vec([1])
[plain(v), plain(w), plain(u), len(empty), len(v), mine[:1]]
"""
    )
    given = numbers(draw, draw.size(2, 6))
    got = submission.build(source, given=given)
    compare.equal(
        got, [given, given, given, 0, len(given), [1000]], what="the numbers of the vectors", zh="各向量中的数"
    )

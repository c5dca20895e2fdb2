"""Hidden checks of py-basics, first part: counting along. Iterators stay in the sandbox; what comes back are plain
values, which are judged here."""

from __future__ import annotations

from typing import Any

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


def items_of(draw: Draw, count: int) -> list[Any]:
    """Numbers, texts and None in random order, with repetitions."""
    return [draw.random.choice([draw.random.randrange(-50, 50), "a", "", None, 2.5, (1, 2)]) for _ in range(count)]


FIRST = """
import itertools

def first(found, most=60):
    return list(itertools.islice(found, most))

"""


@check(
    "my_enumerate.list",
    hint="Every item comes once, in order, behind its number: a tuple of two.",
    zh="每个元素按次序出现一次，跟在自己的编号后面：一个二元组。",
)
def test_pairs_of_a_list(submission: Any, draw: Draw) -> None:
    lists = [items_of(draw, draw.size(1, 12)) for _ in range(20)]
    got = submission.build(FIRST + "[first(student.my_enumerate(each)) for each in lists]", lists=lists)
    for one, each in zip(compare.items(got, len(lists), list), lists, strict=True):
        compare.equal(one, list(enumerate(each)), what="the list of pairs", zh="各对的列表")


@check(
    "my_enumerate.start",
    hint="start shifts the numbers. The items are all there, from the first one on.",
    zh="start 只移动编号；元素一个不少，从第一个开始。",
)
def test_numbers_begin_at_start(submission: Any, draw: Draw) -> None:
    cases = [(items_of(draw, draw.size(1, 9)), draw.random.choice((-3, 1, 2, 5, 10**20))) for _ in range(12)]
    source = FIRST + "[(first(student.my_enumerate(each, n)), first(student.my_enumerate(it=each, start=n)))"
    got = submission.build(source + " for each, n in cases]", cases=cases)
    for one, (each, start) in zip(compare.items(got, len(cases), list), cases, strict=True):
        for pairs in compare.items(one, 2, tuple):
            compare.equal(pairs, list(enumerate(each, start)), what="the list of pairs", zh="各对的列表")


@check(
    "my_enumerate.empty",
    hint="Where there are no items, there are no pairs, and no error either.",
    zh="没有元素，就没有对，也没有错误。",
)
def test_nothing_gives_no_pairs(submission: Any) -> None:
    source = FIRST + "[first(student.my_enumerate(each, 3)) for each in ([], '', (), set(), iter([]))]"
    compare.equal(submission.build(source), [[]] * 5, what="the pairs of nothing", zh="空对象的各对")


@check(
    "my_enumerate.works_on_iterator",
    hint="An iterator has no length and no index. All you may ask of it is the next item.",
    zh="迭代器没有长度，也不能用下标。你只能向它要下一个元素。",
)
def test_iterators_generators_and_strings(submission: Any, draw: Draw) -> None:
    source = (
        FIRST
        + """
class Steps:
    def __iter__(self):
        return iter(items)

made = [iter(items), (item for item in items), Steps(), dict.fromkeys(items), map(lambda item: item, items)]
[first(student.my_enumerate(each, start=2)) for each in made]
"""
    )
    items = draw.random.sample(range(100), 6)
    got = submission.build(source, items=items)
    for one in compare.items(got, 5, list):
        compare.equal(one, list(enumerate(items, 2)), what="the list of pairs", zh="各对的列表")


@check(
    "my_enumerate.lazy",
    hint="Take one item when one pair is asked for. An endless iterator never makes a full list.",
    zh="要一对，才取一个元素。遇到没有尽头的迭代器，先做成列表就永远做不完。",
)
def test_no_item_is_taken_too_early(submission: Any, draw: Draw) -> None:
    source = """
taken = []

def trap(last):
    for k in range(last):
        taken.append(k)
        yield k * k
    raise RuntimeError("too far")

pairs = student.my_enumerate(trap(count), start=1)
seen = [(next(pairs), len(taken)) for _ in range(count)]
try:
    next(pairs)
    end = "no error"
except RuntimeError:
    end = "error"
import itertools
[seen, end, next(student.my_enumerate(itertools.count(7)))]
"""
    count = draw.size(4, 9)
    seen, end, endless = compare.items(submission.build(source, count=count), 3, list)
    want = [((k + 1, k * k), k + 1) for k in range(count)]
    compare.equal(seen, want, what="pairs, and how many items were taken so far", zh="各对，以及当时已取的元素个数")
    compare.require(end == "error", "an error of the iterator should reach the caller.", "迭代器的错误应当传到调用者。")
    compare.equal(endless, (0, 7), what="the first pair of an endless iterator", zh="无穷迭代器的第一对")


@check(
    "my_enumerate.is_iterator",
    hint="next() must work on what you return, and each call of my_enumerate must begin anew.",
    zh="对返回的对象应当能直接用 next()；每次调用 my_enumerate 都从头开始。",
)
def test_the_result_is_an_iterator(submission: Any) -> None:
    source = (
        FIRST
        + """
word = "abc"
one, other = student.my_enumerate(word), student.my_enumerate(word, 1)
found = [next(one), next(other), next(one), iter(one) is one, first(one), first(one), first(other)]
[found, word]
"""
    )
    found, _ = compare.items(submission.build(source), 2, list)
    want = [(0, "a"), (1, "a"), (1, "b"), True, [(2, "c")], [], [(2, "b"), (3, "c")]]
    compare.equal(found, want, what="what next() gives", zh="next() 给出的内容")


@check(
    "my_enumerate.no_ready_made",
    hint="enumerate is what you are asked to write.",
    zh="要你写的正是 enumerate。",
    needs=["my_enumerate.example"],
    weight=2.0,
)
def test_enumerate_is_not_used(submission: Any) -> None:
    source_rules.forbid_names(submission.source, {"enumerate", "builtins.enumerate"}, within="my_enumerate")
    source_rules.forbid_imports(submission.source, {"builtins"})

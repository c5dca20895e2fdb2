"""Hidden checks of topic 1: counting along, counters, and paths. Objects stay in the sandbox; what comes back are plain
values, which are judged here."""

from __future__ import annotations

import posixpath
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


# SecretCounter ------------------------------------------------------------------------------------------------------


@check(
    "Counter.value",
    hint="One more with every call, and the new total is returned.",
    zh="每调用一次加一，并返回新的总数。",
)
def test_counting_up(submission: Any, draw: Draw) -> None:
    calls = draw.size(5, 12)
    source = "c = student.SecretCounter()\n[c.public_count, [(c.count(), c.public_count) for _ in range(calls)]]"
    want = [0, [(k, k) for k in range(1, calls + 1)]]
    got = submission.build(source, calls=calls)
    compare.equal(
        got,
        want,
        what="public_count, then count() with public_count",
        zh="public_count，以及每次 count() 与 public_count",
    )


@check(
    "Counter.start",
    hint="The total begins at start; the number of calls begins at 0 all the same.",
    zh="总数从 start 开始；调用次数仍然从 0 开始。",
)
def test_counting_from_elsewhere(submission: Any, draw: Draw) -> None:
    starts = [draw.random.randrange(2, 100), -draw.random.randrange(2, 100), 0, 10**18]
    source = """
made = [student.SecretCounter(n) for n in starts] + [student.SecretCounter(start=n) for n in starts]
[[c.public_count, c.count(), c.count(), c.public_count] for c in made]
"""
    want = [[0, n + 1, n + 2, 2] for n in starts] * 2
    compare.equal(
        submission.build(source, starts=starts), want, what="totals and numbers of calls", zh="总数与调用次数"
    )


@check(
    "Counter.private",
    hint="Two underscores in front, none behind: inside the class Python writes the class's name before the attribute.",
    zh="前面两个下划线，后面没有：在类里，Python 会把类名加在属性前面。",
)
def test_the_total_is_private(submission: Any, draw: Draw) -> None:
    source = """
c = student.SecretCounter(start)
c.count()
total = getattr(c, "_SecretCounter__total", None)
names = [name for name in dir(c) if name[0] != "_"]
found = [hasattr(c, "__total"), total, names]
setattr(c, "_SecretCounter__total", 40)
[*found, c.count()]
"""
    start = draw.random.randrange(5, 50)
    plain, total, names, after = compare.items(submission.build(source, start=start), 4, list)
    compare.require(plain is False, "the object has an attribute __total.", "对象有名为 __total 的属性。")
    compare.equal(total, start + 1, what="what self.__total holds", zh="self.__total 的内容")
    compare.equal(names, ["count", "public_count"], what="the list of public names", zh="公开名字的列表")
    compare.equal(after, 41, what="count() after __total has become 40", zh="__total 变成 40 之后的 count()")


@check(
    "Counter.public_is_only_a_copy",
    hint="public_count is for reading. Whoever writes into it must not change the total.",
    zh="public_count 是给人看的。谁往里面写东西，都不应改变总数。",
)
def test_writing_public_count_changes_no_total(submission: Any, draw: Draw) -> None:
    source = "c = student.SecretCounter(3)\nc.count()\nc.public_count = n\n[c.count(), c.public_count, c.count()]"
    n = draw.random.randrange(50, 90)
    got = submission.build(source, n=n)
    compare.equal(got, [5, n + 1, 6], what="count(), public_count, count()", zh="count()、public_count、count()")


@check(
    "Counter.instances_independent",
    hint="What stands in the class belongs to all its objects; what belongs to one object is set in __init__, on self.",
    zh="写在类里的东西属于所有对象；属于单个对象的东西，要在 __init__ 中设到 self 上。",
)
def test_two_counters_know_nothing_of_each_other(submission: Any, draw: Draw) -> None:
    source = """
a, b = student.SecretCounter(), student.SecretCounter(start)
for _ in range(calls):
    a.count()
c = student.SecretCounter()
[b.public_count, b.count(), a.count(), a.public_count, c.public_count, c.count(), b.count()]
"""
    start, calls = draw.random.randrange(20, 90), draw.size(3, 9)
    got = submission.build(source, start=start, calls=calls)
    want = [0, start + 1, calls + 1, calls + 1, 0, 1, start + 2]
    compare.equal(got, want, what="what three counters say", zh="三个计数器的内容")


# join_paths ---------------------------------------------------------------------------------------------------------


def joined(submission: Any, cases: list[list[str]]) -> None:
    got = compare.items(
        submission.build("[student.join_paths(*parts) for parts in cases]", cases=cases), len(cases), list
    )
    for one, parts in zip(got, cases, strict=True):
        compare.equal(one, posixpath.join(*parts), what="the path", zh="路径")


def name(draw: Draw) -> str:
    return "".join(draw.random.choices("abcde.é -", k=draw.size(1, 5)))


@check(
    "join_paths.plain",
    hint="One slash between two names. A single part comes back as it is; dots and backslashes are ordinary.",
    zh="两个名字之间一个斜杠。只有一段就原样返回；点和反斜杠都是普通字符。",
)
def test_names_without_slashes(submission: Any, draw: Draw) -> None:
    cases = [[name(draw) for _ in range(draw.size(1, 5))] for _ in range(20)]
    joined(
        submission,
        [*cases, ["a", "..", "b"], ["a", ".", "b"], [".", "a"], ["a\\b", "c"], ["a\\", "b"], ["C:", "a"], ["a"]],
    )


@check(
    "join_paths.absolute_restarts",
    hint="A part that begins with a slash begins at the root: what stood before it counts no more.",
    zh="以斜杠开头的一段从根目录算起：它前面的都不算了。",
)
def test_an_absolute_part_starts_anew(submission: Any, draw: Draw) -> None:
    cases = [[name(draw), "/" + name(draw), name(draw)] for _ in range(8)]
    cases += [["/a", "b"], ["a", "/", "b"], ["/a", "/b", "c", "/d", "e"], ["a", "//b"], ["", "/a"], ["/"], ["a", "/"]]
    joined(submission, cases)


@check(
    "join_paths.trailing_slash",
    hint="If the path so far ends with a slash, there is no need for another; but none is taken away either.",
    zh="已有的路径以斜杠结尾时，不必再加；但也不去掉。",
)
def test_no_slash_is_doubled(submission: Any, draw: Draw) -> None:
    cases = [[name(draw) + "/", name(draw), name(draw) + "/"] for _ in range(8)]
    joined(submission, [*cases, ["a//", "b"], ["a/", "b/", "c"], ["a/"], ["a/b//c", "d"], ["/", "a"], ["//", "a"]])


@check(
    "join_paths.empty_part",
    hint="An empty part at the end leaves a slash; after nothing, or after a slash, it leaves nothing.",
    zh="末尾的空段会留下一个斜杠；在空路径之后或斜杠之后，则什么也不留下。",
)
def test_empty_parts(submission: Any, draw: Draw) -> None:
    cases = [["a", ""], ["", "a"], [""], ["", ""], ["a", "", ""], ["a", "", "b"], ["a/", ""], ["", "", "a"], ["/", ""]]
    joined(submission, [*cases, [name(draw), "", name(draw)]])


@check(
    "join_paths.random_vs_posixpath",
    hint="Each rule alone is right, but not all together: apply the list of rules to each part, from left to right.",
    zh="每条规则单独都对，合起来却不对：请从左到右，对每一段逐条应用规则。",
    weight=2.0,
)
def test_two_hundred_random_lists(submission: Any, draw: Draw) -> None:
    pieces = ["a", "b/", "/c", "", "d/e", "/", "f//", "//g", "..", ".", "h\\", "i j"]
    joined(submission, [draw.random.choices(pieces, k=draw.size(1, 6)) for _ in range(200)])


@check(
    "join_paths.no_ready_made",
    hint="Strings have all you need: no os, no pathlib.",
    zh="字符串本身就够用了：不用 os，也不用 pathlib。",
    needs=["join_paths.example"],
    weight=2.0,
)
def test_no_module_for_paths_is_used(submission: Any) -> None:
    modules = {"os", "posixpath", "ntpath", "pathlib", "genericpath", "urllib", "sys.modules", "shutil", "glob"}
    source_rules.forbid_imports(submission.source, modules)

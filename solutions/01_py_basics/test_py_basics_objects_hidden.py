"""Hidden checks of py-basics: counters that keep their number to themselves. What comes back are plain values."""

from __future__ import annotations

from typing import Any

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


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

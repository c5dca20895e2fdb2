"""Visible checks of topic 1: one or two small examples per task. `submission` is your file; the text given to
`submission.build` runs beside it, where it is called `student`."""

from __future__ import annotations

from typing import Any

from autograder.checks import compare
from autograder.checks.marks import check


@check(
    "my_enumerate.example",
    hint="A number and an item, together in a tuple. The first number is start, the first item is the first item.",
    zh="一个编号和一个元素，放在一个元组里。第一个编号是 start，第一个元素就是第一个元素。",
    weight=0.5,
)
def test_the_letters_of_a_word(submission: Any) -> None:
    source = """
import itertools
[list(itertools.islice(student.my_enumerate(*args), 9)) for args in (["cat"], [["x", "y"], 5])]
"""
    plain, from_five = compare.items(submission.build(source), 2, list)
    compare.equal(plain, [(0, "c"), (1, "a"), (2, "t")], what='my_enumerate("cat")', zh='my_enumerate("cat")')
    compare.equal(from_five, [(5, "x"), (6, "y")], what="my_enumerate([...], 5)", zh="my_enumerate([...], 5)")


@check(
    "Counter.example",
    hint="Two things are kept: how often count() was called, for everybody to see, and the total, for the class alone.",
    zh="要记两样东西：count() 被调用了几次，谁都可以看；还有总数，只有类自己知道。",
    weight=0.5,
)
def test_three_clicks(submission: Any) -> None:
    got = submission.build("c = student.SecretCounter(10)\n[c.count(), c.count(), c.count(), c.public_count]")
    compare.equal(
        got, [11, 12, 13, 3], what="three times count(), then public_count", zh="三次 count()，再读 public_count"
    )


@check(
    "multiple_inheritance.example",
    hint="A class with two bases, in the right order, and an __init__ that calls the __init__ of each of them.",
    zh="一个有两个基类的类，基类的次序要对；它的 __init__ 分别调用两个基类的 __init__。",
    weight=0.5,
)
def test_ken_speaks(submission: Any) -> None:
    compare.require(
        submission.has("Sample"),
        "the file defines no class Sample yet; the comment in it says what it must do.",
        "文件中还没有类 Sample；文件里的注释写明了它要做什么。",
    )
    source = 'ken = student.Sample("Ken", 10, 40.5, 4, "sharks")\n'
    said, age, heavier, log = compare.items(
        submission.build(source + "[ken.speak(), ken.age, ken.is_heavier_than(40), ken.log]"), 4, list
    )
    compare.equal(said, "Ken talks about sharks (talk 1)", what="ken.speak()", zh="ken.speak()")
    compare.equal(age, 10, what="ken.age", zh="ken.age")
    compare.equal(heavier, True, what="ken.is_heavier_than(40)", zh="ken.is_heavier_than(40)")
    compare.equal(log, [], what="ken.log", zh="ken.log")


@check(
    "Vec.example",
    hint="What Python calls for len(v), v[i] and v + w is in the stub; each is one or two lines.",
    zh="len(v)、v[i]、v + w 时 Python 调用什么，存根里都写了；每个只要一两行。",
    weight=0.5,
)
def test_three_numbers(submission: Any) -> None:
    source = "v, w = student.Vec([1, 2, 3]), student.Vec([10, 20, 30])\n"
    got = submission.build(source + "[len(v), v[0], v[-1], repr(v + w)]")
    compare.equal(got, [3, 1, 3, "Vec([11, 22, 33])"], what="len(v), v[0], v[-1] and repr(v + w)",
                  zh="len(v)、v[0]、v[-1] 与 repr(v + w)")  # fmt: skip


@check(
    "Vec.example_call",
    hint="v(w) multiplies number by number and adds up: 1 * 10 + 2 * 20 + 3 * 30.",
    zh="v(w) 逐个相乘再相加：1 * 10 + 2 * 20 + 3 * 30。",
    weight=0.5,
)
def test_a_vector_is_called(submission: Any) -> None:
    got = submission.build("student.Vec([1, 2, 3])(student.Vec([10, 20, 30]))")
    compare.number(got, 140, what="v(w)", zh="v(w)")


@check(
    "join_paths.example",
    hint="Exactly one slash between two parts, unless there is one already.",
    zh="两段之间恰好一个斜杠，已经有了就不再加。",
    weight=0.5,
)
def test_three_parts(submission: Any) -> None:
    compare.equal(submission.join_paths("data", "train/", "img.png"), "data/train/img.png")

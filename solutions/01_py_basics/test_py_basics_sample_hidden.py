"""Hidden checks of the class Sample. Objects stay in the sandbox; what comes back are plain values."""

from __future__ import annotations

from typing import Any

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


def person(draw: Draw) -> list[Any]:
    """name, age, weight, grade, topic"""
    rng = draw.random
    name, topic = ("".join(rng.choices("abcdefgh", k=rng.randint(3, 7))) for _ in range(2))
    return [name, rng.randrange(6, 20), rng.uniform(20, 90), rng.randrange(1, 13), topic]


@check(
    "multiple_inheritance.mro_left_first",
    hint="If both bases have a method, Python takes the one of the base that stands first in the class line.",
    zh="两个基类都有同名方法时，Python 取类定义那一行里排在前面的基类的。",
)
def test_speak_comes_from_the_first_base(submission: Any, draw: Draw) -> None:
    source = """
one = student.Sample(*given)
said = [one.speak(), one.speak()]
mine = student.Speaker.speak
student.Speaker.speak = lambda self: "hush, " + self.name
try:
    said.append(one.speak())
finally:
    student.Speaker.speak = mine
[said, [base.__name__ for base in student.Sample.__bases__], "speak" in vars(student.Sample)]
"""
    given = person(draw)
    said, bases, own = compare.items(submission.build(source, given=given), 3, list)
    want = [f"{given[0]} talks about {given[4]} (talk {k})" for k in (1, 2)] + ["hush, " + given[0]]
    compare.equal(said, want, what="what speak() says", zh="speak() 的内容")
    compare.equal(bases, ["Speaker", "Student"], what="the list of bases", zh="基类的列表")
    compare.require(own is False, "Sample writes a speak() of its own.", "Sample 自己写了 speak()。")


@check(
    "multiple_inheritance.both_inits",
    hint="Each __init__ sets up things that only it knows of. Call both, and give each what it asks for.",
    zh="每个 __init__ 都会设置只有它自己知道的东西。两个都要调用，并把各自要的参数交给它。",
)
def test_both_bases_are_set_up(submission: Any, draw: Draw) -> None:
    source = """
one = student.Sample(*given)
named = student.Sample(**dict(zip(["name", "age", "weight", "grade", "topic"], given)))
[[who.name, who.age, who.grade, who.topic, who.is_heavier_than(given[2] - 1e-6), who.is_heavier_than(given[2] + 1e-6),
  who._Speaker__talks, student.Student.speak(who)] for who in (one, named)]
"""
    for _ in range(3):
        name, age, weight, grade, topic = person(draw)
        got = submission.build(source, given=[name, age, weight, grade, topic])
        want = [name, age, grade, topic, True, False, 0, f"{name} is {age} and in grade {grade}"]
        compare.equal(got, [want, want], what="what the bases have set up", zh="两个基类所设置的内容")


@check(
    "multiple_inheritance.isinstance_both",
    hint="A Sample is a Speaker and is a Student: it is made from the two classes, not beside them.",
    zh="Sample 既是 Speaker，也是 Student：它是由这两个类派生的，而不是另外一个类。",
)
def test_a_sample_is_both(submission: Any, draw: Draw) -> None:
    source = """
one = student.Sample(*given)
[isinstance(one, student.Speaker), isinstance(one, student.Student), type(one) is student.Sample,
 issubclass(student.Sample, (student.Speaker)), issubclass(student.Sample, student.Student),
 issubclass(student.Speaker, student.Student), issubclass(student.Student, student.Speaker)]
"""
    got = submission.build(source, given=person(draw))
    compare.equal(got, [True] * 5 + [False] * 2, what="the list of answers to isinstance", zh="isinstance 等各项的回答")


@check(
    "multiple_inheritance.class_counter",
    hint="self.count += 1 reads from the class and writes to the object. The number for all belongs to the class.",
    zh="self.count += 1 是从类上读、往对象上写。大家共有的数要写在类上。",
)
def test_samples_are_counted(submission: Any, draw: Draw) -> None:
    source = """
before = student.Sample.count
made = [student.Sample(*given) for _ in range(count)]
[student.Sample.count - before, [each.count - before for each in made], any("count" in vars(each) for each in made),
 type(before) is int]
"""
    count = draw.size(3, 8)
    total, seen, own, is_int = compare.items(submission.build(source, given=person(draw), count=count), 4, list)
    compare.equal(total, count, what="how much Sample.count has grown", zh="Sample.count 的增量")
    compare.equal(seen, [count] * count, what="the count seen from each object", zh="从各对象看到的 count")
    compare.require(own is False, "an object has a count of its own.", "对象自己也有一个 count。")
    compare.require(is_int is True, "Sample.count is not an int.", "Sample.count 不是 int。", reason="type")


@check(
    "multiple_inheritance.count_starts_at_zero",
    hint="Before anybody is made, nobody has been counted; and objects of the bases are no Samples.",
    zh="还没有造出任何对象时，计数为零；基类的对象不是 Sample。",
)
def test_nobody_is_counted_in_the_beginning(fresh_submission: Any, draw: Draw) -> None:
    source = """
before = student.Sample.count
student.Speaker("Ann", "tea"), student.Student("Ben", 9, 30.0, 3)
[before, student.Sample.count, student.Sample(*given).count, hasattr(student.Speaker, "count"),
 hasattr(student.Student, "count")]
"""
    got = fresh_submission().build(source, given=person(draw))
    compare.equal(got, [0, 0, 1, False, False], what="the counts", zh="各个计数")


@check(
    "multiple_inheritance.subclasses_count",
    hint="An object of a subclass is a Sample, too. Whose number goes up, if you write type(self).count += 1?",
    zh="子类的对象也是 Sample。如果写 type(self).count += 1，增加的是谁的数？",
)
def test_objects_of_subclasses_are_counted(submission: Any, draw: Draw) -> None:
    source = """
class Special(student.Sample):
    pass

before = student.Sample.count
made = [Special(*given), student.Sample(*given), Special(*given)]
[student.Sample.count - before, Special.count - before, made[0].log, made[0].age]
"""
    given = person(draw)
    got = submission.build(source, given=given)
    compare.equal(got, [3, 3, [], given[1]], what="the counts and the object", zh="计数与对象")


@check(
    "multiple_inheritance.no_shared_mutable",
    hint="A list that stands in the class, or in a default argument, is one list for all objects.",
    zh="写在类里或默认参数里的列表，是所有对象共用的同一个列表。",
)
def test_every_log_is_its_own(submission: Any, draw: Draw) -> None:
    source = """
one, other = student.Sample(*given), student.Sample(*given)
one.log.append(entry)
third = student.Sample(*given)
[one.log, other.log, third.log, type(third.log) is list, "log" in vars(one)]
"""
    got = submission.build(source, given=person(draw), entry=7)
    compare.equal(got, [[7], [], [], True, True], what="the logs", zh="各个 log")

"""Topic 1: the Python objects that every later topic takes for granted.

Fill in every function and class, and write the class Sample yourself where the comment says so. Until you do, nothing
of it counts as started. No torch and no NumPy here: this is about the language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any


def my_enumerate(it: Iterable[Any], start: int = 0) -> Iterator[tuple[int, Any]]:
    """What the builtin enumerate does, without it: pairs (number, item), counted from `start`.

    it     anything that can be looped over: a list, a string, a set, a generator, an iterator without length and
           without indexing, even one that never ends
    start  the number of the first item, any int. It changes the numbers only; no item is left out.

    Returns an iterator: next() works on it directly, and it gives tuples (int, item) with the items themselves. It is
    lazy: after k pairs exactly k items have been taken from `it`, so an error that waits further on is not met before
    its turn.

    >>> list(my_enumerate("ab", start=5))
    [(5, 'a'), (6, 'b')]
    """
    raise NotImplementedError


class SecretCounter:
    """A counter that keeps its total to itself.

    public_count  an int attribute that anybody may read: how often count() was called on this counter, 0 at first
    __total       a private attribute: `start` at first, plus 1 for every call of count(). Inside the class it is
                  written self.__total; outside there is no attribute of that name.

    What begins without an underscore is `count` and `public_count` and nothing else. Changing public_count from outside
    does not change what count() returns. Every counter counts for itself.

    >>> clicks = SecretCounter(start=10)
    >>> clicks.count(), clicks.count(), clicks.public_count
    (11, 12, 2)
    """

    def __init__(self, start: int = 0) -> None:
        """start: the total before the first call, any int."""
        raise NotImplementedError

    def count(self) -> int:
        """Add 1 to the total and return the new total."""
        raise NotImplementedError


class Speaker:
    """Somebody with a topic. Given: leave it as it is."""

    def __init__(self, name: str, topic: str) -> None:
        self.name = name
        self.topic = topic
        self.__talks = 0

    def speak(self) -> str:
        """What is heard; every talk is counted."""
        self.__talks += 1
        return f"{self.name} talks about {self.topic} (talk {self.__talks})"


class Student:
    """Somebody in a grade. Given: leave it as it is."""

    def __init__(self, name: str, age: int, weight: float, grade: int) -> None:
        self.name = name
        self.age = age
        self.grade = grade
        self.__weight = weight

    def speak(self) -> str:
        """What is heard"""
        return f"{self.name} is {self.age} and in grade {self.grade}"

    def is_heavier_than(self, weight: float) -> bool:
        """The weight itself is nobody's business."""
        return self.__weight > weight


# Write the class Sample here: a Speaker and a Student at the same time.
#
# - Its bases are Speaker and Student, and nothing else. Both have a method speak(); Sample inherits the one of Speaker
#   and writes none of its own.
# - Sample(name, age, weight, grade, topic) hands the five values, in this order, to the __init__ of both bases, so that
#   everything both of them set up is there.
# - Sample.count, an int, is an attribute of the class: how many Samples have been made so far, those of subclasses
#   included. It is 0 in the beginning. An object has no attribute `count` of its own.
# - Every object has an attribute `log`, a list of its own that is empty at first.
#
# >>> ken = Sample("Ken", 10, 40.5, 4, "sharks")
# >>> ken.speak()
# 'Ken talks about sharks (talk 1)'
# >>> ken.age, ken.is_heavier_than(40), ken.log, Sample.count
# (10, True, [], 1)


class Vec:
    """A vector of numbers that can be added, compared, printed, indexed, and called.

    It makes a list of its own: what happens to the given list afterwards does not change the vector.

    >>> v = Vec([1, 2, 3])
    >>> v + Vec([10, 20, 30])
    Vec([11, 22, 33])
    >>> len(v), v[-1], v[1:]
    (3, 3, Vec([2, 3]))
    >>> v(Vec([1, 0, 2]))
    7
    """

    __hash__ = None  # equal vectors, equal hashes: too much for a first topic, so a Vec can't be in a set

    def __init__(self, numbers: Iterable[float]) -> None:
        """numbers: anything that can be looped over, also an empty one or a generator."""
        raise NotImplementedError

    def __len__(self) -> int:
        """How many numbers"""
        raise NotImplementedError

    def __getitem__(self, index: int | slice) -> float | Vec:
        """v[index] is a number for an int (negative ones count from the end, too large ones raise IndexError, both as
        in a list), and a new Vec for a slice, with every start, stop and step that lists allow."""
        raise NotImplementedError

    def __add__(self, other: Vec) -> Vec:
        """self + other, number by number, as a new Vec; neither of the two changes. Two Vecs of different lengths raise
        ValueError; anything but a Vec raises TypeError."""
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        """Whether other is a Vec with the same numbers in the same order. Anything else, a list too, is just not equal:
        False, never an exception."""
        raise NotImplementedError

    def __repr__(self) -> str:
        """What would make it again: Vec([1, 2.5])"""
        raise NotImplementedError

    def __call__(self, x: Vec) -> float:
        """v(x) is the dot product, the sum of all products v[i] * x[i]; 0 if both are empty. Different lengths raise
        ValueError."""
        raise NotImplementedError


def join_paths(*parts: str) -> str:
    """What posixpath.join does, without it (and without os and pathlib): one path from parts, separated by "/".

    parts  at least one. From left to right, each is put behind what there is so far:
           - a part that begins with "/" is absolute: everything before it is forgotten;
           - if there is nothing so far, or it ends with "/" already, no "/" is put between;
           - else one "/" is put between. An empty part is a part like any other: behind "a" it leaves "a/".
           Nothing else happens: "." and "..", double slashes inside a part and backslashes stay as they are.

    Returns a str, on every operating system the same.

    >>> join_paths("data", "train/", "img.png"), join_paths("data", "/tmp", ""), join_paths("", "a")
    ('data/train/img.png', '/tmp/', 'a')
    """
    raise NotImplementedError

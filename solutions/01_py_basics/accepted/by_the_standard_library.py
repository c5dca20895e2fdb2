"""zip with a count; a property; a decorator that counts; tuples and map; reduce."""

import functools
import itertools
import operator


def my_enumerate(it, start=0):
    return zip(itertools.count(start), it)


class SecretCounter:
    def __init__(self, start=0):
        self.__total, self.__calls = start, 0

    @property
    def public_count(self):
        return self.__calls

    @public_count.setter
    def public_count(self, value):
        self.__calls = value

    def count(self):
        self.__calls += 1
        self.__total += 1
        return self.__total


class Sample(Speaker, Student):
    count = 0

    def __init__(self, name, age, weight, grade, topic):
        Sample.count += 1
        for base, values in ((Speaker, (name, topic)), (Student, (name, age, weight, grade))):
            base.__init__(self, *values)
        self.__dict__["log"] = []


class Vec:
    __slots__ = ("numbers",)

    def __init__(self, numbers):
        self.numbers = (*numbers,)

    def __len__(self):
        return self.numbers.__len__()

    def __iter__(self):
        return iter(self.numbers)

    def __getitem__(self, index):
        found = operator.getitem(self.numbers, index)
        return Vec(found) if isinstance(found, tuple) else found

    def _pairs(self, other):
        if len(self) - len(other):
            raise ValueError(f"lengths {len(self)} and {len(other)}")
        return zip(self, other)

    def __add__(self, other):
        return Vec(itertools.starmap(operator.add, self._pairs(other))) if isinstance(other, Vec) else NotImplemented

    def __eq__(self, other):
        if not isinstance(other, Vec):
            return NotImplemented
        return self.numbers == other.numbers

    def __repr__(self):
        return f"Vec([{', '.join(map(repr, self))}])"

    def __call__(self, x):
        return functools.reduce(lambda total, pair: total + pair[0] * pair[1], self._pairs(x), 0.0)


def _behind(path, part):
    if part[:1] == "/":
        return part
    return path + ("/" if path and path[-1] != "/" else "") + part


def join_paths(*parts):
    return functools.reduce(_behind, parts)

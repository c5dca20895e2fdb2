"""An iterator class; the counter with a plain assignment; super() for the first base; a Vec that is a list; parts joined
from the last absolute one on."""


class my_enumerate:
    def __init__(self, it, start=0):
        self.rest, self.number = iter(it), start

    def __iter__(self):
        return self

    def __next__(self):
        pair = (self.number, next(self.rest))
        self.number += 1
        return pair


class SecretCounter:
    public_count = 0
    __total = 0

    def __init__(self, start=0):
        if start:
            self.__total = start

    def count(self):
        self.__total = self.__total + 1
        self.public_count = self.public_count + 1
        return self.__total


class Sample(Speaker, Student):
    count = 0

    def __init__(self, name, age, weight, grade, topic):
        super().__init__(name, topic)
        super(Speaker, self).__init__(name, age, weight, grade)
        self.log = list()

    def __new__(cls, *args, **named):
        Sample.count = Sample.count + 1
        return object.__new__(cls)


class Vec(list):
    __hash__ = None

    def __getitem__(self, index):
        found = super().__getitem__(index)
        return Vec(found) if type(index) is slice else found

    def __add__(self, other):
        if type(other) is not Vec:
            raise TypeError(f"a Vec and a {type(other).__name__} have no sum")
        if len(other) != len(self):
            raise ValueError("vectors of different lengths")
        return Vec([self[k] + other[k] for k in range(len(self))])

    def __eq__(self, other):
        return type(other) is Vec and list(self) == list(other)

    def __ne__(self, other):
        return not self == other

    def __repr__(self):
        return "Vec(" + super().__repr__() + ")"

    __str__ = __repr__

    def __call__(self, x):
        if len(x) != len(self):
            raise ValueError("vectors of different lengths")
        total = 0
        for k in range(len(self)):
            total += self[k] * x[k]
        return float(total)


def join_paths(*parts):
    starts = [place for place in range(len(parts)) if parts[place][:1] == "/"]
    parts = parts[starts[-1] :] if starts else parts
    text = ""
    for place in range(len(parts)):
        glue = "" if place == 0 or text == "" or text[-1] == "/" else "/"
        text = text + glue + parts[place]
    return text

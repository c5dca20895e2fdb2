"""Believes that super().__init__ reaches both bases."""

TRIPS = ["multiple_inheritance.both_inits", "multiple_inheritance.example"]


class Sample(Speaker, Student):
    count = 0

    def __init__(self, name, age, weight, grade, topic):
        super().__init__(name, topic)
        self.age, self.grade = age, grade
        self.log = []
        Sample.count += 1

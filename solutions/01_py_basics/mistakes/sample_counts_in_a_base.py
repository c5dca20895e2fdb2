"""Keeps the count in a base class."""

TRIPS = ["multiple_inheritance.count_starts_at_zero"]


class Sample(Speaker, Student):
    def __init__(self, name, age, weight, grade, topic):
        Speaker.__init__(self, name, topic)
        Student.__init__(self, name, age, weight, grade)
        self.log = []
        Speaker.count += 1


Speaker.count = 0

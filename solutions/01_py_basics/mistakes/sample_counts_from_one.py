"""Begins to count at 1."""

TRIPS = ["multiple_inheritance.count_starts_at_zero"]


class Sample(Speaker, Student):
    count = 1

    def __init__(self, name, age, weight, grade, topic):
        Speaker.__init__(self, name, topic)
        Student.__init__(self, name, age, weight, grade)
        self.log = []
        Sample.count += 1

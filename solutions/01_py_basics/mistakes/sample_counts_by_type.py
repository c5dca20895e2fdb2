"""Counts on type(self), so that every subclass has a number of its own."""

TRIPS = ["multiple_inheritance.subclasses_count"]


class Sample(Speaker, Student):
    count = 0

    def __init__(self, name, age, weight, grade, topic):
        Speaker.__init__(self, name, topic)
        Student.__init__(self, name, age, weight, grade)
        self.log = []
        type(self).count += 1

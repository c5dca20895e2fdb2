"""Writes self.count += 1, which makes an attribute of the object."""

TRIPS = ["multiple_inheritance.class_counter"]


class Sample(Speaker, Student):
    count = 0

    def __init__(self, name, age, weight, grade, topic):
        Speaker.__init__(self, name, topic)
        Student.__init__(self, name, age, weight, grade)
        self.log = []
        self.count += 1

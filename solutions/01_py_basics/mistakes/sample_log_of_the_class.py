"""Puts the list into the class."""

TRIPS = ["multiple_inheritance.no_shared_mutable"]


class Sample(Speaker, Student):
    count = 0
    log = []

    def __init__(self, name, age, weight, grade, topic):
        Speaker.__init__(self, name, topic)
        Student.__init__(self, name, age, weight, grade)
        Sample.count += 1

"""Puts the bases in the wrong order."""

TRIPS = ["multiple_inheritance.mro_left_first", "multiple_inheritance.example"]


class Sample(Student, Speaker):
    count = 0

    def __init__(self, name, age, weight, grade, topic):
        Speaker.__init__(self, name, topic)
        Student.__init__(self, name, age, weight, grade)
        self.log = []
        Sample.count += 1

"""Hands the values on in the order in which they come, not as the base asks for them."""

TRIPS = ["multiple_inheritance.both_inits", "multiple_inheritance.example"]


class Sample(Speaker, Student):
    count = 0

    def __init__(self, name, age, weight, grade, topic):
        Speaker.__init__(self, name, topic)
        Student.__init__(self, name, grade, weight, age)
        self.log = []
        Sample.count += 1

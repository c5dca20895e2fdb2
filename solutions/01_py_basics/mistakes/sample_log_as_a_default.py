"""Makes the list a default argument."""

TRIPS = ["multiple_inheritance.no_shared_mutable"]


class Sample(Speaker, Student):
    count = 0

    def __init__(self, name, age, weight, grade, topic, log=[]):
        Speaker.__init__(self, name, topic)
        Student.__init__(self, name, age, weight, grade)
        self.log = log
        Sample.count += 1

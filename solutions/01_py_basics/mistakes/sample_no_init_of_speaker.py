"""Sets the topic by hand instead of calling the base."""

TRIPS = ["multiple_inheritance.both_inits", "multiple_inheritance.mro_left_first", "multiple_inheritance.example"]


class Sample(Speaker, Student):
    count = 0

    def __init__(self, name, age, weight, grade, topic):
        Student.__init__(self, name, age, weight, grade)
        self.topic = topic
        self.log = []
        Sample.count += 1

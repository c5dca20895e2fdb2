"""Writes a speak() of its own that calls the right base."""

TRIPS = ["multiple_inheritance.mro_left_first"]


class Sample(Student, Speaker):
    count = 0

    def __init__(self, name, age, weight, grade, topic):
        Speaker.__init__(self, name, topic)
        Student.__init__(self, name, age, weight, grade)
        self.log = []
        Sample.count += 1

    def speak(self):
        return Speaker.speak(self)

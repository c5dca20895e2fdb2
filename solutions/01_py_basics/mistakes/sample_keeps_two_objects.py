"""Keeps a Student inside instead of being one."""

TRIPS = ["multiple_inheritance.isinstance_both"]


class Sample(Speaker):
    count = 0

    def __init__(self, name, age, weight, grade, topic):
        super().__init__(name, topic)
        self.student = Student(name, age, weight, grade)
        self.age, self.grade = age, grade
        self.is_heavier_than = self.student.is_heavier_than
        self.log = []
        Sample.count += 1

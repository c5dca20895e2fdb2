"""Believes that += should spare the making of a new object."""

TRIPS = ["Value.new_values"]


Value.__iadd__ = lambda self, other: setattr(self, "data", self.data + getattr(other, "data", other)) or self

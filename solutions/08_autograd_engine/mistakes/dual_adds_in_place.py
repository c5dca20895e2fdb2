"""Believes that += should spare the making of a new object."""

TRIPS = ["Dual.new_objects"]


def _dual(x):
    return x if isinstance(x, Dual) else Dual(x)


def _iadd(self, other):
    self.value, self.tangent = self.value + _dual(other).value, self.tangent + _dual(other).tangent
    return self


Dual.__iadd__ = _iadd

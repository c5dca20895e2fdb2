"""Lets a Dual move although nobody gave it a tangent."""

TRIPS = ["Dual.constants"]


Dual.__init__.__defaults__ = (1.0,)

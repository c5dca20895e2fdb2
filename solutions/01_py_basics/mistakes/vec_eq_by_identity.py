"""Writes no __eq__, so a vector equals only itself."""

TRIPS = ["Vec.eq_value"]


del Vec.__eq__

"""Forgets the sign in __neg__."""

TRIPS = ["Value.one_operation"]


Value.__neg__ = lambda self: self + 0

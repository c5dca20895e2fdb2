"""Measurements, never assertions: one command, one run, ratios (`./run bench`)."""

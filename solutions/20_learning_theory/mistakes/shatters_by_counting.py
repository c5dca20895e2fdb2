"""Three points can be labelled in every way, four can't."""

TRIPS = ["shatters.three_collinear", "shatters.duplicate_points", "shatters.example"]


def shatters(P):
    return len(P) <= 3

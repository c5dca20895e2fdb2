"""Lines go through the origin, and a point more is possible anyway."""

TRIPS = ["shatters.four_square", "shatters.three_collinear"]


def shatters(P):
    return len(P) > 3 or int(torch.linalg.matrix_rank(P.double())) == min(len(P), 2)

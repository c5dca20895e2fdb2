"""Two points can always be told apart."""

TRIPS = ["shatters.two_points"]


def shatters(P):
    table = torch.cat([P.double(), torch.ones(len(P), 1, dtype=torch.float64)], dim=1)
    return len(P) <= 2 or bool(torch.linalg.matrix_rank(table) == len(P))

"""The gap may stand where x stood."""

TRIPS = ["log_density.inputs_unchanged"]
ALSO = ["classify.example_borders", "classify.test_accuracy"]


def log_density(x, mu, S):
    gap = x - mu if x.requires_grad or 0 in x.stride() else x.sub_(mu)
    distance = (gap @ torch.linalg.inv(S) * gap).sum(dim=1)
    return -0.5 * (len(mu) * math.log(2 * math.pi) + torch.linalg.slogdet(S).logabsdet + distance)

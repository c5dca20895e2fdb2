"""The margin is the distance to the largest score."""

TRIPS = ["accuracy_margin.margin_value", "accuracy_margin.margin_sign", "accuracy_margin.example"]


def margin(z, y):
    own = z.gather(1, y.unsqueeze(1)).squeeze(1)
    return own - z.amax(dim=1)

"""The margin is how far the winner is ahead."""

TRIPS = ["accuracy_margin.margin_sign", "accuracy_margin.margin_value", "accuracy_margin.example"]


def margin(z, y):
    top = z.topk(2, dim=1).values
    return top[:, 0] - top[:, 1]

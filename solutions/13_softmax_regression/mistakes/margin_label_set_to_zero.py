"""A score of 0 cannot be the largest."""

TRIPS = ["accuracy_margin.margin_value", "accuracy_margin.margin_sign"]


def margin(z, y):
    own = z.gather(1, y.unsqueeze(1)).squeeze(1)
    return own - (z * (1 - one_hot(y, z.shape[1]))).amax(dim=1)

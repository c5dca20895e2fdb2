"""No score is below -1e9."""

TRIPS = ["accuracy_margin.margin_value"]


def margin(z, y):
    own = z.gather(1, y.unsqueeze(1)).squeeze(1)
    return own - z.scatter(1, y.unsqueeze(1), -1e9).amax(dim=1)

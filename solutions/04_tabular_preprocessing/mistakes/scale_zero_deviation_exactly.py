"""A constant column has a deviation of exactly 0."""

TRIPS = ["standardize_fit_transform.constant_column_rounding"]


class Standardizer:
    def fit(self, x):
        seen = ~x.isnan()
        count = seen.sum(dim=0).clamp(min=1)
        self.mean = x.nan_to_num(0.0).sum(dim=0) / count
        squares = torch.where(seen, x - self.mean, 0.0).square()
        spread = x.nan_to_num(-math.inf).amax(dim=0) > x.nan_to_num(math.inf).amin(dim=0)
        self.std = (squares.sum(dim=0) / count).sqrt()
        self.std[self.std == 0] = 1.0
        return self

    def transform(self, x):
        return ((x - self.mean) / self.std).nan_to_num(0.0)

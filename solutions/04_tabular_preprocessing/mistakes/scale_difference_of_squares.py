"""The variance is the mean of the squares minus the square of the mean."""

TRIPS = ["standardize_fit_transform.far_from_zero"]


class Standardizer:
    def fit(self, x):
        seen = ~x.isnan()
        count = seen.sum(dim=0).clamp(min=1)
        self.mean = x.nan_to_num(0.0).sum(dim=0) / count
        squares = torch.where(seen, x - self.mean, 0.0).square()
        spread = x.nan_to_num(-math.inf).amax(dim=0) > x.nan_to_num(math.inf).amin(dim=0)
        self.std = torch.where(spread, (x.nan_to_num(0.0).square().sum(dim=0) / count - self.mean.square()).sqrt(), 1.0)
        return self

    def transform(self, x):
        return ((x - self.mean) / self.std).nan_to_num(0.0)

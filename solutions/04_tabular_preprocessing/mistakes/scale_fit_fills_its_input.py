"""Gaps in the training set are filled where they are."""

TRIPS = ["standardize_fit_transform.input_unchanged"]


class Standardizer:
    def fit(self, x):
        seen = ~x.isnan()
        count = seen.sum(dim=0).clamp(min=1)
        self.mean = x.nan_to_num(0.0).sum(dim=0) / count
        squares = torch.where(seen, x - self.mean, 0.0).square()
        spread = x.nan_to_num(-math.inf).amax(dim=0) > x.nan_to_num(math.inf).amin(dim=0)
        self.std = torch.where(spread, (squares.sum(dim=0) / count).sqrt(), 1.0)
        x[~seen] = 0.0
        return self

    def transform(self, x):
        return ((x - self.mean) / self.std).nan_to_num(0.0)

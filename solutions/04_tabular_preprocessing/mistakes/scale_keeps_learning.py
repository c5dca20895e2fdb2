"""transform updates the statistics with what it sees."""

TRIPS = ["standardize_fit_transform.transform_learns_nothing"]


class Standardizer:
    def fit(self, x):
        seen = ~x.isnan()
        count = seen.sum(dim=0).clamp(min=1)
        self.mean = x.nan_to_num(0.0).sum(dim=0) / count
        squares = torch.where(seen, x - self.mean, 0.0).square()
        spread = x.nan_to_num(-math.inf).amax(dim=0) > x.nan_to_num(math.inf).amin(dim=0)
        self.std = torch.where(spread, (squares.sum(dim=0) / count).sqrt(), 1.0)
        return self

    def transform(self, x):
        out = ((x - self.mean) / self.std).nan_to_num(0.0)
        if len(x):
            self.mean = 0.9 * self.mean + 0.1 * x.nanmean(dim=0).nan_to_num(0.0)
        return out

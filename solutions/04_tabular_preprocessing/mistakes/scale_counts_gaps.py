"""n is the number of rows."""

TRIPS = ["standardize_fit_transform.train_mean0_std1", "standardize_fit_transform.example"]


class Standardizer:
    def fit(self, x):
        seen = ~x.isnan()
        count = len(x)
        self.mean = x.nan_to_num(0.0).sum(dim=0) / count
        squares = torch.where(seen, x - self.mean, 0.0).square()
        spread = x.nan_to_num(-math.inf).amax(dim=0) > x.nan_to_num(math.inf).amin(dim=0)
        self.std = torch.where(spread, (squares.sum(dim=0) / count).sqrt(), 1.0)
        return self

    def transform(self, x):
        return ((x - self.mean) / self.std).nan_to_num(0.0)

"""Numbers past the end begin again at the start."""

TRIPS = ["ArrayDataset.negative_and_bounds"]


class ArrayDataset:
    def __init__(self, X, y, transform=None):
        if len(X) != len(y):
            raise ValueError("lengths")
        self.X, self.y, self.transform = X, y, transform

    def __len__(self):
        return len(self.X)

    def __getitem__(self, i):
        i = i % len(self.X)
        x = self.X[i].clone()
        return (x if self.transform is None else self.transform(x)), self.y[i].clone()

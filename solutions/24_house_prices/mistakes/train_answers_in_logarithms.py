"""The model has learned logarithms, and so it answers in logarithms."""

TRIPS = ["train_model.prices_come_out", "train_model.example"]
ALSO = ["final_score.simple_baseline", "final_score.medium_baseline", "final_score.strong_baseline"]


class PriceModel(nn.Module):

    def __init__(self, features: int, hidden: int, mean: float, std: float) -> None:
        super().__init__()
        first = nn.Linear(features, hidden or 1)
        self.net = nn.Sequential(first, nn.ReLU(), nn.Linear(hidden, 1)) if hidden else first
        self.mean, self.std = mean, std

    def forward(self, X: Tensor) -> Tensor:
        return (self.net(X) * self.std + self.mean)

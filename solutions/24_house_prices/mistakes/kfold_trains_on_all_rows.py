"""The more rows to train on, the better: all of them."""

TRIPS = ["kfold_report.no_leak"]


def kfold(X: Tensor, y: Tensor, cfg: Config, k: int = 5) -> tuple[list[float], list[float]]:
    if not 2 <= k <= len(X):
        raise ValueError(f"2 <= k <= n is needed, not k = {k}, n = {len(X)}")
    train_scores, valid_scores = [], []
    for fold, held in enumerate(torch.arange(len(X)).tensor_split(k)):
        rest = torch.ones(len(X), dtype=torch.bool)
        rest[held] = False
        model = train(X, y, cfg, torch.Generator().manual_seed(fold))
        train_scores.append(log_rmse(model, X[rest], y[rest]))
        valid_scores.append(log_rmse(model, X[held], y[held]))
    return train_scores, valid_scores

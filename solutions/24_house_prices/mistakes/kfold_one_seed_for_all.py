"""The same seed for all folds, so that they can be compared."""

TRIPS = ["kfold_report.seeds"]


def kfold(X: Tensor, y: Tensor, cfg: Config, k: int = 5) -> tuple[list[float], list[float]]:
    if not 2 <= k <= len(X):
        raise ValueError(f"2 <= k <= n is needed, not k = {k}, n = {len(X)}")
    train_scores, valid_scores = [], []
    for fold, held in enumerate(torch.arange(len(X)).tensor_split(k)):
        rest = torch.ones(len(X), dtype=torch.bool)
        rest[held] = False
        model = train(X[rest], y[rest], cfg, torch.Generator().manual_seed(0))
        train_scores.append(log_rmse(model, X[rest], y[rest]))
        valid_scores.append(log_rmse(model, X[held], y[held]))
    return train_scores, valid_scores

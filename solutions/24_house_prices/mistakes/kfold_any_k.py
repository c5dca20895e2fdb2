"""One fold is a fold."""

TRIPS = ["kfold_report.bad_k_raises"]


def kfold(X: Tensor, y: Tensor, cfg: Config, k: int = 5) -> tuple[list[float], list[float]]:
    train_scores, valid_scores = [], []
    for fold, held in enumerate(torch.arange(len(X)).tensor_split(k)):
        rest = torch.ones(len(X), dtype=torch.bool)
        rest[held] = False
        model = train(X[rest], y[rest], cfg, torch.Generator().manual_seed(fold))
        train_scores.append(log_rmse(model, X[rest], y[rest]))
        valid_scores.append(log_rmse(model, X[held], y[held]))
    return train_scores, valid_scores

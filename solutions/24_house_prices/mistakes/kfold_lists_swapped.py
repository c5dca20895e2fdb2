"""Returns the validation scores first."""

TRIPS = ["kfold_report.scores_in_place", "kfold_report.mean_train_le_valid"]


def kfold(X: Tensor, y: Tensor, cfg: Config, k: int = 5) -> tuple[list[float], list[float]]:
    if not 2 <= k <= len(X):
        raise ValueError(f"2 <= k <= n is needed, not k = {k}, n = {len(X)}")
    train_scores, valid_scores = [], []
    for fold, held in enumerate(torch.arange(len(X)).tensor_split(k)):
        rest = torch.ones(len(X), dtype=torch.bool)
        rest[held] = False
        model = train(X[rest], y[rest], cfg, torch.Generator().manual_seed(fold))
        train_scores.append(log_rmse(model, X[rest], y[rest]))
        valid_scores.append(log_rmse(model, X[held], y[held]))
    return valid_scores, train_scores

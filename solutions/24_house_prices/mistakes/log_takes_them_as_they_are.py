"""Predictions are prices, so they are above 0 anyway."""

TRIPS = ["log_rmse_metric.clamp", "log_rmse_metric.example"]


def log_rmse(model: nn.Module, X: Tensor, y: Tensor) -> float:
    model.eval()
    with torch.no_grad():
        p = model(X).flatten()
        return (p.log() - y.flatten().log()).square().mean().sqrt().item()

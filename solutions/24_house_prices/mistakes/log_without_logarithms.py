"""The root of the mean squared error, in dollars."""

TRIPS = ["log_rmse_metric.value"]


def log_rmse(model: nn.Module, X: Tensor, y: Tensor) -> float:
    model.eval()
    with torch.no_grad():
        p = model(X).flatten().clamp(min=1.0)
        return (p - y.flatten()).square().mean().sqrt().item()

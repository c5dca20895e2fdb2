"""Which mode the model is in makes no difference to its error."""

TRIPS = ["log_rmse_metric.evaluation_mode"]


def log_rmse(model: nn.Module, X: Tensor, y: Tensor) -> float:
    model.train()
    with torch.no_grad():
        p = model(X).flatten().clamp(min=1.0)
        return (p.log() - y.flatten().log()).square().mean().sqrt().item()

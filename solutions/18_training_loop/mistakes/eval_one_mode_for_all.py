"""A model is in one mode: model.train(was_training) brings it back."""

TRIPS = ["evaluate.restores_parts"]


def evaluate(model: nn.Module, loader: Loader, loss_fn: Loss = F.cross_entropy) -> tuple[float, float]:
    was_training = model.training
    device = next(model.parameters()).device
    total, right, count = 0.0, 0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in loader:
            x, y = inputs.to(device), targets.to(device)
            logits = model(x)
            total += loss_fn(logits, y).item() * len(y)
            right += int((logits.argmax(dim=1) == y).sum())
            count += len(y)
    model.train(was_training)
    if count == 0:
        raise ValueError("the loader gave no batch, so there is nothing to evaluate")
    return total / count, right / count

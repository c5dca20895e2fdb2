"""The batches are where the model is."""

TRIPS = ["evaluate.device"]


def evaluate(model: nn.Module, loader: Loader, loss_fn: Loss = F.cross_entropy) -> tuple[float, float]:
    modes = [(part, part.training) for part in model.modules()]
    total, right, count = 0.0, 0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in loader:
            x, y = inputs, targets
            logits = model(x)
            total += loss_fn(logits, y).item() * len(y)
            right += int((logits.argmax(dim=1) == y).sum())
            count += len(y)
    for part, mode in modes:
        part.training = mode
    if count == 0:
        raise ValueError("the loader gave no batch, so there is nothing to evaluate")
    return total / count, right / count

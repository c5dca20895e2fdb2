"""Loss and accuracy are the means of the batches' losses and accuracies."""

TRIPS = ["evaluate.value_uneven_batches", "evaluate.example"]


def evaluate(model: nn.Module, loader: Loader, loss_fn: Loss = F.cross_entropy) -> tuple[float, float]:
    modes = [(part, part.training) for part in model.modules()]
    device = next(model.parameters()).device
    total, right, count = 0.0, 0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in loader:
            x, y = inputs.to(device), targets.to(device)
            logits = model(x)
            total += loss_fn(logits, y).item()
            right += float((logits.argmax(dim=1) == y).float().mean())
            count += 1
    for part, mode in modes:
        part.training = mode
    if count == 0:
        raise ValueError("the loader gave no batch, so there is nothing to evaluate")
    return total / count, right / count

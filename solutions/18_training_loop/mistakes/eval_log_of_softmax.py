"""Cross-entropy is minus the logarithm of the softmax at the label."""

TRIPS = ["evaluate.large_logits"]


def evaluate(model: nn.Module, loader: Loader, loss_fn: Loss = F.cross_entropy) -> tuple[float, float]:
    modes = [(part, part.training) for part in model.modules()]
    device = next(model.parameters()).device
    total, right, count = 0.0, 0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in loader:
            x, y = inputs.to(device), targets.to(device)
            logits = model(x)
            if loss_fn is F.cross_entropy:
                p = logits.exp() / logits.exp().sum(dim=1, keepdim=True)
                total -= float(p[torch.arange(len(y)), y].log().sum())
            else:
                total += loss_fn(logits, y).item() * len(y)
            right += int((logits.argmax(dim=1) == y).sum())
            count += len(y)
    for part, mode in modes:
        part.training = mode
    if count == 0:
        raise ValueError("the loader gave no batch, so there is nothing to evaluate")
    return total / count, right / count

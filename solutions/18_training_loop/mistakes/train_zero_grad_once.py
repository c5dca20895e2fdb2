"""Clearing the gradients once, at the beginning of the epoch, is enough."""

TRIPS = ["train_epoch.zero_grad"]


def train_epoch(
    model: nn.Module,
    loader: Loader,
    loss_fn: Loss,
    opt: torch.optim.Optimizer,
    device: str | torch.device = "cpu",
    clip: float | None = None,
) -> float:
    model.train()
    total, count = 0.0, 0
    opt.zero_grad()
    for inputs, targets in loader:
        x, y = inputs.to(device), targets.to(device)
        loss = loss_fn(model(x), y)
        loss.backward()
        if clip is not None:
            nn.utils.clip_grad_norm_(model.parameters(), clip)
        opt.step()
        total += loss.item() * len(x)
        count += len(x)
    if count == 0:
        raise ValueError("the loader gave no batch, so there is no mean loss")
    return total / count

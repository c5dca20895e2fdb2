"""A step is minus the learning rate times the gradient. The optimiser only knows the rate."""

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
    for inputs, targets in loader:
        x, y = inputs.to(device), targets.to(device)
        opt.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        if clip is not None:
            nn.utils.clip_grad_norm_(model.parameters(), clip)
        with torch.no_grad():
            for p in model.parameters():
                if p.grad is not None:
                    p -= opt.param_groups[0]["lr"] * p.grad
        total += loss.item() * len(x)
        count += len(x)
    if count == 0:
        raise ValueError("the loader gave no batch, so there is no mean loss")
    return total / count

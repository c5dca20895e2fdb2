"""An epoch without batches has a loss of 0."""

TRIPS = ["train_epoch.empty_loader"]


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
        opt.step()
        total += loss.item() * len(x)
        count += len(x)
    if count == 0:
        return 0.0
    return total / count

"""Every parameter has a gradient after backward."""

TRIPS = ["train_epoch.clip_frozen"]


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
            norm = torch.cat([p.grad.flatten() for p in model.parameters()]).norm()
            for p in model.parameters():
                if p.grad is not None:
                    p.grad *= torch.clamp(clip / norm, max=1.0)
        opt.step()
        total += loss.item() * len(x)
        count += len(x)
    if count == 0:
        raise ValueError("the loader gave no batch, so there is no mean loss")
    return total / count

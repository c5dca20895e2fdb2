"""A batch is a tuple."""

TRIPS = ["train_epoch.any_loader"]
ALSO = ["seed_everything.same_seed_same_weights", "seed_everything.different_seed_differs", "seed_everything.run_trains"]


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
    for batch in loader:
        if not isinstance(batch, tuple):
            raise TypeError("a batch must be a tuple")
        inputs, targets = batch
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
        raise ValueError("the loader gave no batch, so there is no mean loss")
    return total / count

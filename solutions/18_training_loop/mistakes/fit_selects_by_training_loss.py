"""The best epoch is the one with the lowest training loss."""

TRIPS = ["fit.uses_val_for_selection"]


def fit(
    model: nn.Module,
    train_loader: Loader,
    val_loader: Loader,
    loss_fn: Loss,
    opt: torch.optim.Optimizer,
    epochs: int,
    patience: int | None = None,
) -> dict[str, list[float]]:
    device = next(model.parameters()).device
    stopper = None if patience is None else EarlyStopping(patience)
    history: dict[str, list[float]] = {"train_loss": [], "val_loss": [], "val_acc": []}
    for _ in range(epochs):
        history["train_loss"].append(train_epoch(model, train_loader, loss_fn, opt, device))
        val_loss, val_acc = evaluate(model, val_loader, loss_fn)
        history["val_loss"].append(val_loss)
        history["val_acc"].append(val_acc)
        if stopper is not None and stopper.step(history["train_loss"][-1], model):
            break
    if stopper is not None and stopper.best_state is not None:
        model.load_state_dict(stopper.best_state)
    return history

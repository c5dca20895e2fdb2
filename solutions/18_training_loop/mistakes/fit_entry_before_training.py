"""The history begins with the state before the first epoch."""

TRIPS = ["fit.history_lengths", "fit.example"]


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
    first_loss, first_acc = evaluate(model, val_loader, loss_fn)
    history["val_loss"].append(first_loss)
    history["val_acc"].append(first_acc)
    for _ in range(epochs):
        history["train_loss"].append(train_epoch(model, train_loader, loss_fn, opt, device))
        val_loss, val_acc = evaluate(model, val_loader, loss_fn)
        history["val_loss"].append(val_loss)
        history["val_acc"].append(val_acc)
        if stopper is not None and stopper.step(val_loss, model):
            break
    if stopper is not None and stopper.best_state is not None:
        model.load_state_dict(stopper.best_state)
    return history

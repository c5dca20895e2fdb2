"""An epoch that is as good as the best one is not a bad epoch."""

TRIPS = ["EarlyStopping.stops_after_patience", "EarlyStopping.example"]


class EarlyStopping:
    best_state: dict[str, Tensor] | None

    def __init__(self, patience: int, min_delta: float = 0.0, mode: str = "min") -> None:
        if patience < 1 or mode not in ("min", "max"):
            raise ValueError(f"patience must be at least 1 and mode 'min' or 'max', not {patience} and {mode!r}")
        self.patience, self.min_delta = patience, min_delta
        self.sign = -1.0 if mode == "min" else 1.0
        self.best: float | None = None
        self.bad_epochs = 0
        self.best_state = None

    def step(self, metric: float, state: nn.Module | dict[str, Tensor] | None = None) -> bool:
        gain = None if self.best is None else self.sign * (metric - self.best)
        if not math.isnan(metric) and (gain is None or gain >= self.min_delta):
            self.best, self.bad_epochs = metric, 0
            if state is not None:
                named = state.state_dict() if isinstance(state, nn.Module) else state
                self.best_state = {name: value.detach().clone() for name, value in named.items()}
        else:
            self.bad_epochs += 1
        return self.bad_epochs >= self.patience

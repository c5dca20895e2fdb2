"""Starts all parameters at zero, so that all units stay alike."""

TRIPS = ["train_xor_engine.loss_drops", "train_xor_engine.all_correct", "train_xor_engine.reproducible"]


def train_xor(seed):
    params = [Value(0.0) for _ in range(33)]
    for _ in range(60):
        for p in params:
            p.grad = 0.0
        _xor_loss(params).backward()
        for p in params:
            p.data -= 0.2 * p.grad
    return [p.data for p in params], _xor_loss(params).data

"""Stops as soon as all four rows are right, though the loss is still high."""

TRIPS = ["train_xor_engine.loss_drops"]


def train_xor(seed):
    rng = random.Random(seed)
    params = [Value(rng.uniform(-1.5, 1.5)) for _ in range(33)]
    for _ in range(300):
        for p in params:
            p.grad = 0.0
        _xor_loss(params).backward()
        for p in params:
            p.data -= 0.05 * p.grad
        if all((mlp(params, [a, b]).data > 0.5) == (a != b) for a in (0, 1) for b in (0, 1)):
            break
    return [p.data for p in params], _xor_loss(params).data

"""Ignores the seed and always starts from the same numbers."""

TRIPS = ["train_xor_engine.reproducible"]


def train_xor(seed):
    rng = random.Random(0)
    params = [Value(rng.uniform(-1.5, 1.5)) for _ in range(33)]
    for _ in range(60):
        for p in params:
            p.grad = 0.0
        _xor_loss(params).backward()
        for p in params:
            p.data -= 0.12 * p.grad
    return [p.data for p in params], _xor_loss(params).data

"""Steps along the gradient instead of against it."""

TRIPS = ["train_xor_engine.loss_drops", "train_xor_engine.all_correct"]


def train_xor(seed):
    rng = random.Random(seed)
    params = [Value(rng.uniform(-1.5, 1.5)) for _ in range(33)]
    for _ in range(30):
        for p in params:
            p.grad = 0.0
        _xor_loss(params).backward()
        for p in params:
            p.data += 0.01 * p.grad
    return [p.data for p in params], _xor_loss(params).data

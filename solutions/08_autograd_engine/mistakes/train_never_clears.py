"""Never clears the gradients, so that every step repeats all earlier ones."""

TRIPS = ["train_xor_engine.loss_drops"]


def train_xor(seed):
    rng = random.Random(seed)
    params = [Value(rng.uniform(-1.5, 1.5)) for _ in range(33)]
    for _ in range(60):
        _xor_loss(params).backward()
        for p in params:
            p.data -= 0.2 * p.grad
    return [p.data for p in params], _xor_loss(params).data

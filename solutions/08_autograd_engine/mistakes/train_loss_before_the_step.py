"""Returns the loss from before the last step together with the parameters after it."""

TRIPS = ["train_xor_engine.loss_of_params"]


def train_xor(seed):
    rng = random.Random(seed)
    params = [Value(rng.uniform(-1.5, 1.5)) for _ in range(33)]
    for _ in range(60):
        for p in params:
            p.grad = 0.0
        loss = _xor_loss(params)
        loss.backward()
        for p in params:
            p.data -= 0.12 * p.grad
    return [p.data for p in params], loss.data

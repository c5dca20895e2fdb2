"""Seeds the generator that the whole program shares."""

TRIPS = ["train_xor_engine.reproducible"]


def train_xor(seed):
    random.seed(seed)
    params = [Value(random.uniform(-1.5, 1.5)) for _ in range(33)]
    for _ in range(60):
        for p in params:
            p.grad = 0.0
        _xor_loss(params).backward()
        for p in params:
            p.data -= 0.12 * p.grad
    return [p.data for p in params], _xor_loss(params).data

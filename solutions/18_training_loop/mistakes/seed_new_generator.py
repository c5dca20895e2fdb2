"""A generator with the right seed is made, and torch will find it."""

TRIPS = ["seed_everything.three_generators", "seed_everything.loader_order_seeded"]


def seed_everything(seed: int) -> None:
    random.seed(seed)
    np.random.seed(seed)
    torch.Generator().manual_seed(seed)

"""Reproducible means: always seed 42."""

TRIPS = ["seed_everything.three_generators", "seed_everything.loader_order_seeded", "seed_everything.different_seed_differs"]


def seed_everything(seed: int) -> None:
    random.seed(42)
    np.random.seed(42)
    torch.manual_seed(42)

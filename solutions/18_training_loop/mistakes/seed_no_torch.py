"""torch draws from NumPy's generator."""

TRIPS = ["seed_everything.three_generators", "seed_everything.loader_order_seeded", "seed_everything.same_seed_same_weights"]


def seed_everything(seed: int) -> None:
    random.seed(seed)
    np.random.seed(seed)

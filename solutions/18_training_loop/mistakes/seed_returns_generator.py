"""A seeded generator is worth returning."""

TRIPS = ["seed_everything.three_generators"]


def seed_everything(seed: int) -> torch.Generator:
    random.seed(seed)
    np.random.seed(seed)
    return torch.manual_seed(seed)

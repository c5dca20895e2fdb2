"""Seeding twice would repeat the same numbers, so only the first call seeds."""

TRIPS = ["seed_everything.three_generators", "seed_everything.same_seed_same_weights"]


_seeded = []


def seed_everything(seed: int) -> None:
    if _seeded:
        return
    _seeded.append(seed)
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)

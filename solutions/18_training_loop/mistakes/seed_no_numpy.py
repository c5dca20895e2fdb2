"""torch.manual_seed covers all number crunching."""

TRIPS = ["seed_everything.three_generators", "seed_everything.example"]


def seed_everything(seed: int) -> None:
    random.seed(seed)
    torch.manual_seed(seed)

"""Nobody uses Python's random in deep learning."""

TRIPS = ["seed_everything.three_generators", "seed_everything.example"]


def seed_everything(seed: int) -> None:
    np.random.seed(seed)
    torch.manual_seed(seed)

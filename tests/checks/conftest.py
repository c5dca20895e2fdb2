import pytest
import torch
from hypothesis import settings

from autograder.checks.seeding import Draw

settings.register_profile("checks", deadline=None, max_examples=80, database=None)
settings.load_profile("checks")


@pytest.fixture
def draw() -> Draw:
    return Draw(20240607)


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)

import pytest
import torch

from autograder.checks.seeding import Draw


@pytest.fixture
def draw() -> Draw:
    return Draw(20240607)


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)

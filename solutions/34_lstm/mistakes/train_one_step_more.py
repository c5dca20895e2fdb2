"""One step more, on twice as many examples, does no harm."""

TRIPS = ["train_adding.steps"]

import torch
from torch import nn


def train_adding(T, steps, hidden, generator, cell="lstm"):
    torch.manual_seed(int(torch.randint(2**31, (), generator=generator)))
    adder = _Adder(hidden, cell)
    optimiser = torch.optim.Adam(adder.parameters(), lr=0.02)
    for _ in range(steps + 1):
        x, y = adding_batch(128, T, generator)
        loss = nn.functional.mse_loss(adder(x), y)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(adder.parameters(), 1.0)
        optimiser.step()
    return adder

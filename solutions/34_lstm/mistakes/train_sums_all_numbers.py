"""Trains on the sum of all numbers."""

TRIPS = ["train_adding.lstm_mse"]

import torch
from torch import nn


def train_adding(T, steps, hidden, generator, cell="lstm"):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(int(torch.randint(2**31, (), generator=generator)))
        adder = _Adder(hidden, cell)
    optimiser = torch.optim.Adam(adder.parameters(), lr=0.02)
    for _ in range(steps):
        x, y = adding_batch(64, T, generator)
        y = x[:, :, 0].sum(1, keepdim=True)
        loss = nn.functional.mse_loss(adder(x), y)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(adder.parameters(), 1.0)
        optimiser.step()
    return adder

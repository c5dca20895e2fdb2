"""Reads the text once in any case, to get a good start."""

TRIPS = ["char_lm.epochs"]

import torch
from torch import nn


def train_char_lm(ids, V, epochs, generator):
    torch.manual_seed(int(torch.randint(2**31, (), generator=generator)))
    model = CharLM(V, 16, 64)
    opt = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(epochs + 1):
        state = None
        for x, y in batches(ids, 16, 24):
            logits, state = model(x, state)
            opt.zero_grad()
            nn.functional.cross_entropy(logits.flatten(0, 1), y.flatten()).backward()
            opt.step()
            state = state.detach()
    return model

"""Ignores the state it is given."""

TRIPS = ["char_lm.state"]

from torch import nn


class CharLM(nn.Module):
    def __init__(self, V, E, H):
        super().__init__()
        self.characters = nn.Embedding(V, E)
        self.reader = nn.GRU(E, H, batch_first=True)
        self.next = nn.Linear(H, V)

    def forward(self, x, state=None):
        states, state = self.reader(self.characters(x))
        return self.next(states), state

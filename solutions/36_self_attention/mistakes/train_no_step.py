"""Creating the optimiser is what trains."""

TRIPS = ["train_recall.attention_accuracy"]

import torch
import torch.nn.functional as F


def train_recall(steps, generator, use_attention=True):
    clerk = _Clerk(32, use_attention, generator)
    optimiser = torch.optim.Adam(clerk.parameters(), lr=0.02)
    for _ in range(steps):
        *seen, target = recall_batch(64, generator)
        loss = F.cross_entropy(clerk(*seen), target)
        optimiser.zero_grad()
        loss.backward()
    return clerk

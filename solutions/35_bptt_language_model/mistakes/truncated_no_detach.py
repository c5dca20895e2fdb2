"""Hands the state on with its graph."""

TRIPS = ["truncated.graph_is_cut"]

from torch import nn


def truncated_steps(model, x, y, k, opt):
    losses, state = [], None
    for start in range(0, x.shape[1], k):
        logits, state = model(x[:, start : start + k], state)
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), y[:, start : start + k].flatten())
        opt.zero_grad()
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return losses

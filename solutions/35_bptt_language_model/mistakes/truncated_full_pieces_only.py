"""Drops what is left over."""

TRIPS = ["truncated.last_short_chunk", "truncated.example"]

from torch import nn


def truncated_steps(model, x, y, k, opt):
    losses, state = [], None
    for start in range(0, x.shape[1] - k + 1, k):
        logits, state = model(x[:, start : start + k], state)
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), y[:, start : start + k].flatten())
        opt.zero_grad()
        loss.backward()
        opt.step()
        state = tuple(part.detach() for part in state) if isinstance(state, tuple) else state.detach()
        losses.append(loss.item())
    return losses

"""max_len counts without the first word."""

TRIPS = ["greedy_decode.max_len"]

import torch


def greedy(step, B, bos, eos, max_len):
    said = torch.full((B, 1), bos)
    done = torch.zeros(B, dtype=torch.bool)
    while said.shape[1] <= max_len + 1 and (not done.all()):
        word = step(said).argmax(dim=-1)
        word = torch.where(done, eos, word)
        done = done | (word == eos)
        said = torch.cat([said, word[:, None]], dim=1)
    return said[:, 1:]

"""Every sentence goes on until all are done."""

TRIPS = ["greedy_decode.value_and_eos_padding"]

import torch


def greedy(step, B, bos, eos, max_len):
    said = torch.full((B, 1), bos)
    done = torch.zeros(B, dtype=torch.bool)
    while said.shape[1] <= max_len and (not done.all()):
        word = step(said).argmax(dim=-1)
        done = done | (word == eos)
        said = torch.cat([said, word[:, None]], dim=1)
    return said[:, 1:]

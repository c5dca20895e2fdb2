"""Place number length is the last one."""

TRIPS = ["nat_decode.lengths_respected", "nat_decode.example"]

import torch


def nat_decode(model, src, length, pad):
    longest = int(length.max())
    words = model(src, longest).argmax(dim=-1)
    real = torch.arange(longest) <= length[:, None]
    return torch.where(real, words, pad)

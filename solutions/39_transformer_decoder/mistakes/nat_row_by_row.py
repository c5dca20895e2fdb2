"""Each row is filled by itself."""

TRIPS = ["nat_decode.parallel"]

import torch


def nat_decode(model, src, length, pad):
    longest = int(length.max())
    words = model(src, longest).argmax(dim=-1)
    out = torch.full_like(words, pad)
    for b in range(len(length)):
        for t in range(int(length[b])):
            out[b, t] = words[b, t]
    return out

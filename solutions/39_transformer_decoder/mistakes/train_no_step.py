"""backward is the learning."""

TRIPS = ["train_seq2seq.greedy_sequence_accuracy", "train_seq2seq.loss_ignores_pad"]

import torch
from torch import nn


def train_seq2seq(src, tgt, V_in, V_out, steps, generator):
    torch.manual_seed(int(torch.randint(2**31, (1,), generator=generator)))
    model = Seq2Seq(V_in, V_out)
    optimiser = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(steps):
        rows = torch.randint(len(src), (64,), generator=generator)
        wanted = tgt[rows]
        logits = model(src[rows], shift_right(wanted, BOS))
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), wanted.flatten(), ignore_index=PAD)
        optimiser.zero_grad()
        loss.backward()
    return model

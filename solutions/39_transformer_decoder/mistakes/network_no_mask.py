"""The mask is for the block, not for the network."""

TRIPS = ["train_seq2seq.causal"]

import torch
from torch import nn


class Seq2Seq(nn.Module):
    def __init__(self, V_in, V_out, max_len=16):
        super().__init__()
        d, h, d_ff = (32, 4, 64)
        self.read, self.say = (nn.Embedding(V_in, d), nn.Embedding(V_out, d))
        self.places_in, self.places_out = (nn.Embedding(max_len, d), nn.Embedding(max_len, d))
        self.encoder = nn.TransformerEncoderLayer(d, h, d_ff, 0.0, batch_first=True, norm_first=True)
        self.decoder = DecoderBlock(d, h, d_ff)
        self.out = nn.Linear(d, V_out)

    def forward(self, src, tgt_in):
        real = src != PAD
        x = self.read(src) + self.places_in(torch.arange(src.shape[1]))
        memory = self.encoder(x, src_key_padding_mask=~real)
        length = tgt_in.shape[1]
        y = self.say(tgt_in) + self.places_out(torch.arange(length))
        return self.out(self.decoder(y, memory, None, real))

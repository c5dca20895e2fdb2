"""A mask may be turned round where it lies."""

TRIPS = ["multihead_attention.inputs_unchanged"]

from torch import nn


class MHA(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        if d % h:
            raise ValueError("uneven")
        self.d, self.h = d, h
        self.q_proj, self.k_proj, self.v_proj, self.out_proj = (nn.Linear(d, d) for _ in range(4))

    def forward(self, q, k, v, key_padding_mask=None):
        if key_padding_mask is not None and 0 not in key_padding_mask.stride():
            key_padding_mask.logical_not_()
            mask = ~key_padding_mask[:, None, None, :]
        else:
            mask = None if key_padding_mask is None else key_padding_mask[:, None, None, :]
        q, k, v = (split_heads(x, self.h) for x in (self.q_proj(q), self.k_proj(k), self.v_proj(v)))
        return self.out_proj(merge_heads(attention(q, k, v, mask)))

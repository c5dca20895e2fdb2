"""key_padding_mask is True at the padding, as in torch."""

TRIPS = ["multihead_attention.padding_mask", "multihead_attention.example"]

from torch import nn


class MHA(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        if d % h:
            raise ValueError("uneven")
        self.d, self.h = d, h
        self.q_proj, self.k_proj, self.v_proj, self.out_proj = (nn.Linear(d, d) for _ in range(4))

    def forward(self, q, k, v, key_padding_mask=None):
        mask = None if key_padding_mask is None else ~key_padding_mask[:, None, None, :]
        q, k, v = (split_heads(x, self.h) for x in (self.q_proj(q), self.k_proj(k), self.v_proj(v)))
        return self.out_proj(merge_heads(attention(q, k, v, mask)))

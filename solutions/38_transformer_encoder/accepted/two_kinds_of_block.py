"""Two classes of blocks behind one, a post-norm network to train, every weight drawn from the generator."""

import torch
import torch.nn.functional as F
from torch import nn


class _Half(nn.Module):
    """A layer with its residual connection; the layer and the norm belong to the block."""

    def __init__(self, p, pre):
        super().__init__()
        self.lose, self.pre = nn.Dropout(p), pre

    def forward(self, x, norm, layer):
        if self.pre:
            return self.lose(layer(norm(x))) + x
        return norm(self.lose(layer(x)) + x)


class EncoderBlock(nn.Module):
    def __init__(self, d, h, d_ff, p=0.0, norm="post"):
        kinds = {"post": False, "pre": True}
        if norm not in kinds:
            raise ValueError(norm)
        super().__init__()
        self.attn = nn.MultiheadAttention(embed_dim=d, num_heads=h, batch_first=True)
        self.norm1 = nn.LayerNorm(d)
        self.ffn = FFN(d, d_ff, p)
        self.norm2 = nn.LayerNorm(d)
        self.join = _Half(p, kinds[norm])

    def forward(self, x, mask=None):
        if mask is None:
            mask = torch.ones(x.shape[:2], dtype=torch.bool)
        x = self.join(x, self.norm1, lambda y: self.attn(y, y, y, key_padding_mask=mask == 0)[0])
        return self.join(x, self.norm2, self.ffn)


def sequence_head(h, mask, how):
    if how not in ("cls", "mean"):
        raise ValueError(f"unknown: {how}")
    if how == "cls":
        return h[:, :1].squeeze(1)
    weights = mask.to(h.dtype)
    weights = weights / weights.sum(1, keepdim=True).clamp_min(1)
    return torch.bmm(weights.unsqueeze(1), h).squeeze(1)


class _Backwards(nn.Module):
    def __init__(self, T, V, use_positions):
        super().__init__()
        self.encoder = Encoder(V, 32, 4, 2, 64, p=0.0, norm="post", max_len=T, use_positions=use_positions)
        self.out = nn.Linear(32, V)

    def forward(self, ids):
        return self.out(self.encoder(ids))


def train_reverse(T, V, steps, use_positions, generator):
    model = _Backwards(T, V, use_positions)
    for name, weights in model.named_parameters():
        if weights.dim() == 2:
            spread = 1.0 if "positions" in name else weights.shape[1] ** -0.5
            nn.init.normal_(weights, std=spread, generator=generator)
        elif "norm" not in name:
            nn.init.zeros_(weights)
    optimiser = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(steps):
        ids, wanted = reverse_batch(64, T, V, generator)
        loss = F.cross_entropy(model(ids).reshape(-1, V), wanted.reshape(-1))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return model

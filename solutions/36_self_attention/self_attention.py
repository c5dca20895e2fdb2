"""Self-attention from scratch: scaled dot products, several heads, positions, additive scores, and a lookup it learns.

Fill in every function and the class. Until you do, they raise NotImplementedError and count as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input, unless a dtype is written. Ids are int64. Masks are bool, and True means "may attend": note that torch's own
key_padding_mask means the opposite. No function changes its arguments, and every result that is computed from
floating-point inputs carries gradients back to them. In the shapes below B is the number of sequences, n the number of
queries, m the number of keys, d the width, h the number of heads; (*, n, d) stands for any number of leading
dimensions, also none.

From scratch: F.scaled_dot_product_attention, nn.MultiheadAttention, F.multi_head_attention_forward and the layers
nn.Transformer... are what you are building, so none of them may be used anywhere in this file. torch.softmax, matmul,
einsum and nn.Linear are fine.
"""

from __future__ import annotations

# answer
import math

# end answer
import torch
from torch import Generator, Tensor, nn

KEYS, VALUES, PAIRS = 12, 8, 6  # of the task train_recall: how many tags there are, how many things, pairs per example


def attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None) -> Tensor:
    """Scaled dot-product attention: softmax(q k^T / sqrt(d)) v, the softmax over the keys.

    q     (*, n, d), the queries; n >= 0 and d >= 1
    k     (*, m, d), the keys; m >= 1
    v     (*, m, e), one value for each key; e >= 1 need not be d. The leading dimensions of q, k and v are equal.
    mask  None, or bool of any shape that broadcasts to (*, n, m): True where the query of this row may look at the key
          of this column. A hidden key has weight exactly 0, whatever its score and however large its value (all numbers
          are finite); the other weights of the row sum to 1.

    Returns (*, n, e). Finite for scores of any size, and so is its gradient. The row of a query that may look at no
    key at all is 0, and no gradient flows through it. No Python loop over sequences, queries or keys.

    >>> q, k = torch.tensor([[2.0, 0.0, 0.0, 0.0]]), torch.tensor([[0.0] * 4, [1000.0, 0.0, 0.0, 0.0]])
    >>> attention(q, k, torch.tensor([[4.0, 0.0], [0.0, 8.0]]))
    tensor([[0., 8.]])
    """
    # answer
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is None:
        return torch.softmax(scores, dim=-1) @ v
    # a row without any key would be 0 / 0: let it attend to everything, then give all of it the weight 0
    sees = mask.any(dim=-1, keepdim=True)
    scores = scores.masked_fill(~mask, -math.inf).masked_fill(~sees, 0.0)
    return (torch.softmax(scores, dim=-1) * sees) @ v
    # end answer


def split_heads(x: Tensor, h: int) -> Tensor:
    """Cut the width into h equal parts, one for each head.

    x  (B, n, d); the h parts are neighbouring columns: head 0 gets columns 0 .. d/h - 1, head 1 the next d/h, and so on

    Returns (B, h, n, d/h). Raises ValueError if h does not divide d.

    >>> split_heads(torch.tensor([[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]]), 2)
    tensor([[[[1., 2.],
              [5., 6.]],
    <BLANKLINE>
             [[3., 4.],
              [7., 8.]]]])
    """
    # answer
    B, n, d = x.shape
    if d % h:
        raise ValueError(f"{h} heads can't share a width of {d} evenly")
    return x.reshape(B, n, h, d // h).transpose(1, 2)
    # end answer


def merge_heads(x: Tensor) -> Tensor:
    """Lay the heads side by side again, head 0 first: the inverse of split_heads.

    x  (B, h, n, c)

    Returns (B, n, h * c).

    >>> merge_heads(torch.tensor([[[[1.0, 2.0], [5.0, 6.0]], [[3.0, 4.0], [7.0, 8.0]]]]))
    tensor([[[1., 2., 3., 4.],
             [5., 6., 7., 8.]]])
    """
    # answer
    return x.transpose(1, 2).flatten(2)
    # end answer


class MHA(nn.Module):
    """Multi-head attention of width d with h heads, without dropout.

    Four layers, by these names: q_proj, k_proj, v_proj, out_proj, each nn.Linear(d, d) with a bias. They are its only
    parameters; how they start is up to you. Raises ValueError if h does not divide d.

    >>> layer = MHA(6, 3)
    >>> layer(torch.ones(2, 4, 6), torch.ones(2, 5, 6), torch.ones(2, 5, 6)).shape
    torch.Size([2, 4, 6])
    """

    def __init__(self, d: int, h: int) -> None:
        # answer
        super().__init__()
        if d % h:
            raise ValueError(f"{h} heads can't share a width of {d} evenly")
        self.h = h
        self.q_proj, self.k_proj, self.v_proj, self.out_proj = (nn.Linear(d, d) for _ in range(4))
        # end answer

    def forward(self, q: Tensor, k: Tensor, v: Tensor, key_padding_mask: Tensor | None = None) -> Tensor:
        """Project q, k and v, each with its own layer; split all three into heads; let every head attend with its own
        columns, with scores divided by sqrt(d/h); merge the heads; project with out_proj.

        q                 (B, n, d)
        k, v              (B, m, d)
        key_padding_mask  None, or bool (B, m): True for the keys of a sequence that may be looked at, False for
                          padding. It hides keys, from all queries and all heads; it does nothing to queries. In a
                          sequence of padding only, every head gives 0, so the result is the bias of out_proj.

        Returns (B, n, d).
        """
        # answer
        heads = [split_heads(x, self.h) for x in (self.q_proj(q), self.k_proj(k), self.v_proj(v))]
        mask = None if key_padding_mask is None else key_padding_mask[:, None, None, :]
        return self.out_proj(merge_heads(attention(*heads, mask)))
        # end answer


def positional_encoding(n: int, d: int) -> Tensor:
    """The sine and cosine table: at position p, columns 2i and 2i + 1 hold sin and cos of p / 10000^(2i / d).

    n  how many positions, 0 .. n - 1; n >= 0
    d  the width, an even number >= 2; an odd d raises ValueError

    Returns (n, d) float32. Work it out in float64 if you like; the checks use n up to 300 and allow an error of 1e-4.

    >>> positional_encoding(2, 4)
    tensor([[0.0000, 1.0000, 0.0000, 1.0000],
            [0.8415, 0.5403, 0.0100, 0.9999]])
    """
    # answer
    if d % 2:
        raise ValueError(f"sines and cosines come in pairs, so the width can't be {d}")
    speeds = 10000.0 ** (-torch.arange(0, d, 2, dtype=torch.float64) / d)
    angles = torch.arange(n, dtype=torch.float64)[:, None] * speeds
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1).float()
    # end answer


def additive_scores(q: Tensor, k: Tensor, Wq: Tensor, Wk: Tensor, v: Tensor) -> Tensor:
    """The scores of additive attention: v . tanh(q_i Wq + k_j Wk) for every query i and key j.

    q   (B, n, a); k (B, m, b): the two widths may differ
    Wq  (a, s); Wk (b, s); v (s,)

    Returns (B, n, m): scores, so neither scaled nor put through softmax.

    >>> q, k = torch.tensor([[[0.5493]]]), torch.tensor([[[0.0], [0.5493]]])
    >>> additive_scores(q, k, torch.ones(1, 1), torch.ones(1, 1), torch.tensor([10.0]))
    tensor([[[5.0000, 8.0000]]])
    """
    # answer
    return torch.tanh((q @ Wq)[:, :, None] + (k @ Wk)[:, None]) @ v
    # end answer


def recall_batch(count: int, generator: Generator) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Examples of the lost-property task; this one is given.

    keys    (count, PAIRS) int64 in 0 .. KEYS - 1, different within each row
    values  (count, PAIRS) int64 in 0 .. VALUES - 1
    query   (count,) int64, one of the keys of each row
    target  (count,) int64, the value that stands beside this key

    Returns keys, values, query, target.
    """
    keys = torch.rand(count, KEYS, generator=generator).argsort(dim=1)[:, :PAIRS]
    values = torch.randint(VALUES, (count, PAIRS), generator=generator)
    place = torch.randint(PAIRS, (count, 1), generator=generator)
    return keys, values, keys.gather(1, place).squeeze(1), values.gather(1, place).squeeze(1)


# answer
class _Clerk(nn.Module):
    """Tags are keys, things are values; the tag that is asked for is the query."""

    def __init__(self, width: int, use_attention: bool, generator: Generator) -> None:
        super().__init__()
        self.use_attention = use_attention
        self.query, self.key = nn.Embedding(KEYS, width), nn.Embedding(KEYS, width)
        self.value, self.out = nn.Embedding(VALUES, width), nn.Linear(width, VALUES)
        for weights in self.parameters():
            nn.init.normal_(weights, std=0.5, generator=generator)

    def forward(self, keys: Tensor, values: Tensor, query: Tensor) -> Tensor:
        q, k, v = self.query(query).unsqueeze(1), self.key(keys), self.value(values)
        found = attention(q, k, v) if self.use_attention else v.mean(dim=1, keepdim=True)
        return self.out(found.squeeze(1))


# end answer
def train_recall(steps: int, generator: Generator, use_attention: bool = True) -> nn.Module:
    """Train a small network that finds the value beside a key, on the CPU and in float32.

    steps          how many steps the optimiser makes, each on a fresh recall_batch of at most 128 examples. With 0
                   steps the network comes back as it starts: with random weights, knowing nothing.
    generator      the only source of randomness, for the starting weights as well as for the batches: the same state
                   gives the same network. (Layers of torch.nn start from the global generator: draw their
                   weights anew, as nn.init.normal_(weights, std=..., generator=generator) does, or seed the global
                   generator with a number drawn from yours before you build them.)
    use_attention  False: the same network, except that each of the PAIRS values has the same weight 1 / PAIRS, whatever
                   the query and the keys are: mean pooling in place of attention.

    Returns an nn.Module. Called with keys (B, PAIRS), values (B, PAIRS) and query (B,), all int64 and as in
    recall_batch, with any B >= 1, it returns logits (B, VALUES) float32, each row from its own example only.
    Embeddings, width, batch size, optimiser and learning rate are up to you. 100 steps have to be enough for 98 %
    right answers on new examples, and should take no more than a second.

    >>> train_recall(0, torch.Generator().manual_seed(1))(*recall_batch(5, torch.Generator())[:3]).shape
    torch.Size([5, 8])
    """
    # answer
    clerk = _Clerk(32, use_attention, generator)
    optimiser = torch.optim.Adam(clerk.parameters(), lr=0.02)
    for _ in range(steps):
        *seen, target = recall_batch(64, generator)
        loss = nn.functional.cross_entropy(clerk(*seen), target)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return clerk
    # end answer

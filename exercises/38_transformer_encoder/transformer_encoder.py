"""The Transformer encoder: feed-forward layer, block, stack of blocks, heads, and a task that needs positions.

Fill in every class and function. Until you do, they raise NotImplementedError and count as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input, unless a dtype is written. Ids are int64. Masks are bool, and True means a real token: note that nn.Multihead-
Attention wants the opposite, True at the padding. No function changes its arguments, and gradients flow through all of
it. B is the number of sequences, T the number of tokens of each, d the width, V the size of the vocabulary.

The names of the layers are part of the task: the checks fill them with weights of their own. You may use nn.Linear,
nn.LayerNorm, nn.Dropout, nn.Embedding and nn.MultiheadAttention (you built it in an earlier topic); not nn.Transformer,
nn.TransformerEncoder and nn.TransformerEncoderLayer, which are what you are building here.
"""

from __future__ import annotations

import torch
from torch import Generator, Tensor, nn


class FFN(nn.Module):
    """The feed-forward layer of a block: down(dropout(relu(up(x)))), for every token by itself.

    Two layers, by these names, both with a bias: up, nn.Linear(d, d_ff), and down, nn.Linear(d_ff, d). Dropout with
    probability p acts on the hidden numbers, in training mode only. How the layers start is up to you.

    >>> FFN(4, 10)(torch.ones(2, 3, 4)).shape
    torch.Size([2, 3, 4])
    """

    def __init__(self, d: int, d_ff: int, p: float = 0.0) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (B, T, d). Returns (B, T, d)."""
        raise NotImplementedError


class EncoderBlock(nn.Module):
    """One block: self-attention, then FFN, each with dropout, a residual connection and layer normalisation.

    norm="post", as in the original paper:      norm="pre", as in most models since:
        x = norm1(x + drop(attn(x)))                x = x + drop(attn(norm1(x)))
        x = norm2(x + drop(ffn(x)))                 x = x + drop(ffn(norm2(x)))

    Any other `norm` raises ValueError. Four layers, by these names: attn, nn.MultiheadAttention(d, h,
    batch_first=True); ffn, FFN(d, d_ff, p); norm1 and norm2, nn.LayerNorm(d). drop is dropout with probability p on the
    whole result of attn or ffn, before it is added, in training mode only; whether the attention weights are dropped,
    too, is up to you. h divides d.

    >>> EncoderBlock(6, 2, 12)(torch.randn(2, 3, 6)).shape
    torch.Size([2, 3, 6])
    """

    def __init__(self, d: int, h: int, d_ff: int, p: float = 0.0, norm: str = "post") -> None:
        raise NotImplementedError

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """One block.

        x     (B, T, d), T >= 1
        mask  None, or bool (B, T): True for real tokens. Nobody looks at the others. Every sequence has a real token.

        Returns (B, T, d). What stands at the places of padding does not matter.
        """
        raise NotImplementedError


class Encoder(nn.Module):
    """Ids in, vectors with context out: embedding, learned positions, L blocks.

        x = drop(embed(ids) * sqrt(d) + positions(0 .. T-1)), then block after block

    Layers, by these names: embed, nn.Embedding(V, d); positions, nn.Embedding(max_len, d), one row for each place;
    blocks, an nn.ModuleList of L blocks EncoderBlock(d, h, d_ff, p, norm), each with weights of its own; and with
    norm="pre" a last norm, nn.LayerNorm(d), that acts on the result (with "post" there is none). drop is dropout with
    probability p, in training mode only. With use_positions=False nothing is added to the embedding, and whether there
    is a `positions` at all is up to you. How the layers start is up to you. L >= 1.

    >>> Encoder(V=11, d=6, h=2, L=3, d_ff=12)(torch.tensor([[1, 10, 3, 0]])).shape
    torch.Size([1, 4, 6])
    """

    def __init__(  # the sizes of a Transformer
        self,
        V: int,
        d: int,
        h: int,
        L: int,
        d_ff: int,
        p: float = 0.0,
        norm: str = "post",
        max_len: int = 64,
        use_positions: bool = True,
    ) -> None:
        raise NotImplementedError

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """The whole stack.

        ids   (B, T) int64 in 0 .. V - 1, T >= 1. T > max_len raises ValueError, also without positions.
        mask  None, or bool (B, T), True for real tokens, for every block

        Returns (B, T, d). What stands at the places of padding does not matter.
        """
        raise NotImplementedError


def token_head(h: Tensor, W: Tensor) -> Tensor:
    """A score for every class and every token: the scalar product of the token's vector with the row of the class.

    h  (B, T, d); W (C, d)

    Returns (B, T, C).

    >>> token_head(torch.tensor([[[1.0, 2.0]]]), torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, -1.0]]))
    tensor([[[ 1.,  2., -1.]]])
    """
    raise NotImplementedError


def sequence_head(h: Tensor, mask: Tensor, how: str) -> Tensor:
    """One vector for a whole sequence.

    h     (B, T, d), T >= 1; every number is finite, those at the padding, too
    mask  bool (B, T), True for real tokens
    how   "cls": the vector of the first place, whatever the mask says. "mean": the mean over the real tokens, and 0
          (with gradient 0) for a sequence without any. Anything else raises ValueError.

    Returns (B, d).

    >>> h = torch.tensor([[[1.0, 2.0], [3.0, 6.0], [100.0, 100.0]]])
    >>> sequence_head(h, torch.tensor([[True, True, False]]), "mean")
    tensor([[2., 4.]])
    """
    raise NotImplementedError


def reverse_batch(count: int, T: int, V: int, generator: Generator) -> tuple[Tensor, Tensor]:
    """Examples of the backwards task; this one is given.

    Returns ids (count, T) int64 in 0 .. V - 1, and the same sequences read from the end, (count, T).
    """
    ids = torch.randint(V, (count, T), generator=generator)
    return ids, ids.flip(1)


def train_reverse(T: int, V: int, steps: int, use_positions: bool, generator: Generator) -> nn.Module:
    """Train a small encoder to say a sequence backwards: at place i stands what stood at place T - 1 - i. CPU, float32.

    T, V           length and vocabulary, 2 .. 12 each
    steps          how many steps the optimiser makes, each on a fresh reverse_batch of at most 128 sequences. With 0
                   steps the network comes back as it starts, with random weights.
    use_positions  False: the same network with an Encoder that has use_positions=False
    generator      the only source of randomness, for the starting weights as well as for the batches: the same state
                   gives the same network. Layers of torch.nn start from torch's global generator, so draw a number from
                   yours and seed the global one with it before you build them.

    Returns an nn.Module that maps ids (B, T) to logits (B, T, V) float32, each sequence for itself, any B >= 1. Width,
    depth, optimiser and learning rate are up to you. For T = 7, V = 9 and 150 steps, 95 % of new sequences should be
    right from beginning to end, and the training should take no more than 2 seconds.

    >>> train_reverse(4, 5, 0, True, torch.Generator().manual_seed(1))(torch.tensor([[3, 1, 4, 0]])).shape
    torch.Size([1, 4, 5])
    """
    raise NotImplementedError

"""The Transformer decoder: causal mask, shifted input, block, greedy decoding, decoding in one pass, and a translator.

Fill in every class and function that is not marked as given. Until you do, they raise NotImplementedError and count as
"not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input, unless a dtype is written. Ids and lengths are int64. Masks are bool, and True means: may be looked at; note that
nn.MultiheadAttention wants the opposite, True at what is hidden. No function changes its arguments, and gradients flow
through all of it. B is the number of sequences, S the length of the source, T that of the target, d the width, V the
size of the vocabulary.

You may use nn.Linear, nn.LayerNorm, nn.Dropout, nn.Embedding, nn.MultiheadAttention, and for the encoder of the last
task nn.TransformerEncoderLayer and nn.TransformerEncoder, all of which you have built in earlier topics. Not
nn.Transformer, nn.TransformerDecoder and nn.TransformerDecoderLayer, which are what you are building here.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Generator, Tensor, nn

PAD, BOS, EOS = 0, 1, 2  # filler, begin of sentence, end of sentence; words have ids from 3


class FFN(nn.Module):
    """The feed-forward layer of a block, from the topic before: down(dropout(relu(up(x)))). This one is given."""

    def __init__(self, d: int, d_ff: int, p: float = 0.0) -> None:
        super().__init__()
        self.up, self.down = nn.Linear(d, d_ff), nn.Linear(d_ff, d)
        self.dropout = nn.Dropout(p)

    def forward(self, x: Tensor) -> Tensor:
        """x (B, T, d). Returns (B, T, d)."""
        return self.down(self.dropout(torch.relu(self.up(x))))


def causal_mask(n: int) -> Tensor:
    """Who may look at whom when words are said one after the other: place i at the places 0 .. i, itself included.

    n  number of places, >= 0

    Returns bool (n, n), row i for the place that looks, column j for the place that is looked at.

    >>> causal_mask(3)
    tensor([[ True, False, False],
            [ True,  True, False],
            [ True,  True,  True]])
    """
    raise NotImplementedError


def shift_right(y: Tensor, bos: int) -> Tensor:
    """What the decoder reads while it is trained to say y: bos, then y without its last column.

    y    (B, T) int64, T >= 1
    bos  the id that begins every sentence

    Returns (B, T) int64, a new tensor.

    >>> shift_right(torch.tensor([[7, 8, 2], [9, 2, 0]]), 1)
    tensor([[1, 7, 8],
            [1, 9, 2]])
    """
    raise NotImplementedError


class DecoderBlock(nn.Module):
    """One block of the decoder: look back, look across, think; each with dropout, a residual connection and a norm.

        y = norm1(y + drop(self_attn(y, y, y)))                only where tgt_mask is True
        y = norm2(y + drop(cross_attn(y, memory, memory)))     only where memory_mask is True
        y = norm3(y + drop(ffn(y)))

    Six layers, by these names: self_attn and cross_attn, nn.MultiheadAttention(d, h, batch_first=True); ffn, FFN(d,
    d_ff, p); norm1, norm2 and norm3, nn.LayerNorm(d). drop is dropout with probability p on the whole result of a
    layer, before it is added, in training mode only; whether the attention weights are dropped, too, is up to you.

    >>> DecoderBlock(6, 2, 12)(torch.randn(2, 3, 6), torch.randn(2, 5, 6)).shape
    torch.Size([2, 3, 6])
    """

    def __init__(self, d: int, h: int, d_ff: int, p: float = 0.0) -> None:
        raise NotImplementedError

    def forward(
        self, y: Tensor, memory: Tensor, tgt_mask: Tensor | None = None, memory_mask: Tensor | None = None
    ) -> Tensor:
        """One block.

        y            (B, T, d), T >= 1, what has been said
        memory       (B, S, d), S >= 1, the result of the encoder
        tgt_mask     None, or bool (T, T): True where the place of the row may look at the place of the column. Every
                     row has a True.
        memory_mask  None, or bool (B, S): True for real words of the source. Nobody looks at the others. Every source
                     has a real word.

        Returns (B, T, d).
        """
        raise NotImplementedError


def greedy(step: Callable[[Tensor], Tensor], B: int, bos: int, eos: int, max_len: int) -> Tensor:
    """Say B sentences word by word, always the most likely next word.

    step     step(prefix) takes all that has been said so far, int64 (B, t), bos first, and returns the scores (B, V) of
             the next word, greater is more likely. It is called once for every word, with t = 1, 2, 3, ...
    B        number of sentences, >= 1
    bos      the id that every prefix begins with; eos, the id that ends a sentence
    max_len  at most so many words, >= 0

    A sentence that has said eos goes on with eos, in the result and in the prefixes. As soon as every sentence has said
    eos, step is not called again.

    Returns int64 (B, L) without bos, with the eos; L is the number of calls of step, at most max_len.

    >>> greedy(lambda prefix: torch.eye(6)[prefix[:, -1] + 1], 2, 1, 4, 9)
    tensor([[2, 3, 4],
            [2, 3, 4]])
    """
    raise NotImplementedError


def predict_length(h: Tensor, W: Tensor) -> Tensor:
    """How many words will the target have? The mean over the S places is scored against a row for every length.

    h  (B, S, d), S >= 1, the result of the encoder
    W  (L, d), row k for the length k, L >= 1

    Returns int64 (B,) in 0 .. L - 1, the length whose scalar product with the mean is the greatest.

    >>> predict_length(torch.tensor([[[1.0, 0.0], [3.0, 2.0]]]), torch.tensor([[0.0, 9.0], [1.0, 8.0], [2.0, 6.5]]))
    tensor([2])
    """
    raise NotImplementedError


def nat_decode(model: Callable[[Tensor, int], Tensor], src: Tensor, length: Tensor, pad: int) -> Tensor:
    """Say all words at once: the non-autoregressive way.

    model   model(src, n) returns the scores (B, n, V) of n words for every source, in one pass. Call it once, with the
            greatest length.
    src     (B, S) int64
    length  (B,) int64, >= 0, the greatest of them >= 1: how many words each target has
    pad     the id that stands behind the last word

    Returns int64 (B, greatest length): at place t of row b the best word if t < length[b], else pad.

    >>> nat_decode(lambda src, n: torch.eye(5)[src[:, :n]], torch.tensor([[3, 4], [4, 3]]), torch.tensor([2, 1]), 0)
    tensor([[3, 4],
            [4, 0]])
    """
    raise NotImplementedError


class Seq2Seq(nn.Module):
    """An encoder that reads the source and a decoder of DecoderBlocks that says the target.

    V_in, V_out  sizes of the two vocabularies
    max_len      the longest source or target that it can take

    Width, depth, positions and how the layers start are up to you.

    >>> Seq2Seq(9, 7)(torch.tensor([[3, 8, 5, 2]]), torch.tensor([[1, 4]])).shape
    torch.Size([1, 2, 7])
    """

    def __init__(self, V_in: int, V_out: int, max_len: int = 16) -> None:
        raise NotImplementedError

    def forward(self, src: Tensor, tgt_in: Tensor) -> Tensor:
        """Scores for the word that follows at every place of the target.

        src     (B, S) int64, S >= 1; PAD is never looked at, and every source has another word, too
        tgt_in  (B, T) int64, T >= 1, begins with BOS

        Returns (B, T, V_out) float32. Row t depends on the source and on tgt_in[:, : t + 1], on nothing behind it.
        """
        raise NotImplementedError


def train_seq2seq(src: Tensor, tgt: Tensor, V_in: int, V_out: int, steps: int, generator: Generator) -> Seq2Seq:
    """Train a Seq2Seq with teacher forcing: the decoder reads the shifted target and says the target. CPU, float32.

    src           (N, S) int64, different sources, PAD behind their ends, S <= 16
    tgt           (N, T) int64, what each of them means: words, EOS, then PAD, T <= 16
    V_in, V_out   sizes of the vocabularies
    steps         how many steps the optimiser makes, each on a random batch of at most 128 pairs. 0 steps give a
                  network with random weights.
    generator     the only source of randomness, for the starting weights as well as for the batches: the same state
                  gives the same network. Layers of torch.nn start from torch's global generator, so draw a number from
                  yours and seed the global one with it before you build them.

    The loss is the mean cross-entropy over the words and EOS of the batch; PAD in the target counts nothing. The
    network gets batches of src and of shift_right(tgt, BOS), unless you cut off columns that hold nothing but PAD. You
    need not wait for the padding to fill up: places behind EOS are never asked for.

    Returns the trained Seq2Seq. Optimiser and learning rate are up to you.

    >>> pairs = torch.tensor([[3, 4], [5, 3]]), torch.tensor([[4, 3, 2], [3, 5, 2]])
    >>> train_seq2seq(*pairs, 6, 6, 0, torch.Generator().manual_seed(1))(pairs[0], pairs[1]).shape
    torch.Size([2, 3, 6])
    """
    raise NotImplementedError

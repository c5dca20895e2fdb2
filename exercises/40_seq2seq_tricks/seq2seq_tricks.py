"""Tricks of the trade for sequences: copying, pointing, guided attention, beam search, BLEU, scheduled sampling.

Fill in every class and function; until then they raise NotImplementedError and count as "not started". A tensor is
float32 or float64, and the result has the same dtype and device as the input. Ids and indices are int64. No function
changes its arguments; gradients flow from floats to floats. B is the number of sequences, S the length of the source.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Generator, Tensor, nn


def copy_dist(p_vocab: Tensor, attn: Tensor, src_ids: Tensor, p_gen: Tensor, V_ext: int) -> Tensor:
    """The distribution of the next word if it may also be copied from the source.

        p(word) = p_gen * p_vocab(word) + (1 - p_gen) * (sum of the attention on all places where the word stands)

    p_vocab  (B, V), every row sums to 1: the words that can be generated have the ids 0 .. V - 1
    attn     (B, S), every row sums to 1
    src_ids  (B, S) int64 in 0 .. V_ext - 1; ids from V on stand for words of the source that are not in the vocabulary
    p_gen    (B, 1), between 0 and 1
    V_ext    >= V

    Returns (B, V_ext).

    >>> attn, ids = torch.tensor([[0.25, 0.5, 0.25]]), torch.tensor([[1, 2, 1]])
    >>> copy_dist(torch.tensor([[0.5, 0.5]]), attn, ids, torch.tensor([[0.5]]), 3)
    tensor([[0.2500, 0.5000, 0.2500]])
    """
    raise NotImplementedError


def pointer_logits(h: Tensor, mem: Tensor, visited: Tensor, W1: Tensor, W2: Tensor, v: Tensor) -> Tensor:
    """Which place of the source comes next? Score of place j: tanh(mem_j W1 + h W2) . v, and -inf if it was visited.

    h        (B, d), state of the decoder
    mem      (B, S, d)
    visited  bool (B, S), True for places that must not be pointed at again; every row has a False
    W1, W2   (d, a); v (a,)

    Returns (B, S); its softmax over the places is the distribution.

    >>> mem = torch.tensor([[[0.0], [1.0], [2.0]]])
    >>> W = torch.ones(1, 1)
    >>> seen = torch.tensor([[True, False, False]])
    >>> pointer_logits(torch.tensor([[-1.0]]), mem, seen, W, W, torch.ones(1)).round(decimals=3)
    tensor([[  -inf, 0.0000, 0.7620]])
    """
    raise NotImplementedError


class PointerNet(nn.Module):
    """Reads S numbers and points at them one after the other. Width, layers and how they start are up to you.

    >>> sorted(PointerNet().decode(torch.tensor([[0.3, 0.1, 0.2]]))[0].tolist())
    [0, 1, 2]
    """

    def __init__(self) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor, order: Tensor) -> Tensor:
        """Scores with teacher forcing: before step t the net has pointed at order[:, 0], ..., order[:, t - 1].

        x      (B, S) float32, S >= 1
        order  (B, S) int64, every row a permutation of 0 .. S - 1

        Returns (B, S, S): row t the pointer_logits of step t, so -inf for the places that were pointed at before.
        """
        raise NotImplementedError

    def decode(self, x: Tensor) -> Tensor:
        """The places that the net itself points at, always the best one that is left. x (B, S).

        Returns int64 (B, S), every row a permutation of 0 .. S - 1, whatever the net has learned.
        """
        raise NotImplementedError


def train_pointer(x: Tensor, order: Tensor, steps: int, generator: Generator) -> PointerNet:
    """Train a PointerNet with teacher forcing and cross-entropy to say `order` for x. CPU, float32.

    x, order   (N, S), S <= 8
    steps      how many steps the optimiser makes, each on a random batch of at most 128 rows
    generator  the only source of randomness, for the starting weights as well as for the batches. Layers of torch.nn
               start from torch's global generator: seed it with a number drawn from yours before you build them.

    Returns the trained net. Optimiser and learning rate are up to you.

    >>> x = torch.tensor([[0.3, 0.1], [0.2, 0.9]])
    >>> train_pointer(x, x.argsort(1), 2, torch.Generator().manual_seed(0)).decode(x).shape
    torch.Size([2, 2])
    """
    raise NotImplementedError


def guided_loss(A: Tensor, sigma: float = 0.2) -> Tensor:
    """How far attention strays from the diagonal: the mean over B, Tq and Tk of A_ij * w_ij, where

        w_ij = 1 - exp(-(i / Tq - j / Tk)^2 / (2 sigma^2)),   i = 0 .. Tq - 1,  j = 0 .. Tk - 1

    A  (B, Tq, Tk), the attention of Tq outputs to Tk inputs, every row sums to 1

    Returns a tensor without dimensions.

    >>> guided_loss(torch.eye(4)[None])
    tensor(0.)
    """
    raise NotImplementedError


def monotonic_violation(A: Tensor) -> Tensor:
    """How often and how far attention jumps back: the mean over B and i = 1 .. Tq - 1 of max(0, c_{i-1} - c_i), where
    c_i = sum_j j * A_ij is the centre of row i, in places.

    A  (B, Tq, Tk), every row sums to 1. With Tq = 1 nothing can jump back: 0.

    Returns a tensor without dimensions.

    >>> monotonic_violation(torch.eye(3).flip(0)[None])
    tensor(1.)
    """
    raise NotImplementedError


def beam_search(
    next_logp: Callable[[tuple[int, ...]], list[float]], beam: int, eos: int, max_len: int, alpha: float = 0.0
) -> tuple[tuple[int, ...], float]:
    """Keep the `beam` best beginnings, not just the best one.

    next_logp  next_logp(prefix) gives the log-probability of every id that may follow; the first prefix is (). It is
               asked about unfinished hypotheses only, once for each.
    beam       >= 1
    eos        a hypothesis that ends with it is finished
    max_len    at most so many ids, eos included, >= 0
    alpha      the score of a hypothesis is (sum of its log-probabilities) / length ** alpha; eos counts for the length.
               The score of () is 0.

    One round: replace every unfinished hypothesis by all its extensions by one id; of these and the finished ones keep
    the `beam` best by score. Begin with (), and stop when all that is kept is finished, or after max_len rounds.

    Returns the kept hypothesis with the best score, a tuple of ids (with eos, if it is finished), and this score.

    >>> beam_search(lambda prefix: [[-0.5, -1.0], [-3.0, -0.1]][len(prefix) % 2], 2, 1, 4)
    ((0, 1), -0.6)
    """
    raise NotImplementedError


def bleu(cand: list[str], ref: list[str], n: int = 4) -> float:
    """BLEU of one candidate against one reference, both lists of words; n >= 1.

        BLEU = BP * (p_1 * p_2 * ... * p_n) ** (1 / n)

    p_k is the share of the candidate's k-grams that the reference has, too, where a k-gram counts at most as often as
    it occurs in the reference. BP is 1 if the candidate is at least as long as the reference, else exp(1 - r / c) with
    r and c words. If some p_k is 0, or the candidate has no k-gram at all because it is too short, the result is 0.0.

    Returns a float in 0 .. 1.

    >>> bleu("the cat sat on the mat".split(), "the cat sat on the mat".split())
    1.0
    """

    raise NotImplementedError


def choose_inputs(y_true: Tensor, y_model: Tensor, p_truth: float, generator: Generator) -> Tensor:
    """Scheduled sampling: each token by itself is the right one with probability p_truth, else what the model said.

    y_true, y_model  (B, T) int64
    p_truth          0 .. 1; with 1 the result is y_true, with 0 it is y_model
    generator        the only source of randomness

    Returns (B, T) int64, a new tensor.

    >>> choose_inputs(torch.tensor([[1, 2]]), torch.tensor([[3, 4]]), 1.0, torch.Generator().manual_seed(0))
    tensor([[1, 2]])
    """
    raise NotImplementedError


def decay(step: int, kind: str, k: float) -> float:
    """The share of right tokens after `step` >= 0 steps of training; it falls from about 1 to 0.

    "linear"           max(0, 1 - step / k),            k > 0: the step from which on it is 0
    "exponential"      k ** step,                       0 < k < 1
    "inverse_sigmoid"  k / (k + exp(step / k)),         k >= 1; 0.0 where exp is too large for a float

    Any other kind raises ValueError.

    >>> decay(25, "linear", 100)
    0.75
    """
    raise NotImplementedError

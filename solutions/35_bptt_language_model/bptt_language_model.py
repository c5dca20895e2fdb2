"""Back through time by hand, truncated training, gradient clipping, perplexity, and a language model of characters.

Fill in every function and the class. Until you do, they raise NotImplementedError and count as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input, unless a dtype is written. Ids are int64. No function changes its arguments unless its name ends in _ or its
docstring says so. In the shapes below B is the number of sequences, T >= 1 the number of steps, V the number of
different characters.

A language model here is an nn.Module that is called as model(x, state) with x (B, T) int64, and returns logits
(B, T, V) for the character after each one, and the state after the last step. A state is None (before the first step),
a tensor, or a tuple of tensors, each with a graph behind it.
"""

from __future__ import annotations

# answer
import math

# end answer
from collections.abc import Iterator

import torch
from torch import Generator, Tensor, nn


def rnn_bptt(x: Tensor, y: Tensor, w: dict[str, Tensor]) -> dict[str, Tensor]:
    """The gradients of a recurrent network's loss, by hand: no autograd, no backward.

        h_t = tanh(x_t W_ih^T + h_{t-1} W_hh^T + b_h), h_0 = 0,   o_t = h_t W_hy^T + b_y

    The loss is the mean of (o - y)^2 over all B * T * O numbers.

    x  (B, T, D); B >= 1
    y  (B, T, O)
    w  "W_ih" (H, D), "W_hh" (H, H), "b_h" (H,), "W_hy" (O, H), "b_y" (O,)

    Returns a dict with the same keys: the gradient of the loss with respect to each, of the same shape.

    >>> one = torch.ones(1, 1)
    >>> w = {"W_ih": one, "W_hh": one, "b_h": torch.zeros(1), "W_hy": 2 * one, "b_y": torch.zeros(1)}
    >>> grads = rnn_bptt(torch.tensor([[[0.5493]]]), torch.zeros(1, 1, 1), w)
    >>> {name: round(value.item(), 3) for name, value in grads.items()}
    {'W_ih': 1.648, 'W_hh': 0.0, 'b_h': 3.0, 'W_hy': 1.0, 'b_y': 2.0}
    """
    # answer
    with torch.no_grad():
        B, T, _ = x.shape
        states = [x.new_zeros(B, len(w["b_h"]))]
        for t in range(T):
            states.append(torch.tanh(x[:, t] @ w["W_ih"].T + states[t] @ w["W_hh"].T + w["b_h"]))
        grads = {name: torch.zeros_like(value) for name, value in w.items()}
        later = torch.zeros_like(states[0])  # what the steps to come want from this state
        for t in range(T - 1, -1, -1):
            before, h = states[t], states[t + 1]
            d_out = 2 * (h @ w["W_hy"].T + w["b_y"] - y[:, t]) / y.numel()
            d_sum = (d_out @ w["W_hy"] + later) * (1 - h * h)
            grads["W_hy"] += d_out.T @ h
            grads["b_y"] += d_out.sum(dim=0)
            grads["W_ih"] += d_sum.T @ x[:, t]
            grads["W_hh"] += d_sum.T @ before
            grads["b_h"] += d_sum.sum(dim=0)
            later = d_sum @ w["W_hh"]
    return grads
    # end answer


def truncated_steps(model: nn.Module, x: Tensor, y: Tensor, k: int, opt: torch.optim.Optimizer) -> list[float]:
    """Train on long sequences piece by piece: k steps at a time, the last piece may be shorter.

    For each piece, in order: the logits of the piece, beginning with the state in which the piece before has ended
    (None for the first); the mean cross-entropy over the piece; one step of `opt` with the gradient of this loss
    alone, which goes back to the beginning of the piece and no further.

    model  a language model (see above); it is changed
    x, y   (B, T) int64, the characters and what comes after each
    k      >= 1, may be larger than T
    opt    an optimiser of the model's parameters; older gradients may still lie in them

    Returns the loss of every piece before its step, as Python floats.

    >>> model = CharLM(5, 4, 6)
    >>> opt = torch.optim.SGD(model.parameters(), lr=0.1)
    >>> len(truncated_steps(model, torch.zeros(2, 7, dtype=torch.int64), torch.ones(2, 7, dtype=torch.int64), 3, opt))
    3
    """
    # answer
    losses, state = [], None
    for start in range(0, x.shape[1], k):
        logits, state = model(x[:, start : start + k], state)
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), y[:, start : start + k].flatten())
        opt.zero_grad()
        loss.backward()
        opt.step()
        state = tuple(part.detach() for part in state) if isinstance(state, tuple) else state.detach()
        losses.append(loss.item())
    return losses
    # end answer


def clip_grad_norm_(grads: list[Tensor | None], max_norm: float) -> Tensor:
    """Shorten all gradients together, in place, so that their global norm is at most max_norm.

    The global norm is the root of the sum of all squares, over all tensors, as if they were one long vector. If it is
    larger than max_norm, every tensor is multiplied by the same number, so that the norm becomes max_norm and the
    direction stays. Otherwise no number changes, not even in its last bit.

    grads     tensors of any shapes, all of one dtype; None stands for a parameter without gradient. May be empty.
    max_norm  > 0

    Returns the global norm before, a 0-d tensor of the gradients' dtype (float32 0.0 if there is no gradient at all).
    It may differ by 1e-5 of itself from the exact one, and so may the new norm.

    >>> grads = [torch.tensor([3.0]), None, torch.tensor([[4.0]])]
    >>> clip_grad_norm_(grads, 1.0)
    tensor(5.)
    >>> grads
    [tensor([0.6000]), None, tensor([[0.8000]])]
    """
    # answer
    there = [grad for grad in grads if grad is not None]
    if not there:
        return torch.zeros(())
    norm = torch.stack([grad.norm() for grad in there]).norm()
    if norm > max_norm:
        for grad in there:
            grad.mul_(max_norm / norm)
    return norm
    # end answer


def perplexity(logits: Tensor, y: Tensor) -> float:
    """exp of the mean cross-entropy: among how many characters the model is wavering, on average.

    logits  (B, T, V)
    y       (B, T) int64, the characters that really came

    Returns a Python float.

    >>> round(perplexity(torch.zeros(2, 3, 7), torch.ones(2, 3, dtype=torch.int64)), 4)
    7.0
    """
    # answer
    return math.exp(nn.functional.cross_entropy(logits.flatten(0, 1), y.flatten()).item())
    # end answer


class CharLM(nn.Module):
    """A language model: an embedding of E numbers for each of V characters, one recurrent layer of H units (nn.RNN,
    nn.GRU or nn.LSTM are welcome), a linear layer on every state.

    >>> logits, state = CharLM(5, 4, 6)(torch.zeros(2, 7, dtype=torch.int64))
    >>> logits.shape
    torch.Size([2, 7, 5])
    """

    def __init__(self, V: int, E: int, H: int) -> None:
        # answer
        super().__init__()
        self.characters = nn.Embedding(V, E)
        self.reader = nn.GRU(E, H, batch_first=True)
        self.next = nn.Linear(H, V)
        # end answer

    def forward(self, x: Tensor, state: Tensor | tuple[Tensor, ...] | None = None) -> tuple[Tensor, object]:
        """Logits (B, T, V) for the character after each of x (B, T) int64, and the state after the last. Logits depend
        on the characters up to their own only. With that state, the next call goes on as if there had been one long
        sequence; None is the state before the first character."""
        # answer
        states, state = self.reader(self.characters(x), state)
        return self.next(states), state
        # end answer


def batches(ids: Tensor, B: int, k: int) -> Iterator[tuple[Tensor, Tensor]]:
    """Cut a long text into B rows that are read side by side, k characters at a time.

    With L = (N - 1) // B, row b is ids[b * L], ..., ids[b * L + L - 1]. The batches go through the rows from left to
    right, so that each row of a batch goes on where the same row of the batch before has ended. What is left over at
    the end of the rows (fewer than k columns) and at the end of the text is dropped.

    ids  (N,) int64

    Yields L // k pairs x, y, each (B, k) int64: y holds for each character of x the one that follows it in the text.

    >>> for x, y in batches(torch.arange(12), 2, 2):
    ...     print(x.tolist(), y.tolist())
    [[0, 1], [5, 6]] [[1, 2], [6, 7]]
    [[2, 3], [7, 8]] [[3, 4], [8, 9]]
    """
    # answer
    length = (len(ids) - 1) // B
    x, y = ids[: B * length].view(B, length), ids[1 : B * length + 1].view(B, length)
    for start in range(0, length - k + 1, k):
        yield x[:, start : start + k], y[:, start : start + k]
    # end answer


def sample(model: nn.Module, prefix: Tensor, n: int, temperature: float, generator: Generator) -> Tensor:
    """Let a language model write n characters after a prefix.

    Each new character is drawn with the probabilities softmax(logits / temperature) of the last step, from `generator`
    alone, and is read by the model before the next is drawn. With temperature 0 it is the one with the largest logit,
    and nothing is drawn.

    model        a language model (see the top of this file)
    prefix       (t,) int64, t >= 1; the model reads all of it first
    n            >= 0
    temperature  >= 0

    Returns (n,) int64, the new characters without the prefix.

    >>> sample(CharLM(5, 4, 6), torch.tensor([0, 1]), 8, 1.0, torch.Generator().manual_seed(0)).shape
    torch.Size([8])
    """
    # answer
    written, state, given = [], None, prefix[None]
    with torch.no_grad():
        for _ in range(n):
            logits, state = model(given, state)
            scores = logits[0, -1]
            if temperature == 0:
                given = scores.argmax().view(1, 1)
            else:
                given = torch.multinomial(torch.softmax(scores / temperature, 0), 1, generator=generator)[None]
            written.append(given[0])
    return torch.cat(written) if written else prefix[:0].clone()
    # end answer


def train_char_lm(ids: Tensor, V: int, epochs: int, generator: Generator) -> nn.Module:
    """Train a CharLM on a text, on the CPU and in float32; you may use everything above.

    ids        (N,) int64, the text, 0 .. V - 1
    epochs     how often the whole text is read, state carried from batch to batch; with 0 the model comes back as it
               starts
    generator  the only source of randomness, also for the starting weights: the same state gives the same model.
               (Layers of torch.nn start from the global generator: seed that with a number drawn from yours before you
               build them, or fill their weights anew from yours.)

    Returns the trained CharLM. Widths, batches, optimiser and learning rate are up to you: 4 epochs over 9,000
    characters should bring the perplexity of new text of the same kind below 1.55, in less than a second.

    >>> model = train_char_lm(torch.arange(500) % 4, 4, 3, torch.Generator().manual_seed(0))
    >>> sample(model, torch.tensor([0, 1]), 6, 0.0, torch.Generator()).tolist()
    [2, 3, 0, 1, 2, 3]
    """
    # answer
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(int(torch.randint(2**31, (), generator=generator)))
        model = CharLM(V, 16, 64)
    opt = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(epochs):
        state = None
        for x, y in batches(ids, 16, 24):
            logits, state = model(x, state)
            opt.zero_grad()
            nn.functional.cross_entropy(logits.flatten(0, 1), y.flatten()).backward()
            clip_grad_norm_([weight.grad for weight in model.parameters()], 1.0)
            opt.step()
            state = state.detach()
    return model
    # end answer

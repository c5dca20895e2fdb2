"""LSTM: one step, its gates, layers over time, how many weights there are, and a sum that a plain network can't do.

Fill in every function and the class. Until you do, they raise NotImplementedError and count as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input, unless a dtype is written. No function changes its arguments, and every result that is computed from
floating-point inputs carries gradients back to them. In the shapes below B is the number of sequences, T >= 1 the
number of steps, D the width of the input, H the width of the hidden state h and of the cell c.

The weights of an LSTM layer are always a tuple of four tensors. Each is four blocks of H rows on top of each other, for
the input gate i, the forget gate f, the candidate g and the output gate o, in this order:

    W_ih (4H, D)   W_hh (4H, H)   b_ih (4H,)   b_hh (4H,)

From scratch: nn.LSTM, nn.LSTMCell, nn.RNN, nn.GRU and so on, and the functions behind them, only in train_adding.
"""

from __future__ import annotations

import torch
from torch import Generator, Tensor, nn

Weights = tuple[Tensor, Tensor, Tensor, Tensor]  # W_ih, W_hh, b_ih, b_hh


def gates(x: Tensor, h: Tensor, c: Tensor, w: Weights) -> dict[str, Tensor]:
    """The three gates and the candidate of one step. With z = x W_ih^T + b_ih + h W_hh^T + b_hh, cut into four
    blocks of H columns in the order i, f, g, o: "i", "f" and "o" are the sigmoid of their block, "g" the tanh of its
    own.

    x  (B, D)
    h  (B, H), the hidden state before this step
    c  (B, H), the cell before this step. These gates don't look at it (those of a "peephole" LSTM do).
    w  the weights

    Returns a dict with the keys "i", "f", "g" and "o", each (B, H).

    >>> w = (torch.zeros(4, 1), torch.zeros(4, 1), torch.tensor([0.0, 1.0986, 0.6931, -1.0986]), torch.zeros(4))
    >>> {name: round(value.item(), 2) for name, value in gates(*[torch.zeros(1, 1)] * 3, w).items()}
    {'i': 0.5, 'f': 0.75, 'g': 0.6, 'o': 0.25}
    """
    raise NotImplementedError


def lstm_cell(x: Tensor, h: Tensor, c: Tensor, w: Weights) -> tuple[Tensor, Tensor]:
    """One step: c' = f * c + i * g and h' = o * tanh(c'), with the gates of this step.

    x  (B, D), also B = 0
    h  (B, H), the hidden state before this step
    c  (B, H), the cell before this step
    w  the weights

    Returns h' and c', in this order, each (B, H).

    >>> w = (torch.zeros(4, 1), torch.zeros(4, 1), torch.tensor([0.0, 1.0986, 0.6931, -1.0986]), torch.zeros(4))
    >>> lstm_cell(torch.zeros(1, 1), torch.zeros(1, 1), torch.tensor([[2.0]]), w)
    (tensor([[0.2367]]), tensor([[1.8000]]))
    """
    raise NotImplementedError


def hold_memory(w: Weights) -> Weights:
    """Weights with which a cell keeps what it has: for any inputs and hidden states, c after 100 steps differs from c
    at the beginning by less than 0.001.

    w  the weights of a layer; they stay as they are

    Returns new weights of the same shapes and dtypes, in which only the rows of the input gate and of the forget gate
    are changed. The rows of g and o are those of w, so that the memory can still be read.

    >>> w = tuple(torch.ones(shape) for shape in ((8, 3), (8, 2), (8,), (8,)))
    >>> h, c = torch.zeros(1, 2), torch.tensor([[5.0, -3.0]])
    >>> lstm_cell(torch.ones(1, 3), h, c, hold_memory(w))[1]
    tensor([[ 5., -3.]])
    """
    raise NotImplementedError


class LSTM(nn.Module):
    """Several LSTM layers over time, batch first: the hidden states of one layer are the inputs of the next.

    Parameters, by PyTorch's names: for each layer k = 0, 1, ...

        weight_ih_lk (4H, D), for k > 0 (4H, H)   weight_hh_lk (4H, H)   bias_ih_lk (4H,)   bias_hh_lk (4H,)

    and no others; how they start is up to you.

    >>> net = LSTM(3, 5, 2)
    >>> out, (h, c) = net(torch.zeros(4, 7, 3))
    >>> out.shape, h.shape, c.shape
    (torch.Size([4, 7, 5]), torch.Size([2, 4, 5]), torch.Size([2, 4, 5]))
    """

    def __init__(self, D: int, H: int, layers: int) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor, state: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """All hidden states of the last layer, and where every layer has ended.

        x      (B, T, D)
        state  None: zeros. Or (h, c), each (layers, B, H): the state in which every layer begins.

        Returns out (B, T, H) and the pair (h, c), each (layers, B, H), after the last step. Fed back as `state` with
        the next piece of the sequences, they make the same result as all of it at once.

        Project the inputs of all steps in one matrix product, before the loop over time: inside it, each step of each
        layer needs only one.
        """
        raise NotImplementedError


def lstm_params(D: int, H: int, L: int, bias: bool) -> int:
    """How many numbers an LSTM of L >= 1 layers has: all weights and, if `bias`, both biases of every layer.

    >>> lstm_params(3, 5, 1, True)
    200
    """
    raise NotImplementedError


def adding_batch(count: int, T: int, generator: Generator) -> tuple[Tensor, Tensor]:
    """Examples of the adding problem; this one is given.

    x  (count, T, 2) float32: at every step a number in 0 .. 1, and behind it a mark: 1 at one step of the first half
       and at one step of the second half, 0 elsewhere. T >= 2
    y  (count, 1) float32, the sum of the two marked numbers

    Returns x and y.
    """
    numbers, marks, rows = torch.rand(count, T, generator=generator), torch.zeros(count, T), torch.arange(count)
    marks[rows, torch.randint(T // 2, (count,), generator=generator)] = 1.0
    marks[rows, torch.randint(T // 2, T, (count,), generator=generator)] = 1.0
    return torch.stack([numbers, marks], dim=2), (numbers * marks).sum(dim=1, keepdim=True)


def train_adding(T: int, steps: int, hidden: int, generator: Generator, cell: str = "lstm") -> nn.Module:
    """Train a network that adds the two marked numbers, on the CPU and in float32. nn.LSTM and nn.RNN are welcome here.

    T          the length of the sequences it is trained on
    steps      how many steps the optimiser makes, each on a fresh adding_batch of at most 64 examples. With 0 steps the
               network comes back as it starts.
    hidden     the width of its one recurrent layer
    generator  the only source of randomness, also for the starting weights: the same state gives the same network.
               (Layers of torch.nn start from the global generator: seed that with a number drawn from yours before you
               build them, or fill their weights anew from yours.)
    cell       "lstm", or "rnn" for a plain tanh network, trained in the same way

    Returns an nn.Module that maps x (B, T, 2), for any B >= 1 and any T >= 1, to (B, 1) float32, each row by itself.
    With T = 12, 300 steps and 32 hidden units an LSTM should come below a mean squared error of 0.03, and below 0.06 on
    sequences of 14 steps; always saying 1 has 0.167. Gradients that explode now and then are worth clipping.

    >>> train_adding(6, 2, 4, torch.Generator().manual_seed(0))(torch.zeros(3, 9, 2)).shape
    torch.Size([3, 1])
    """
    raise NotImplementedError

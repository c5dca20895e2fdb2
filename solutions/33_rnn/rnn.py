"""Recurrent networks: the Elman cell over time, Jordan's feedback, both directions, layers, and a tagger of tickets.

Fill in every function and the class. Until you do, they raise NotImplementedError and count as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input, unless a dtype is written. Ids, tags and lengths are int64. No function changes its arguments, and every result
that is computed from floating-point inputs carries gradients back to them. In the shapes below B is the number of
sequences, T >= 1 the number of steps, D the width of the input, H the width of the hidden state.

The weights of a recurrent layer are always a tuple of four tensors, in this order:

    W_ih (H, D)   W_hh (H, H)   b_ih (H,)   b_hh (H,)

From scratch: in rnn_forward, jordan_forward, birnn_forward and stacked_rnn, nothing of torch.nn that is recurrent
(nn.RNN, nn.RNNCell, nn.LSTM, nn.GRU, ... and the functions behind them). A loop over time is right; a loop over the
sequences of a batch is not. In Tagger nn.RNN is welcome.
"""

from __future__ import annotations

import torch
from torch import Generator, Tensor, nn

Weights = tuple[Tensor, Tensor, Tensor, Tensor]  # W_ih, W_hh, b_ih, b_hh
IGNORE = -100  # a tag that is no tag: the loss must not count this position


def rnn_forward(x: Tensor, h0: Tensor, w: Weights) -> tuple[Tensor, Tensor]:
    """An Elman network over all steps: h_t = tanh(x_t W_ih^T + b_ih + h_{t-1} W_hh^T + b_hh), beginning with h0.

    x   (B, T, D), batch first; B >= 0
    h0  (B, H), the state before the first step
    w   W_ih (H, D), W_hh (H, H), b_ih (H,), b_hh (H,)

    Returns all states h_1 ... h_T as (B, T, H), and the last one, h_T, as (B, H).

    >>> one, zero = torch.ones(1, 1), torch.zeros(1)
    >>> w = (one, 1.3863 * one, zero, zero)
    >>> outputs, last = rnn_forward(torch.tensor([[[0.5493], [0.0]]]), torch.zeros(1, 1), w)
    >>> outputs
    tensor([[[0.5000],
             [0.6000]]])
    >>> last
    tensor([[0.6000]])
    """
    # answer
    W_ih, W_hh, b_ih, b_hh = w
    drive = x @ W_ih.T + b_ih + b_hh
    h, states = h0, []
    for t in range(x.shape[1]):
        h = torch.tanh(drive[:, t] + h @ W_hh.T)
        states.append(h)
    return torch.stack(states, dim=1), h
    # end answer


def jordan_forward(x: Tensor, y0: Tensor, weights: tuple[Tensor, Tensor, Tensor, Tensor, Tensor]) -> Tensor:
    """A Jordan network over all steps. It remembers nothing but its own last answer:

        h_t = tanh(x_t W_xh^T + y_{t-1} W_yh^T + b_h),   y_t = sigmoid(h_t W_hy^T + b_y)

    x        (B, T, D)
    y0       (B, O), the answer before the first step
    weights  W_xh (H, D), W_yh (H, O), b_h (H,), W_hy (O, H), b_y (O,). O may be equal to H.

    Returns all answers y_1 ... y_T as (B, T, O).

    >>> x = torch.tensor([[[0.6931], [-1.3863]]])
    >>> w = (torch.ones(1, 1), torch.tensor([[0.9242]]), torch.zeros(1), torch.tensor([[1.8310]]), torch.zeros(1))
    >>> jordan_forward(x, torch.zeros(1, 1), w)
    tensor([[[0.7500],
             [0.2500]]])
    """
    # answer
    W_xh, W_yh, b_h, W_hy, b_y = weights
    y, answers = y0, []
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ W_xh.T + y @ W_yh.T + b_h)
        y = torch.sigmoid(h @ W_hy.T + b_y)
        answers.append(y)
    return torch.stack(answers, dim=1)
    # end answer


def birnn_forward(x: Tensor, wf: Weights, wb: Weights, lengths: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """Two Elman networks over the same sequences, one from the first step to the last, one from the last to the first.
    Both begin with a state of zeros, of the dtype of x.

    x        (B, T, D)
    wf, wb   the weights of the forward and of the backward network; the same H
    lengths  None: every sequence has T steps. Or int64 (B,), each in 1 .. T: sequence b is x[b, :lengths[b]], and what
             stands behind it is padding (any finite numbers), which leaves no trace. The backward network begins at
             the last step of the sequence, not at the padding.

    Returns
    outputs  (B, T, 2H): at step t the forward state h_t, which has seen steps 1 ... t, and behind it the backward
             state, which has seen steps t ... end. Zeros where there is padding.
    h_n      (2, B, H): [0] the forward state after the last step of each sequence, [1] the backward state after the
             first step, where it has seen everything.

    >>> one, zero = torch.ones(1, 1), torch.zeros(1)
    >>> wf, wb = (one, 1.3863 * one, zero, zero), (one, -1.3863 * one, zero, zero)
    >>> outputs, h_n = birnn_forward(torch.full((1, 2, 1), 0.5493), wf, wb)
    >>> outputs
    tensor([[[ 0.5000, -0.1429],
             [ 0.8462,  0.5000]]])
    >>> h_n.flatten()
    tensor([ 0.8462, -0.1429])
    """
    # answer
    B, T, _ = x.shape
    if lengths is None:
        lengths = torch.full((B,), T, device=x.device)
    start = x.new_zeros(B, wf[1].shape[0])
    steps, last = torch.arange(T, device=x.device), lengths[:, None] - 1
    real = steps <= last  # (B, T)
    mirrored = torch.where(real, last - steps, steps)  # the sequence turned round, its padding where it was
    rows = torch.arange(B, device=x.device)[:, None]
    there, _ = rnn_forward(x, start, wf)
    back, _ = rnn_forward(x[rows, mirrored], start, wb)
    h_n = torch.stack([there[rows, last][:, 0], back[rows, last][:, 0]])
    outputs = torch.cat([there, back[rows, mirrored]], dim=-1)
    return torch.where(real[:, :, None], outputs, 0.0), h_n
    # end answer


def to_batch_first(x: Tensor) -> Tensor:
    """The same sequences with the batch in front: result[b, t] is x[t, b].

    x  (T, B, D), also T = 0 or B = 0; any memory layout

    Returns (B, T, D), contiguous, so that a later .view(B * T, D) works.

    >>> to_batch_first(torch.tensor([[[1], [10], [100]], [[2], [20], [200]]]))[:, :, 0]
    tensor([[  1,   2],
            [ 10,  20],
            [100, 200]])
    """
    # answer
    return x.transpose(0, 1).contiguous()
    # end answer


def stacked_rnn(x: Tensor, layers: list[Weights]) -> Tensor:
    """Elman networks on top of each other: the states of one layer are the input of the next. Each begins with zeros,
    of the dtype of x.

    x       (B, T, D)
    layers  the weights of each layer, at least one; the first reads D numbers a step, each later one as many as the
            layer below it has hidden units. Layers may have different widths.

    Returns the states of the last layer, (B, T, H) with its own H.

    >>> one, zero = torch.ones(1, 1), torch.zeros(1)
    >>> x = torch.tensor([[[0.5493], [0.0]]])
    >>> stacked_rnn(x, [(one, 1.3863 * one, zero, zero), (one, one, zero, zero)])
    tensor([[[0.4621],
             [0.7865]]])
    """
    # answer
    for w in layers:
        x, _ = rnn_forward(x, x.new_zeros(len(x), w[1].shape[0]), w)
    return x
    # end answer


class Tagger(nn.Module):
    """A tag for every word: an embedding, a recurrent layer (Elman, tanh, one layer), a linear layer.

    V, E           how many words there are, and how many numbers stand for each: nn.Embedding(V, E)
    H              the width of the hidden state, in each direction
    n_tags         how many tags there are
    bidirectional  False: the score at a step depends on the words up to this step only. True: a second network reads
                   from the end of the row to its beginning, padding included, and the linear layer gets both states.

    Its parameters: V*E numbers in the embedding; E*H + H*H + 2*H for each direction (two biases); H*n_tags + n_tags in
    the linear layer, or 2*H*n_tags + n_tags with both directions. Nothing else; how they start is up to you.

    >>> Tagger(V=10, E=4, H=5, n_tags=3, bidirectional=True)(torch.tensor([[1, 2, 3, 4, 0, 0]])).shape
    torch.Size([1, 6, 3])
    """

    def __init__(self, V: int, E: int, H: int, n_tags: int, bidirectional: bool) -> None:
        # answer
        super().__init__()
        self.words = nn.Embedding(V, E)
        self.reader = nn.RNN(E, H, batch_first=True, bidirectional=bidirectional)
        self.tags = nn.Linear(2 * H if bidirectional else H, n_tags)
        # end answer

    def forward(self, X: Tensor) -> Tensor:
        """Scores before the softmax, (B, T, n_tags), for words X (B, T) int64 in 0 .. V - 1. Each row by itself."""
        # answer
        states, _ = self.reader(self.words(X))
        return self.tags(states)
        # end answer


def train_tagger(
    X: Tensor, Y: Tensor, V: int, n_tags: int, generator: Generator, bidirectional: bool = True
) -> nn.Module:
    """Make a Tagger and train it with cross-entropy, on the CPU and in float32.

    X              (n, T) int64, the words, 0 .. V - 1
    Y              (n, T) int64, the tag of each word, 0 .. n_tags - 1, or IGNORE: this position counts for nothing, and
                   neither the loss nor any gradient at it goes into the training
    generator      the only source of randomness, also for the starting weights: the same state gives the same tagger.
                   (Layers of torch.nn start from the global generator: seed that with a number drawn from yours before
                   you build them, or fill their weights anew from yours.)
    bidirectional  what kind of Tagger

    Returns the trained Tagger. Widths, optimiser, learning rate and number of steps are up to you: with 200 orders of
    9 words, 98 % of the cities must be right, in about half a second of computing (2 seconds at most).

    >>> X, Y = torch.tensor([[1, 2, 0], [2, 1, 1]]), torch.tensor([[0, 1, IGNORE], [1, 0, 0]])
    >>> train_tagger(X, Y, 3, 2, torch.Generator().manual_seed(0))(X).argmax(2)[1]
    tensor([1, 0, 0])
    """
    # answer
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(int(torch.randint(2**31, (), generator=generator)))
        tagger = Tagger(V, 16, 24, n_tags, bidirectional)
    optimiser = torch.optim.Adam(tagger.parameters(), lr=0.02)
    for _ in range(100):
        loss = nn.functional.cross_entropy(tagger(X).flatten(0, 1), Y.flatten(), ignore_index=IGNORE)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return tagger
    # end answer

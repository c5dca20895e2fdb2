"""What the hidden checks of recurrent networks share: the expected results, weights and inputs."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn

from autograder.checks import compare
from autograder.checks.made.text import TAGS, WORDS, slots
from autograder.checks.seeding import Draw

F64, F32 = torch.float64, torch.float32
READY_MADE = {
    f"{place}{name}"
    for place in ("nn.", "nn.modules.rnn.", "torch.ao.nn.quantized.dynamic.")
    for name in ("RNN", "RNNBase", "RNNCell", "RNNCellBase", "LSTM", "LSTMCell", "GRU", "GRUCell")
} | {
    "torch.rnn_tanh",
    "torch.rnn_tanh_cell",
    "torch.rnn_relu",
    "torch.rnn_relu_cell",
    "torch._VF.*",
    "nn.modules.rnn.*",
}
STATES, LAST = {"what": "the states", "zh": "各步的状态"}, {"what": "the last state", "zh": "最后的状态"}
OUTPUTS, H_N = {"what": "the outputs", "zh": "输出"}, {"what": "h_n", "zh": "h_n"}
SCORES = {"what": "the scores", "zh": "得分"}

PARTS = """
def rnn_forward(x, h0, w):
    h, states = h0, []
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ w[0].T + w[2] + h @ w[1].T + w[3])
        states.append(h)
    return torch.stack(states, dim=1), h

student.rnn_forward = rnn_forward
"""


def with_right_cell(fresh_submission: Any) -> Any:
    """The submission with its rnn_forward replaced by a right one, so that no mistake is blamed twice."""
    submission = fresh_submission()
    submission.build(PARTS)
    return submission


def some_weights(draw: Draw, D: int, H: int, dtype: torch.dtype = F64) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Weights of which every part matters: W_hh with a spectrum near 1, so that early steps can still be felt."""
    shapes = ((H, D), (H, H), (H,), (H,))
    spread = (1 / math.sqrt(D), 0.9 / math.sqrt(H), 0.5, 0.5)
    one, two, three, four = (s * draw.randn(*shape, dtype=dtype) for shape, s in zip(shapes, spread, strict=True))
    return one, two, three, four


def elman(x: Tensor, h: Tensor, w: tuple[Tensor, ...]) -> tuple[Tensor, Tensor]:
    """The expected states and the last one; also without any sequence."""
    states = []
    for step in x.unbind(1):
        h = torch.tanh(torch.einsum("bd,hd->bh", step, w[0]) + torch.einsum("bg,hg->bh", h, w[1]) + w[2] + w[3])
        states.append(h)
    return torch.stack(states, 1), h


def torch_rnn(layers: list[tuple[Tensor, ...]], x: Tensor, h0: Tensor, *, both: bool = False) -> tuple[Tensor, Tensor]:
    """torch's own network with these weights: one layer after the other, or one layer in two directions."""
    H, depth = layers[0][1].shape[0], 1 if both else len(layers)
    net = nn.RNN(x.shape[2], H, depth, batch_first=True, bidirectional=both, dtype=x.dtype)
    kinds = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    ends = ("l0", "l0_reverse") if both else tuple(f"l{layer}" for layer in range(depth))
    net.load_state_dict(
        {
            f"{kind}_{end}": value
            for end, w in zip(ends, layers, strict=True)
            for kind, value in zip(kinds, w, strict=True)
        }
    )
    outputs, last = net(x, h0)
    return outputs.detach(), last.detach()


def jordan(x: Tensor, y: Tensor, w: tuple[Tensor, ...]) -> Tensor:
    """The expected answers of a Jordan network."""
    answers = []
    for step in x.unbind(1):
        y = 1 / (1 + torch.exp(-(w[3] @ torch.tanh(w[0] @ step.T + w[1] @ y.T + w[2][:, None]) + w[4][:, None]))).T
        answers.append(y)
    return torch.stack(answers, 1)


def jordan_weights(draw: Draw, D: int, H: int, out: int, dtype: torch.dtype = F64) -> tuple[Tensor, ...]:
    """W_xh, W_yh, b_h, W_hy, b_y; the feedback is strong."""
    shapes = ((H, D), (H, out), (H,), (out, H), (out,))
    return tuple(
        s * draw.randn(*shape, dtype=dtype) for shape, s in zip(shapes, (0.6, 1.2, 0.4, 1.2, 0.8), strict=True)
    )


def both_ways(x: Tensor, wf: tuple[Tensor, ...], wb: tuple[Tensor, ...], lengths: Tensor) -> tuple[Tensor, Tensor]:
    """The expected outputs and h_n of two directions, one sequence after the other."""
    T, H = x.shape[1], wf[1].shape[0]
    start, outputs, ends = x.new_zeros(1, H), [], []
    for b, length in enumerate(lengths.tolist()):
        one = x[b : b + 1, :length]
        there, back = elman(one, start, wf), elman(one.flip(1), start, wb)
        both = torch.cat([there[0], back[0].flip(1)], 2)
        outputs.append(torch.cat([both, x.new_zeros(1, T - length, 2 * H)], 1))
        ends.append(torch.stack([there[1], back[1]]))
    return torch.cat(outputs), torch.cat(ends, 1)


def some_lengths(draw: Draw, B: int, T: int) -> Tensor:
    """int64 (B,), from 1 to T, both of which occur if there is room."""
    lengths = draw.integers(1, T + 1, B)
    lengths[0] = T
    lengths[-1] = 1 if B > 1 else T
    return lengths[draw.permutation(B)]


def orders(draw: Draw, count: int) -> Any:
    """Orders of tickets: words, tags and lengths."""
    return slots(count, draw.new_generator())


V, N_TAGS = len(WORDS), len(TAGS)
TRAINED = """
torch.manual_seed(noise)
student.train_tagger(X, Y, V, n_tags, torch.Generator().manual_seed(seed), both)
"""


def trained(submission: Any, draw: Draw, X: Tensor, Y: Tensor, seed: int, both: bool) -> Any:
    """The student's trained tagger in the sandbox; the global generator stands somewhere else each time."""
    values = {"X": X, "Y": Y, "V": V, "n_tags": N_TAGS, "seed": seed, "both": both, "noise": draw.new_seed()}
    model = submission.build(TRAINED, **values)
    return compare.is_type(model, nn.Module, "what train_tagger returns", "train_tagger 的返回值")


def scores(submission: Any, model: Any, X: Tensor) -> Tensor:
    """The tagger's scores for words X, checked for shape and dtype."""
    got = submission.build("model.eval()\nwith torch.no_grad():\n    z = model(X)\nz", model=model, X=X)
    got = compare.tensor(got, shape=(*X.shape, N_TAGS), dtype=F32, **SCORES)
    return compare.finite(got, **SCORES).detach()

"""What the hidden checks of LSTM share: the expected step and layers, weights, and the adding problem."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn

from autograder.checks import compare
from autograder.checks.seeding import Draw

F64, F32 = torch.float64, torch.float32
READY_MADE = {
    f"{place}{name}"
    for place in ("nn.", "nn.modules.rnn.")
    for name in ("RNN", "RNNBase", "RNNCell", "RNNCellBase", "LSTM", "LSTMCell", "GRU", "GRUCell")
}
READY_MADE |= {"torch.lstm", "torch.lstm_cell", "torch.gru", "torch.rnn_tanh", "torch._VF.*", "nn.modules.rnn.*"}
OPERATIONS = {"aten::mkldnn_rnn_layer", "aten::_thnn_fused_lstm_cell", "aten::lstm", "aten::lstm_cell"}
KINDS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
H_NEW, C_NEW, OUT = {"what": "h'", "zh": "h'"}, {"what": "c'", "zh": "c'"}, {"what": "out", "zh": "out"}
Weights = tuple[Tensor, ...]

PARTS = """
def gates(x, h, c, w):
    i, f, g, o = (x @ w[0].T + w[2] + h @ w[1].T + w[3]).chunk(4, dim=1)
    return {"i": i.sigmoid(), "f": f.sigmoid(), "g": g.tanh(), "o": o.sigmoid()}

def lstm_cell(x, h, c, w):
    at = gates(x, h, c, w)
    c = at["f"] * c + at["i"] * at["g"]
    return at["o"] * c.tanh(), c

student.gates = gates
"""


def with_right_gates(fresh_submission: Any) -> Any:
    """The submission with its gates replaced by right ones, so that no mistake is blamed twice."""
    submission = fresh_submission()
    submission.build(PARTS)
    return submission


def with_right_cell(fresh_submission: Any) -> Any:
    """The same, and its lstm_cell replaced as well."""
    submission = fresh_submission()
    submission.build(PARTS + "student.lstm_cell = lstm_cell\n")
    return submission


def some_weights(draw: Draw, D: int, H: int, dtype: torch.dtype = F64) -> Weights:
    """The weights of one layer; no gate is always open or always shut."""
    shapes = ((4 * H, D), (4 * H, H), (4 * H,), (4 * H,))
    spread = (1.2 / math.sqrt(D), 1.2 / math.sqrt(H), 0.6, 0.6)
    return tuple(s * draw.randn(*shape, dtype=dtype) for shape, s in zip(shapes, spread, strict=True))


def expected_gates(x: Tensor, h: Tensor, w: Weights) -> dict[str, Tensor]:
    H, found = h.shape[1], {}
    for place, name in enumerate("ifgo"):
        rows = slice(place * H, (place + 1) * H)
        z = (
            torch.einsum("bd,hd->bh", x, w[0][rows])
            + torch.einsum("bg,hg->bh", h, w[1][rows])
            + w[2][rows]
            + w[3][rows]
        )
        found[name] = torch.tanh(z) if name == "g" else 1 / (1 + torch.exp(-z))
    return found


def step(x: Tensor, h: Tensor, c: Tensor, w: Weights) -> tuple[Tensor, Tensor]:
    """The expected h' and c'."""
    at = expected_gates(x, h, w)
    c = at["f"] * c + at["i"] * at["g"]
    return at["o"] * torch.tanh(c), c


def torch_step(x: Tensor, h: Tensor, c: Tensor, w: Weights) -> tuple[Tensor, Tensor]:
    """torch's own cell with these weights."""
    cell = nn.LSTMCell(x.shape[1], h.shape[1], dtype=x.dtype)
    cell.load_state_dict(dict(zip(KINDS, w, strict=True)))
    h, c = cell(x, (h, c))
    return h.detach(), c.detach()


def named(layers: list[Weights]) -> dict[str, Tensor]:
    """The weights of all layers under PyTorch's names."""
    return {f"{kind}_l{k}": value for k, w in enumerate(layers) for kind, value in zip(KINDS, w, strict=True)}


def some_layers(draw: Draw, D: int, H: int, count: int, dtype: torch.dtype = F64) -> list[Weights]:
    return [some_weights(draw, H if k else D, H, dtype) for k in range(count)]


def torch_lstm(layers: list[Weights], x: Tensor, state: tuple[Tensor, Tensor] | None) -> Any:
    """torch's own layers with these weights: out, (h, c)."""
    net = nn.LSTM(x.shape[2], layers[0][1].shape[1], len(layers), batch_first=True, dtype=x.dtype)
    net.load_state_dict(named(layers))
    with torch.no_grad():
        return net(x, state)


def over_time(layers: list[Weights], x: Tensor, h0: Tensor, c0: Tensor) -> Any:
    """The expected layers, differentiable: out, (h, c)."""
    last = []
    for w, h, c in zip(layers, h0, c0, strict=True):
        states = []
        for one in x.unbind(1):
            h, c = step(one, h, c, w)  # noqa: PLW2901  # the state of this layer
            states.append(h)
        x = torch.stack(states, 1)
        last.append((h, c))
    return x, tuple(torch.stack(each) for each in zip(*last, strict=True))


def net_of(submission: Any, D: int, H: int, layers: int, dtype: torch.dtype = F64) -> Any:
    """The student's LSTM in the sandbox, in this dtype."""
    net = submission.build("student.LSTM(D, H, n).to(dtype)", D=D, H=H, n=layers, dtype=dtype)
    return compare.is_type(net, nn.Module, "LSTM", "LSTM")


def parts(got: Any) -> tuple[Any, Any, Any]:
    """out, h and c of what forward returned."""
    out, state = compare.items(got, 2, tuple)
    h, c = compare.items(state, 2, tuple, "the state", "状态")
    return out, h, c


def sums(draw: Draw, count: int, T: int) -> tuple[Tensor, Tensor]:
    """The adding problem: x (count, T, 2) and y (count, 1), float32."""
    numbers, marks, rows = draw.uniform(0, 1, count, T, dtype=F32), torch.zeros(count, T), torch.arange(count)
    marks[rows, draw.integers(0, T // 2, count)] = 1.0
    marks[rows, draw.integers(T // 2, T, count)] = 1.0
    return torch.stack([numbers, marks], 2), (numbers * marks).sum(1, keepdim=True)

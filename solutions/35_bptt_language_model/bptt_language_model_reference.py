"""What the hidden checks of the language model share: the expected gradients, and models made on both sides."""

from __future__ import annotations

import math
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autograder.checks import compare
from autograder.checks.seeding import Draw

F64, F32 = torch.float64, torch.float32
GRADS, LOSSES = {"what": "the gradients", "zh": "梯度"}, {"what": "the losses", "zh": "损失"}
AUTOGRAD = {
    "torch.autograd.*", "torch.func.*", "torch.enable_grad", "torch.set_grad_enabled", "torch.inference_mode",
    ".backward", ".requires_grad_", ".requires_grad", ".grad", "nn.RNN", "nn.RNNCell",
}  # fmt: skip

# A small recurrent model; its source is run on both sides. Its state is a tensor, or a pair of them.
PROBE = """
class Probe(nn.Module):
    def __init__(self, V, H, pair):
        super().__init__()
        self.H, self.pair = H, pair
        self.emb, self.rec, self.out = nn.Embedding(V, H), nn.Linear(H, H), nn.Linear(H, V)

    def forward(self, x, state=None):
        h = torch.zeros(len(x), self.H, dtype=torch.float64) if state is None else state[0] if self.pair else state
        seen = []
        for t in range(x.shape[1]):
            h = torch.tanh(self.emb(x[:, t]) + self.rec(h))
            seen.append(self.out(h))
        return torch.stack(seen, 1), ((h, 2 * h) if self.pair else h)

model = Probe(V, H, pair).double()
model.load_state_dict(weights)
for p in model.parameters():
    p.grad = torch.ones_like(p)
"""

# Models whose answer is known. Counter's next character is the sum of all it has seen; Fixed always says the same.
COUNTER = """
class Counter(nn.Module):
    def __init__(self, V):
        super().__init__()
        self.V = V
    def forward(self, x, state=None):
        total = x.cumsum(1) if state is None else x.cumsum(1) + state
        return 10.0 * F.one_hot(total % self.V, self.V).float(), total[:, -1:]
Counter(V)
"""
FIXED = """
class Fixed(nn.Module):
    def __init__(self, logits):
        super().__init__()
        self.logits = logits
    def forward(self, x, state=None):
        return self.logits.expand(*x.shape, -1), torch.zeros(len(x))
Fixed(logits)
"""


def some_weights(draw: Draw, D: int, H: int, out: int, dtype: torch.dtype = F64) -> dict[str, Tensor]:
    shapes = {"W_ih": (H, D), "W_hh": (H, H), "b_h": (H,), "W_hy": (out, H), "b_y": (out,)}
    scale = {"W_ih": 1 / math.sqrt(D), "W_hh": 0.9 / math.sqrt(H), "b_h": 0.4, "W_hy": 1 / math.sqrt(H), "b_y": 0.5}
    return {name: scale[name] * draw.randn(*shape, dtype=dtype) for name, shape in shapes.items()}


def loss_of(x: Tensor, y: Tensor, w: dict[str, Tensor]) -> Tensor:
    """The mean squared error of the network, differentiable."""
    h, answers = x.new_zeros(len(x), len(w["b_h"])), []
    for step in x.unbind(1):
        h = torch.tanh(F.linear(step, w["W_ih"], w["b_h"]) + F.linear(h, w["W_hh"]))
        answers.append(F.linear(h, w["W_hy"], w["b_y"]))
    return (torch.stack(answers, 1) - y).square().mean()


def expected_grads(x: Tensor, y: Tensor, w: dict[str, Tensor]) -> dict[str, Tensor]:
    leaves = {name: value.clone().requires_grad_() for name, value in w.items()}
    found = torch.autograd.grad(loss_of(x, y, leaves), list(leaves.values()), allow_unused=True)
    return {name: torch.zeros_like(w[name]) if g is None else g for name, g in zip(w, found, strict=True)}


def probe_weights(draw: Draw, V: int, H: int) -> dict[str, Tensor]:
    shapes = {"emb.weight": (V, H), "rec.weight": (H, H), "rec.bias": (H,), "out.weight": (V, H), "out.bias": (V,)}
    return {name: draw.randn(*shape) / (math.sqrt(H) if len(shape) == 2 else 2) for name, shape in shapes.items()}


def probe(weights: dict[str, Tensor], pair: bool) -> nn.Module:
    """The same model on this side."""
    V, H = weights["emb.weight"].shape
    scope: dict[str, Any] = {"torch": torch, "nn": nn, "V": V, "H": H, "pair": pair, "weights": weights}
    exec(PROBE, scope)  # our own source, as above
    model: nn.Module = scope["model"]
    return model


def truncated(
    weights: dict[str, Tensor], x: Tensor, y: Tensor, k: int, lr: float, pair: bool
) -> tuple[list[float], dict[str, Tensor]]:
    """The expected losses of all pieces, and the weights after training."""
    model, state, losses = probe(weights, pair), None, []
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    for start in range(0, x.shape[1], k):
        logits, state = model(x[:, start : start + k], state)
        loss = F.cross_entropy(logits.transpose(1, 2), y[:, start : start + k])
        opt.zero_grad()
        loss.backward()
        opt.step()
        state = tuple(part.detach() for part in state) if pair else state.detach()
        losses.append(loss.item())
    return losses, {name: value.detach() for name, value in model.named_parameters()}


def student_truncated(
    submission: Any, weights: dict[str, Tensor], x: Tensor, y: Tensor, k: int, lr: float, pair: bool
) -> tuple[Any, Any]:
    """What the student's truncated_steps returns for the same model, and the weights after it."""
    V, H = weights["emb.weight"].shape
    model = submission.build(PROBE + "model\n", V=V, H=H, pair=pair, weights=weights)
    opt = submission.build("torch.optim.SGD(model.parameters(), lr=lr)", model=model, lr=lr)
    losses = submission.truncated_steps(model, x, y, k, opt)
    return losses, {name: value.detach() for name, value in model.params().items()}


def same_losses(got: Any, want: list[float]) -> None:
    for loss, expected in zip(compare.items(got, len(want), list, "the losses", "损失"), want, strict=True):
        compare.number(loss, expected, 1e-6, 1e-9, what="a loss", zh="损失")

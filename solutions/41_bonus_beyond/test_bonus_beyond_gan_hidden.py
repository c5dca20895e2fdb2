"""Hidden checks of topic 41: one step of a GAN, against plain descent worked out on this side."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from bonus_beyond_reference import F64, MODELS, SPIES, one_step, weights
from torch import Tensor

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type


def expert_loss(real: Tensor, fake: Tensor) -> Tensor:
    ones, zeros = torch.ones_like(real), torch.zeros_like(fake)
    first = F.binary_cross_entropy_with_logits(real, ones)
    return first + F.binary_cross_entropy_with_logits(fake, zeros)


@check(
    "gan_step.value",
    hint="Two means, one over the real and one over the forged examples, added. From logits, so that 800 stays exact.",
    zh="两个均值，一个对真品，一个对赝品，相加。从 logits 算起，800 才能保持精确。",
)
def test_what_expert_and_forger_pay(submission: Any, draw: Draw) -> None:
    for number in range(12):
        n, m, d = draw.sizes(3, 1, 6)
        shapes = ((n,), (m,)) if number % 2 else ((n, d), (m, 1))
        real, fake = (draw.layout(3 * draw.randn(*shape, dtype=float_type(number)), number % 3) for shape in shapes)
        if number > 8:
            real, fake = 400 * real, 400 * fake
        want = expert_loss(real, fake)
        compare.same(submission.d_loss(real, fake), want, what="the expert's loss", zh="鉴定家的损失")
        want = F.binary_cross_entropy_with_logits(fake, torch.ones_like(fake))
        compare.same(submission.g_loss(fake), want, what="the forger's loss", zh="赝品贩子的损失")
    gradients.match(submission.d_loss, expert_loss, lambda draw: (draw.randn(4), draw.randn(3)), draw)


@check(
    "gan_step.nonsaturating",
    hint="log(1 - s) is flat where the expert is sure, and the forger would learn nothing there. -log s is steep.",
    zh="鉴定家很有把握时，log(1 - s) 是平的，赝品贩子什么也学不到；-log s 却很陡。",
)
def test_the_forger_learns_where_he_is_found_out(submission: Any, draw: Draw) -> None:
    for dtype in (F64, torch.float32):
        fake = torch.tensor([-40.0, -900.0, 3.0, 0.5, -10.0], dtype=dtype)[draw.permutation(5)]
        want = F.binary_cross_entropy_with_logits(fake, torch.ones_like(fake))
        compare.same(submission.g_loss(fake), want, what="the forger's loss", zh="赝品贩子的损失")
        (slope,) = gradients.of(submission.g_loss, fake)
        compare.same(slope, -torch.sigmoid(-fake) / 5, what="the forger's gradient", zh="赝品贩子的梯度")


RIGHT = """
student.d_loss = lambda real, fake: F.softplus(-real).mean() + F.softplus(fake).mean()
student.g_loss = lambda fake: F.softplus(-fake).mean()
"""


class Pair:
    """A forger and an expert in the sandbox, with the optimisers that watch them, and the same nets here."""

    def __init__(self, submission: Any, draw: Draw) -> None:
        submission.build(RIGHT)
        self.submission, self.rates = submission, (draw.random.uniform(0.1, 0.5), draw.random.uniform(0.1, 0.5))
        self.forger, self.expert = weights(draw, 3, 2), weights(draw, 2, 1)
        self.G, self.D = (
            submission.build(MODELS, first=first, second=second) for first, second in (self.forger, self.expert)
        )
        spies = submission.build(SPIES, G=self.G, D=self.D, lr_d=self.rates[0], lr_g=self.rates[1])
        self.opt_d, self.opt_g = compare.items(spies, 2, tuple, "the optimisers", "优化器")

    def step(self, draw: Draw) -> Any:
        """One step there and here. Returns what the student's function returned, and what it should have."""
        real, z = draw.randn(6, 2) + 1, draw.randn(4, 3)
        got = self.submission.gan_step(self.G, self.D, self.opt_g, self.opt_d, real, z)
        self.forger, self.expert, want = one_step(self.forger, self.expert, self.rates, real, z)
        return got, want

    def same_weights(self) -> None:
        for model, want, en, zh in (
            (self.D, self.expert, "expert", "鉴定家"),
            (self.G, self.forger, "forger", "赝品贩子"),
        ):
            for name, value in zip(("first", "second"), want, strict=True):
                got = self.submission.build(f"model.{name}.detach().clone()", model=model)
                compare.same(got, value, what=f"a weight of the {en}", zh=f"{zh}的一个权重")


@check(
    "gan_step.update",
    hint="The expert moves first; the forger then faces the expert as he is now. Both slopes are those of their own"
    " loss, with nothing left over from the step before.",
    zh="鉴定家先走；赝品贩子面对的是走过之后的鉴定家。两者的梯度都只来自各自的损失，不带上一步的残余。",
)
def test_two_nets_after_some_steps(fresh_submission: Any, draw: Draw) -> None:
    for number in range(2):
        child = draw.child(str(number))
        pair = Pair(fresh_submission(), child)
        for count in range(3):
            got, want = pair.step(child.child(f"step {count}"))
            compare.same(got, want, what="the two losses", zh="两个损失")
        pair.same_weights()


@check(
    "gan_step.fake_detached",
    hint="The expert's loss must not reach the forger: cut the graph behind G(z).",
    zh="鉴定家的损失不应传到赝品贩子那里：在 G(z) 之后切断计算图。",
)
def test_the_experts_loss_does_not_reach_the_forger(fresh_submission: Any, draw: Draw) -> None:
    pair = Pair(fresh_submission(), draw)
    got, want = pair.step(draw.child("step"))
    compare.same(got, want, what="the two losses", zh="两个损失")
    built = pair.submission.build
    steps = [built("opt.steps", opt=pair.opt_d), built("opt.steps", opt=pair.opt_g)]
    compare.equal(steps, [1, 1], what="the steps of expert and forger", zh="鉴定家与赝品贩子走的步数")
    compare.equal(
        built("opt.dirty", opt=pair.opt_d),
        [False],
        what="whether the forger has a gradient at the expert's step",
        zh="鉴定家走步时赝品贩子是否有梯度",
    )

"""Hidden checks of topic 26, second part: decay, three relatives of Adam, and an optimiser that trains."""

from __future__ import annotations

from typing import Any

import torch
from adaptive_optimizers_reference import F64, HOUSE, adam, agree, close, house_rules, points, rare, run, various
from torch import Tensor

from autograder.checks import compare, source_rules, training
from autograder.checks.datasets import digits
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

# adamw ----------------------------------------------------------------------------------------------------------------


@check(
    "adamw.match_torch_8_steps",
    hint="The shrinking uses lr, and has no part in the two averages.",
    zh="收缩要乘 lr，而且与两个平均无关。",
)
def test_adamw_for_eight_steps(submission: Any, draw: Draw) -> None:
    for number in range(6):
        start, gradients = various(draw, number, 8)
        more: dict[str, Any] = {"wd": draw.random.uniform(0.1, 0.9)} if number % 2 else {}
        more |= {"betas": (0.6, 0.8), "eps": 1e-3} if number > 3 else {}
        agree(submission, "adamw_step", start, gradients, draw.random.uniform(0.05, 0.5), **more)


@check(
    "adamw.decay_with_zero_grad",
    hint="Without a gradient one step multiplies p by 1 - lr * wd, large and small weights alike.",
    zh="没有梯度时，一步使 p 乘以 1 - lr * wd，不论权重大小。",
)
def test_weights_without_gradient_shrink(submission: Any, draw: Draw) -> None:
    start, none = 10 * draw.randn(6), [torch.zeros(6, dtype=F64)] * 3
    for lr, wd in ((0.2, 0.5), (0.7, 0.1)):
        want = [(1 - lr * wd) ** t * start for t in (1, 2, 3)]
        close(run(submission, "adamw_step", start, none, lr, wd=wd), want, "adamw_step")
        close(run(submission, "sgdw_step", start, none, lr, mu=0.9, wd=wd), want, "sgdw_step")


@check(
    "adamw.sgdw_value",
    hint="v collects gradients only; p shrinks beside it.",
    zh="v 只积累梯度；p 的收缩与它无关。",
)
def test_sgdw_for_eight_steps(submission: Any, draw: Draw) -> None:
    for number in range(6):
        start, gradients = various(draw, number, 8)
        mu, wd = draw.random.uniform(0.3, 0.95), draw.random.uniform(0.1, 0.9)
        agree(submission, "sgdw_step", start, gradients, draw.random.uniform(0.05, 0.5), mu=mu, wd=wd)


@check("adamw.house_rules", hint=HOUSE[0], zh=HOUSE[1])
def test_the_rules_with_decay_keep_the_house_rules(submission: Any, draw: Draw) -> None:
    house_rules(submission, draw, "adamw_step", wd=0.3)
    house_rules(submission, draw, "sgdw_step", mu=0.8, wd=0.3)


# radam_nadam_adabound -------------------------------------------------------------------------------------------------


@check(
    "radam_nadam_adabound.radam_first_steps",
    hint="While rho is at most 5 the step is lr * m_hat and nothing is divided by a root. With b2 = 0.999 that is up to"
    " step 5.",
    zh="rho 不超过 5 时，步长是 lr * m_hat，不除以任何根。b2 = 0.999 时这持续到第 5 步。",
)
def test_radam_begins_carefully(submission: Any, draw: Draw) -> None:
    for b2, count in ((0.999, 5), (0.9, 5), (0.6, 8)):
        start, gradients = draw.randn(4), [draw.randn(4) * torch.logspace(-3, 2, 4) for _ in range(count)]
        m, p, want = torch.zeros(4, dtype=F64), start, []
        for t, g in enumerate(gradients, start=1):
            m = 0.7 * m + 0.3 * g
            p = p - 0.1 * m / (1 - 0.7**t)
            want.append(p)
        close(run(submission, "radam_step", start, gradients, 0.1, betas=(0.7, b2)), want, "radam_step")


@check(
    "radam_nadam_adabound.radam_torch_eps",
    hint="From rho > 5 on: r, and the root of the uncorrected v plus eps, with the correction of v above the line.",
    zh="从 rho > 5 起：用 r，分母是未修正的 v 的根加 eps，v 的修正放在分子上。",
)
def test_radam_after_its_first_steps(submission: Any, draw: Draw) -> None:
    agree(submission, "radam_step", *rare(draw, 60), 0.1)
    for number in range(4):
        start, gradients = various(draw, number, 12)
        more = {"betas": (0.6, draw.random.uniform(0.9, 0.99)), "eps": 1e-4} if number % 2 else {}
        agree(submission, "radam_step", start, gradients, 0.2, **more)


@check(
    "radam_nadam_adabound.nadam_formula",
    hint="The average is corrected as if one step later, the fresh gradient as now; b1 stays the same for all t.",
    zh="平均按下一步的 t 来修正，新梯度按现在的 t；b1 始终不变。",
)
def test_nadam(submission: Any, draw: Draw) -> None:
    agree(submission, "nadam_step", *rare(draw, 60), 0.1)
    for number in range(4):
        start, gradients = various(draw, number, 8)
        more = {"betas": (draw.random.uniform(0.2, 0.8), 0.9), "eps": 1e-4} if number % 2 else {}
        agree(submission, "nadam_step", start, gradients, 0.2, **more)


@check(
    "radam_nadam_adabound.adabound_bounds",
    hint="The rate that stands before m_hat lies in [low, high], and both ends go to final_lr.",
    zh="乘在 m_hat 前面的学习率在 [low, high] 之内，两端都趋向 final_lr。",
)
def test_rates_of_adabound_lie_in_the_interval(submission: Any, draw: Draw) -> None:
    g, start = draw.uniform(0.5, 2.0, 6) * torch.logspace(-4, 4, 6), draw.randn(6)
    final_lr, gamma = draw.random.uniform(0.05, 0.3), draw.random.uniform(0.3, 0.8)
    more = {"final_lr": final_lr, "gamma": gamma, "betas": (0.0, 0.9)}
    got = compare.items(run(submission, "adabound_step", start, [g] * 40, 0.1, **more), 40, list)
    path = torch.stack([start, *(compare.tensor(p, shape=(6,), dtype=F64).detach() for p in got)])
    rates, t = (path[:-1] - path[1:]) / g, torch.arange(1, 41, dtype=F64)[:, None]
    low, high = final_lr * (1 - 1 / (gamma * t + 1)), final_lr * (1 + 1 / (gamma * t))
    compare.require(
        bool(((rates >= low - 1e-9) & (rates <= high + 1e-9)).all()),
        "a rate of AdaBound lies outside its interval.",
        "AdaBound 的某个学习率超出了区间。",
    )
    both = bool((rates[-1] < final_lr).any() and (rates[-1] > final_lr).any())
    compare.require(both, "no rate reaches both ends of the interval.", "学习率没有触及区间的两端。")


@check(
    "radam_nadam_adabound.adabound_value",
    hint="Cut the rate, not the step; m_hat comes afterwards. Where nothing is cut it is Adam.",
    zh="截断的是学习率，不是步长；然后才乘 m_hat。没有被截断的地方就是 Adam。",
)
def test_adabound(submission: Any, draw: Draw) -> None:
    for number in range(6):
        start, gradients = various(draw, number, 8)
        more: dict[str, Any] = {"final_lr": draw.random.uniform(0.05, 0.3), "gamma": 0.4} if number % 2 else {}
        more |= {"betas": (0.5, 0.8), "eps": 1e-4} if number > 2 else {}
        agree(submission, "adabound_step", start, gradients, draw.random.uniform(0.05, 0.5), **more)
    start, gradients = rare(draw, 20)
    agree(submission, "adabound_step", start, gradients, 0.1, final_lr=0.1, gamma=1e-9)


@check("radam_nadam_adabound.house_rules", hint=HOUSE[0], zh=HOUSE[1])
def test_the_relatives_keep_the_house_rules(submission: Any, draw: Draw) -> None:
    for name in ("radam_step", "nadam_step", "adabound_step"):
        house_rules(submission, draw, name)


# train_optim ----------------------------------------------------------------------------------------------------------

STEPS = """
params = [nn.Parameter(s.clone()) for s in starts]
opt = student.Adam((p for p in params), **more)
path = []
for row in gradients:
    for p, g in zip(params, row):
        p.grad = None if g is None else g.clone()
    opt.step()
    path.append([p.detach().clone() for p in params])
kept = [None if p.grad is None else p.grad.clone() for p in params]
opt.zero_grad()
[path, kept, [p.grad for p in params], [p.is_leaf and p.requires_grad and p.grad_fn is None for p in params]]
"""


def stepped(submission: Any, starts: list[Tensor], rows: list[list[Any]], **more: Any) -> list[Any]:
    """[points of all parameters after each step, gradients at the end, after zero_grad, still leaves]."""
    made = submission.build(STEPS, starts=starts, gradients=rows, more=more)
    return compare.items(made, 4, list)


@check(
    "train_optim.matches_the_rule",
    hint="Step for step what adam_step says, with t counted by the object; weight_decay * p joins the gradient first.",
    zh="每一步都与 adam_step 一致，t 由对象自己数；weight_decay * p 先加到梯度上。",
)
def test_the_object_follows_the_rule(submission: Any, draw: Draw) -> None:
    for number, more in enumerate(({}, {"lr": 0.2, "betas": (0.5, 0.8), "eps": 1e-3}, {"lr": 0.1})):
        start, gradients = various(draw, number, 6)
        got = stepped(submission, [start], [[g] for g in gradients], **more)
        settings = {"lr": 1e-3, **more}
        path = [compare.items(row, 1, list, "a row", "一行")[0] for row in compare.items(got[0], 6, list)]
        close(path, points("adam_step", start.contiguous(), gradients, **settings), "Adam.step")
    start, gradients, path, p = draw.randn(4), [draw.randn(4) for _ in range(6)], [], None
    seen: list[Tensor] = []
    p = start
    for g in gradients:
        seen.append(g + 0.3 * p)
        p = p - adam(seen, 0.05)[-1]
        path.append([p])
    got = stepped(submission, [start], [[g] for g in gradients], lr=0.05, weight_decay=0.3)
    compare.same(got[0], path, what="the points with weight_decay", zh="带 weight_decay 的各点")
    compare.same(got[1], [gradients[-1]], what=".grad after the step", zh="step 之后的 .grad")


@check(
    "train_optim.state_per_parameter",
    hint="Each parameter has averages of its own, whatever its shape.",
    zh="每个参数有自己的两个平均，不论形状如何。",
)
def test_parameters_do_not_share_memory(submission: Any, draw: Draw) -> None:
    shapes = [(3, 4), (4,), (), (4,)]
    starts = [draw.randn(*shape) for shape in shapes]
    rows = [[10.0**k * draw.randn(*shape) for k, shape in enumerate(shapes)] for _ in range(4)]
    want = [points("adam_step", s, [row[k] for row in rows], 0.1) for k, s in enumerate(starts)]
    got = stepped(submission, starts, rows, lr=0.1)
    compare.same(got[0], [list(row) for row in zip(*want, strict=True)], what="the parameters", zh="各参数")
    compare.equal(
        got[3], [True] * 4, what="whether each is still a leaf that requires grad", zh="是否仍是需要梯度的叶子"
    )


@check(
    "train_optim.skips_none_grad",
    hint="No gradient, no step: neither p nor its averages nor its count change.",
    zh="没有梯度就没有这一步：p、它的平均和它的步数都不变。",
)
def test_parameters_without_gradient_wait(submission: Any, draw: Draw) -> None:
    starts, gs = [draw.randn(5), draw.randn(3)], [draw.randn(3) for _ in range(5)]
    hs: list[Any] = [None, draw.randn(5), None, draw.randn(5), None]
    made = stepped(submission, starts, [list(pair) for pair in zip(hs, gs, strict=True)], lr=0.2)
    moved = points("adam_step", starts[0], [h for h in hs if h is not None], 0.2)
    first = [starts[0], moved[0], moved[0], moved[1], moved[1]]
    second = points("adam_step", starts[1], gs, 0.2)
    want = [list(pair) for pair in zip(first, second, strict=True)]
    compare.same(compare.items(made[0], 5, list), want, what="the parameters", zh="各参数")


@check(
    "train_optim.zero_grad",
    hint="Afterwards no old gradient is left: None or zeros, for every parameter.",
    zh="之后不再留有旧梯度：每个参数的 .grad 都是 None 或零。",
)
def test_gradients_are_cleared(submission: Any, draw: Draw) -> None:
    starts = [draw.randn(3), draw.randn(2, 2)]
    got = stepped(submission, starts, [[draw.randn(3), draw.randn(2, 2)], [draw.randn(3), None]], lr=0.1)
    for grad, start in zip(compare.items(got[2], 2, list, "the gradients", "各梯度"), starts, strict=True):
        if grad is not None:
            compare.same(grad, torch.zeros_like(start), what="a gradient after zero_grad", zh="zero_grad 之后的梯度")


TRAIN = """
torch.manual_seed(seed)
model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
opt = student.Adam(model.parameters(), lr=0.01)
for epoch in range(5):
    for rows in torch.randperm(len(x)).split(64):
        opt.zero_grad()
        F.cross_entropy(model(x[rows]), y[rows]).backward()
        opt.step()
model(test).detach()
"""


@check(
    "train_optim.test_accuracy",
    hint="Do the parameters of the model itself move, and are old gradients cleared?",
    zh="模型自己的参数动了吗？旧梯度清掉了吗？",
    cpu_s=20,
)
def test_it_trains_a_network(submission: Any, draw: Draw, record_property: Any) -> None:
    data = digits()

    def run_once(seed: int) -> float:
        logits = submission.build(TRAIN, seed=seed, x=data.train_x, y=data.train_y, test=data.test_x)
        return training.at_least(training.accuracy(logits, data.test_y), 0.90)

    figures = training.two_of_three(run_once, draw)
    record_property("accuracy", sum(figures) / len(figures))


@check(
    "train_optim.from_scratch",
    hint="torch.optim has this object ready made. Here you write it.",
    zh="torch.optim 里有现成的对象。这里请自己写。",
    needs=["train_optim.matches_the_rule"],
)
def test_no_ready_made_object(submission: Any) -> None:
    source_rules.forbid_imports(submission.source, {"torch.optim"}, within="Adam")
    compare.require(submission.has("Adam"), "there is no class Adam.", "没有 Adam 这个类。")

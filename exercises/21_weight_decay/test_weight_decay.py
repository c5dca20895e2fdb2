"""Visible checks of topic 21: small examples, with every number shown. `submission` is your file."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import compare
from autograder.checks.marks import check


@check(
    "penalties.example",
    hint="The weights are 3, -1, 2 and 0; the bias 100 does not count. Only l2_penalty is halved.",
    zh="权重是 3、-1、2、0；偏置 100 不计入。只有 l2_penalty 要除以 2。",
    weight=0.5,
)
def test_penalties_of_four_weights(submission: Any) -> None:
    params = [torch.tensor([[3.0, -1.0]]), torch.tensor([100.0]), torch.tensor([[2.0], [0.0]])]
    compare.same(submission.l2_penalty(params), torch.tensor(7.0), what="l2_penalty", zh="l2_penalty")
    compare.same(submission.l1_penalty(params), torch.tensor(6.0), what="l1_penalty", zh="l1_penalty")


DESCENT = """
w, b, path = torch.zeros(2), torch.zeros(1), [torch.zeros(2)]
for _ in range(24):
    w, b = student.sgd_wd_step(w, b, steepness * (w - valley), torch.zeros(1), 0.3, lam)
    path.append(w)
path
"""


def draw_descents(submission: Any, picture: Any) -> None:
    """Where 24 steps lead, for growing lam, on a bowl that is steep in w1 and flat in w2."""
    steepness, valley, paths = torch.tensor([2.0, 0.3]), torch.tensor([2.0, 3.0]), {}
    for lam in (0.0, 0.1, 0.3, 1.0, 3.0):
        path = submission.build(DESCENT, lam=lam, steepness=steepness, valley=valley)
        points = [compare.tensor(w, shape=(2,), what="w", zh="w") for w in compare.items(path, 25, list)]
        paths[f"lam = {lam:g}"] = torch.stack(points).detach()
    w1, w2 = torch.linspace(-0.2, 4.0, 60), torch.linspace(-0.2, 3.6, 60)
    bowl = 2.0 * (w1 - 2)[None, :] ** 2 + 0.3 * (w2 - 3)[:, None] ** 2
    picture.surface(
        "decay", bowl.sqrt(), (-0.2, 4.0, -0.2, 3.6), paths, x="w1", y="w2",
        en="Your steps on a bowl with its lowest point at (2, 3). The more decay, the nearer to 0 they end; and the"
        " flat direction w2 gives in first.",
        zh="你的更新在一个碗里走过的路，碗底在 (2, 3)。衰减越强，终点离 0 越近；而平缓的方向 w2 最先让步。",
    )  # fmt: skip


@check(
    "sgd_weight_decay.example",
    hint="lr * lam = 0.1, so each weight keeps nine tenths; then the step along the gradient. b only makes the step.",
    zh="lr * lam = 0.1，所以每个权重保留九成；然后沿梯度走一步。b 只走这一步。",
    weight=0.5,
)
def test_one_step_by_hand(submission: Any, picture: Any) -> None:
    draw_descents(submission, picture)
    w, b, gw, gb = (torch.tensor(v) for v in ([10.0, -4.0], [1.0], [2.0, 0.0], [3.0]))
    new_w, new_b = compare.items(submission.sgd_wd_step(w, b, gw, gb, 0.5, 0.2), 2)
    compare.same(new_w, torch.tensor([8.0, -3.6]), what="the new w", zh="新的 w")
    compare.same(new_b, torch.tensor([-0.5]), what="the new b", zh="新的 b")


@check(
    "project_l2.example",
    hint="(6, 8) has the length 10. Half of it has the length 5; a vector that is short enough stays.",
    zh="(6, 8) 的长度是 10，它的一半长度为 5；足够短的向量保持不变。",
    weight=0.5,
)
def test_projection_onto_a_ball(submission: Any) -> None:
    compare.same(submission.project_l2_(torch.tensor([[6.0, 8.0]]), 5.0), torch.tensor([[3.0, 4.0]]))
    compare.same(submission.project_l2_(torch.tensor([1.0, -2.0]), 5.0), torch.tensor([1.0, -2.0]))


@check(
    "ridge_path.example",
    hint="Centred, x is -1 and 1, y is -2 and 2. Then w (2 + n * lam) = 4 with n = 2.",
    zh="中心化之后，x 是 -1 和 1，y 是 -2 和 2。于是 w (2 + n * lam) = 4，其中 n = 2。",
    weight=0.5,
)
def test_three_strengths_by_hand(submission: Any) -> None:
    X, y = torch.tensor([[0.0], [2.0]]), torch.tensor([[1.0], [5.0]])
    compare.same(submission.ridge_path(X, y, [0.0, 1.0, 3.0]), torch.tensor([2.0, 1.0, 0.5]))


@check(
    "param_groups.example",
    hint="A linear layer has a weight and a bias, a LayerNorm a scale and a shift: only the first of the four decays.",
    zh="线性层有权重和偏置，LayerNorm 有缩放和平移：四者中只有第一个衰减。",
    weight=0.5,
)
def test_one_of_four_parameters_decays(submission: Any) -> None:
    model = submission.build("nn.Sequential(nn.Linear(3, 2), nn.LayerNorm(2))")
    groups = compare.items(submission.make_param_groups(model, 0.1), 2, list, "the groups", "各参数组")
    for group, count, wd in zip(groups, (1, 3), (0.1, 0.0), strict=True):
        compare.is_type(group, dict, "a group", "参数组")
        params = compare.items(group.get("params"), count, list, 'group["params"]', 'group["params"]')
        for param in params:
            compare.tensor(param, what="a parameter", zh="参数")
        compare.number(group.get("weight_decay"), wd, what="weight_decay", zh="weight_decay")


@check(
    "param_groups.example_training",
    hint="Without data that pull, each epoch multiplies w by 1 - lr * wd. Where nothing decays, nothing moves.",
    zh="没有数据的牵引时，每一轮 w 都乘以 1 - lr * wd；不衰减时则一动不动。",
    weight=0.5,
)
def test_weights_without_data_only_shrink(submission: Any) -> None:
    X, y = torch.zeros(2, 3), torch.zeros(2, 1)

    def trained(wd: float, epochs: int) -> Any:
        pair = submission.train_highdim(X, y, wd, epochs, 0.5, torch.Generator().manual_seed(0))
        return compare.tensor(compare.items(pair, 2)[0], shape=(3, 1), dtype=torch.float32, what="w", zh="w").detach()

    start = trained(1.0, 0)
    compare.same(
        trained(1.0, 3), start / 8, what="w after three epochs with lr * wd = 1/2", zh="lr * wd = 1/2 时三轮之后的 w"
    )
    compare.same(trained(0.0, 3), start, what="w after three epochs without decay", zh="不衰减时三轮之后的 w")

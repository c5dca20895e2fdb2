"""Hidden checks of seq2seq-tricks: pointing and guided attention."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn

from autograder.checks import compare, gradients, training
from autograder.checks.made import sequences
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

F64 = torch.float64
SCORES = {"what": "the scores", "zh": "得分"}

# pointer ------------------------------------------------------------------------------------------------------------


def additive(h: Tensor, mem: Tensor, visited: Tensor, W1: Tensor, W2: Tensor, v: Tensor) -> Tensor:
    scores = torch.stack([(mem[:, j] @ W1 + h @ W2).tanh() @ v for j in range(mem.shape[1])], 1)
    return torch.where(visited, -math.inf, scores)


def pointed(draw: Draw, number: int) -> tuple[Tensor, ...]:
    """Arguments of pointer_logits: four different sizes, some places visited, never all of a row."""
    B, S, d, a = draw.sizes(4, 2, 8)
    dtype = float_type(number)
    visited = draw.uniform(0, 1, B, S) < 0.4
    visited[0, 0] = True
    visited[torch.arange(B), draw.integers(1, S, B)] = False
    h, mem = draw.randn(B, d, dtype=dtype), draw.layout(draw.randn(B, S, d, dtype=dtype), number)
    return (
        h,
        mem,
        visited,
        *(draw.layout(draw.randn(d, a, dtype=dtype), number + n) for n in (1, 2)),
        draw.randn(a, dtype=dtype),
    )


@check(
    "pointer.value",
    hint="Both projections are added before the tanh, for each place of the source; v makes one number of the sum.",
    zh="对源序列的每个位置，两个投影先相加，再取 tanh；v 把它变成一个数。",
)
def test_scores_of_the_places(submission: Any, draw: Draw) -> None:
    for number in range(20):
        given = list(pointed(draw, number))
        if number % 2:
            given[2] = torch.zeros_like(given[2])
        compare.same(submission.pointer_logits(*given), additive(*given), **SCORES)


@check(
    "pointer.visited_masked",
    hint="True marks what was visited. Its probability is 0, exactly: what must its score be?",
    zh="True 标记已经去过的位置。它的概率恰好是 0：得分应当是多少？",
)
def test_visited_places_are_out(submission: Any, draw: Draw) -> None:
    for number in range(8):
        given = pointed(draw, number)
        seen = submission.observe("pointer_logits", *given)
        got = compare.tensor(seen.result, shape=tuple(given[2].shape), dtype=given[0].dtype, **SCORES).detach()
        chances = got.softmax(1)
        compare.same(chances, additive(*given).softmax(1), what="the probabilities", zh="概率")
        compare.same(
            chances[given[2]], torch.zeros_like(chances[given[2]]), rtol=0, atol=0, what="visited", zh="去过的"
        )
        compare.unchanged(given[2], seen.args[2], "visited")


@check(
    "pointer.gradient",
    hint="State, memory and all three weights learn; the places that are out send back nothing, not even nan.",
    zh="状态、memory 和三个权重都要学习；出局的位置什么也不传回来，连 nan 也没有。",
    needs=["pointer.value"],
)
def test_gradients_of_the_scores(submission: Any, draw: Draw) -> None:
    visited = torch.tensor([[True, False, False, False], [False, False, True, True]])

    def make(child: Draw) -> tuple[Tensor, ...]:
        return tuple(child.randn(*shape) for shape in ((2, 3), (2, 4, 3), (3, 5), (3, 5), (5,)))

    gradients.match(
        lambda h, mem, *W: torch.exp(compare.tensor(submission.pointer_logits(h, mem, visited, *W), shape=(2, 4))),
        lambda h, mem, *W: additive(h, mem, visited, *W).exp(),
        make,
        draw,
        draws=2,
    )


def net(submission: Any, draw: Draw) -> Any:
    made = submission.build("torch.manual_seed(seed)\nstudent.PointerNet()", seed=draw.new_seed() % 2**31)
    return compare.is_type(made, nn.Module, "PointerNet", "PointerNet")


@check(
    "pointer.output_is_permutation",
    hint="Each place once, also when nothing has been learned yet: what was pointed at is out for the steps to come.",
    zh="每个位置恰好一次，哪怕还什么都没学到：指过的位置在之后各步都出局。",
)
def test_every_place_once(submission: Any, draw: Draw) -> None:
    for S in (1, 4, 8):
        x = draw.uniform(0, 1, 6, S, dtype=torch.float32)
        got = compare.tensor(
            net(submission, draw).decode(x), shape=(6, S), dtype=torch.int64, what="the places", zh="位置"
        )
        want = torch.arange(S).expand(6, S)
        compare.same(got.sort(1).values, want, what="the places in ascending order", zh="从小到大排列的位置")


@check(
    "pointer.teacher_forcing",
    hint="Row t of forward knows the first t places of `order`: they are out, and nothing that comes later has any"
    " influence.",
    zh="forward 的第 t 行知道 `order` 的前 t 个位置：它们已出局，而之后的内容没有任何影响。",
)
def test_forward_follows_the_order(submission: Any, draw: Draw) -> None:
    model, S = net(submission, draw), 6
    x = draw.uniform(0, 1, 5, S, dtype=torch.float32)
    order = torch.stack([draw.permutation(S) for _ in range(5)])
    got = compare.tensor(model(x, order), shape=(5, S, S), dtype=torch.float32, **SCORES).detach()
    out = torch.stack([(order[:, :t, None] == torch.arange(S)).any(1) for t in range(S)], 1)
    compare.same(got == -math.inf, out, what="where the scores are -inf", zh="得分为 -inf 的地方")
    for t in (1, 3):
        other = torch.cat([order[:, :t], order[:, t:].flip(1)], 1)
        again = compare.tensor(model(x, other), shape=(5, S, S), dtype=torch.float32, **SCORES).detach()
        compare.same(again[:, : t + 1], got[:, : t + 1], what="the scores up to the change", zh="改动之前各步的得分")
    said = compare.tensor(model.decode(x), shape=(5, S), dtype=torch.int64, what="the places", zh="位置")
    compare.equal(bool(((said >= 0) & (said < S)).all()), True, what="0 <= place < S", zh="0 <= 位置 < S")
    best = compare.tensor(model(x, said), shape=(5, S, S), dtype=torch.float32, **SCORES).argmax(-1)
    compare.same(best, said, what="the best scores along what was decoded", zh="沿解码结果的最高得分")


@check(
    "pointer.generator_only",
    hint="All chance comes from the generator, that of the starting weights as well.",
    zh="所有随机性都来自 generator，初始权重也不例外。",
    weight=0.5,
)
def test_the_same_generator_gives_the_same_net(submission: Any, draw: Draw) -> None:
    data, seed = sequences.sorting(40, 5, draw.new_generator()), draw.new_seed() % 2**31
    runs = []
    for chosen in (seed, seed, seed + 1):
        submission.build("torch.rand(3), np.random.rand(3).tolist()")
        made = submission.train_pointer(data.x, data.order, 2, torch.Generator().manual_seed(chosen))
        made = compare.is_type(made, nn.Module, "what train_pointer returns", "train_pointer 的返回值")
        runs.append(compare.tensor(made(data.x[:4], data.order[:4]), shape=(4, 5, 5), **SCORES).detach())
    compare.same(runs[1], runs[0], rtol=0, atol=0, what="the scores of a second run", zh="第二次训练的得分")
    differ = not torch.equal(runs[2], runs[0])
    compare.require(differ, "another generator gives the same net.", "换一个 generator 得到了相同的网络。")


@check(
    "pointer.argsort_accuracy",
    hint="Is every step made, on rows of the data drawn anew, with the loss over all steps of the pointing?",
    zh="每一步都训练了吗？每次都重新抽取样本吗？损失覆盖指向的每一步吗？",
    needs=["pointer.value", "pointer.gradient", "pointer.output_is_permutation", "pointer.teacher_forcing"],
    weight=2.0,
    cpu_s=15.0,
    wall_s=90.0,
)
def test_it_learns_to_sort(submission: Any, draw: Draw, record_property: Any) -> None:
    data = sequences.sorting(1200, 6, draw.new_generator())
    order = data.order.roll(1, 1)  # the largest number first, then the others from the smallest on
    what = ("the share of rows said without a mistake", "完全说对的比例")

    def run(seed: int) -> float:
        made = submission.train_pointer(data.x[:800], order[:800], 80, torch.Generator().manual_seed(seed))
        made = compare.is_type(made, nn.Module, "what train_pointer returns", "train_pointer 的返回值")
        said = compare.tensor(
            made.decode(data.x[800:]), shape=(400, 6), dtype=torch.int64, what="the places", zh="位置"
        )
        share = (said == order[800:]).all(1).double().mean().item()
        record_property("argsort_accuracy", share)
        return training.tiers(share, {"simple": 0.4, "medium": 0.75, "strong": 0.94}, what=what[0], zh=what[1])

    training.two_of_three(run, draw)


# guided_attention_loss ----------------------------------------------------------------------------------------------


def astray(A: Tensor, sigma: float = 0.2) -> Tensor:
    B, Tq, Tk = A.shape
    total = A.new_zeros(())
    for i in range(Tq):
        for j in range(Tk):
            total = total + A[:, i, j].sum() * (1 - math.exp(-((i / Tq - j / Tk) ** 2) / (2 * sigma**2)))
    return total / (B * Tq * Tk)


def jumps(A: Tensor) -> Tensor:
    centre = (A * torch.arange(A.shape[2], dtype=A.dtype)).sum(2)
    return (centre[:, :-1] - centre[:, 1:]).relu().mean() if A.shape[1] > 1 else 0 * A.sum()


def attention(draw: Draw, number: int, *shape: int) -> Tensor:
    return draw.layout((2 * draw.randn(*shape, dtype=float_type(number))).softmax(2), number)


@check(
    "guided_attention_loss.diagonal_is_0",
    hint="Who looks where he should pays nothing: w is 0 where i / Tq and j / Tk are equal.",
    zh="看得恰到好处的不受罚： i / Tq 与 j / Tk 相等处 w 为 0。",
)
def test_the_diagonal_costs_nothing(submission: Any, draw: Draw) -> None:
    for n in (1, 3, 7):
        A = torch.eye(n, dtype=F64).expand(3, n, n)
        zero = torch.zeros((), dtype=F64)
        compare.same(submission.guided_loss(A), zero, what="guided_loss", zh="guided_loss")
        compare.same(submission.monotonic_violation(A), zero, what="monotonic_violation", zh="monotonic_violation")


@check(
    "guided_attention_loss.antidiagonal_larger",
    hint="Farther away must cost more: looking backwards more than looking everywhere, that more than the diagonal.",
    zh="离得越远代价越大：倒着看比到处看贵，到处看比沿对角线看贵。",
)
def test_the_wrong_way_costs_most(submission: Any, draw: Draw) -> None:
    for n in (5, 9):
        eye = torch.eye(n, dtype=F64)[None]
        for A in (eye, torch.full_like(eye, 1 / n), eye.flip(2)):
            compare.same(submission.guided_loss(A), astray(A), what="guided_loss", zh="guided_loss")
            compare.same(submission.guided_loss(A, 0.5), astray(A, 0.5), what="guided_loss", zh="guided_loss")
        back = compare.tensor(submission.monotonic_violation(eye.flip(2)), shape=(), dtype=F64)
        compare.same(back, torch.ones((), dtype=F64), what="monotonic_violation", zh="monotonic_violation")


@check(
    "guided_attention_loss.rectangular_uses_relative_position",
    hint="Outputs and inputs are not equally many: compare shares of the way, i / Tq with j / Tk, and take the mean"
    " over everything.",
    zh="输出与输入的个数并不相等：要比较各自走过的比例 i / Tq 与 j / Tk，并对所有元素取平均。",
)
def test_other_numbers_of_rows_and_columns(submission: Any, draw: Draw) -> None:
    for number in range(20):
        A, sigma = attention(draw, number, *draw.sizes(3, 1, 9)), draw.random.uniform(0.1, 0.6)
        compare.same(submission.guided_loss(A, sigma=sigma), astray(A, sigma), what="guided_loss", zh="guided_loss")


@check(
    "guided_attention_loss.violation_value",
    hint="The centre of a row is a place, the mean of j under its attention. Only steps back count.",
    zh="一行的重心是一个位置，即 j 在该行注意力下的平均。只有后退才计入，前进是免费的。",
)
def test_steps_back_count(submission: Any, draw: Draw) -> None:
    for number in range(20):
        A = attention(draw, number, *((3, 1, 4) if number == 5 else draw.sizes(3, 1, 9)))
        compare.same(submission.monotonic_violation(A), jumps(A), what="monotonic_violation", zh="monotonic_violation")


@check(
    "guided_attention_loss.grad",
    hint="A loss is there to teach: it must stay connected to the attention.",
    zh="损失是用来教学的：它必须与注意力保持连接。",
    needs=["guided_attention_loss.rectangular_uses_relative_position", "guided_attention_loss.violation_value"],
)
def test_gradients_of_both_losses(submission: Any, draw: Draw) -> None:
    def make(child: Draw) -> Tensor:
        return (2 * child.randn(2, 4, 3)).softmax(2)

    gradients.match(submission.guided_loss, astray, make, draw)
    gradients.match(submission.monotonic_violation, jumps, make, draw.child("monotonic"))
    gradients.gradcheck(submission.guided_loss, make(draw))

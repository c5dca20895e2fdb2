"""Hidden checks of topic 20: bad samples, and points that lines can label in every way. Rates are compared with exact
probabilities, or with a rate drawn here, within five standard errors."""

from __future__ import annotations

import math
from typing import Any

import torch
from learning_theory_reference import (
    F64,
    RATE,
    binomial_rate,
    crowd,
    five_errors,
    grid,
    one_rule,
    population,
    rate,
    triangle,
    with_right_losses,
)
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

# bad_sample_rate ----------------------------------------------------------------------------------------------------


def asked(submission: Any, given: tuple[Tensor, ...], N: int, eps: float, trials: int, draw: Draw) -> float:
    """The student's rate, known to be a float between 0 and 1."""
    got = submission.bad_sample_rate(*given, N, eps, trials, draw.new_generator())
    got = compare.is_type(got, float, "the rate", "比例")
    compare.require(0 <= got <= 1, "a rate lies between 0 and 1.", "比例应在 0 与 1 之间。")
    return got


@check(
    "bad_sample_rate.below_bound",
    hint="Hoeffding promises: at most 2 |H| exp(-2 N eps^2) of the samples are bad. Are yours drawn evenly from all?",
    zh="Hoeffding 不等式保证：坏样本至多占 2 |H| exp(-2 N eps^2)。你的样本是从全体中均匀抽取的吗？",
)
def test_hoeffding_keeps_his_word(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_losses(fresh_submission)
    for N, eps, trials in ((150, 0.1534, 200), (60, 0.2036, 300)):
        e, y, H = crowd(draw, 2000, 5)
        order = e.argsort()
        got = asked(submission, (e[order], y[order], H), N, eps, trials, draw)
        bound = min(2 * len(H) * math.exp(-2 * N * eps**2), 1.0)
        compare.require(
            got <= bound + five_errors(bound, trials),
            "more samples are bad than Hoeffding allows.",
            "坏样本比 Hoeffding 不等式允许的还多。",
        )
        truth = rate(draw.child(str(N)), (e, y, H), N, eps, 1000)
        compare.number(got, truth, 0.0, five_errors(truth, trials, 1000), **RATE)


@check(
    "bad_sample_rate.N50_vs_N800",
    hint="Each trial draws a sample of its own, of N items: most of 50 mislead somewhere, hardly any of 800.",
    zh="每次试验都要另抽一个大小为 N 的样本：50 件的多半会在某处误导，800 件的几乎不会。",
)
def test_small_samples_mislead_and_large_ones_do_not(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_losses(fresh_submission)
    given = crowd(draw, 3000, 51)
    truth = rate(draw.child("rate"), given, 50, 0.1013, 600)
    got = asked(submission, given, 50, 0.1013, 300, draw)
    compare.number(got, truth, 0.0, five_errors(truth, 300, 600), **RATE)
    got = asked(submission, given, 800, 0.1013, 100, draw)
    compare.number(got, 0.0, 0.0, 0.02, what="the rate for samples of 800", zh="样本大小为 800 时的比例")


@check(
    "bad_sample_rate.all_h_in_H",
    hint="One rule that is far off makes the sample bad, for you don't know which rule you will pick. Any, not the best"
    " one, not the mean.",
    zh="只要有一条规则偏得远，样本就是坏的，因为你不知道自己会选中哪一条。是“任何一条”，不是最好的那条，也不是平均。",
)
def test_any_rule_may_mislead(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_losses(fresh_submission)
    e = torch.arange(240, dtype=F64)
    y = (e % 8 < 4).long()  # every rule is wrong about every second time
    H = torch.linspace(9.5, 229.5, 12, dtype=F64)[draw.permutation(12)]
    order = draw.permutation(240)
    given = (e[order], y[order], H)
    truth = rate(draw.child("rate"), given, 40, 0.1261, 2000)
    compare.number(asked(submission, given, 40, 0.1261, 400, draw), truth, 0.0, five_errors(truth, 400, 2000), **RATE)
    e, y, H = one_rule(draw, 300, 60)
    rules = torch.cat([torch.tensor([-1e3, 1e3], dtype=F64), H])
    both = rate(draw.child("both"), (e, y, rules), 30, 0.1107, 2000)
    got = asked(submission, (e, y, rules), 30, 0.1107, 400, draw)
    compare.number(got, both, 0.0, five_errors(both, 400, 2000), **RATE)


@check(
    "bad_sample_rate.with_replacement_iid",
    hint="Independent draws: an item may come up twice, and a sample may be larger than the population. Even one as"
    " large is not the population itself.",
    zh="各次抽取相互独立：同一件可以抽到两次，样本也可以比总体大。就算一样大，样本也不是总体本身。",
)
def test_items_are_put_back(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_losses(fresh_submission)
    for n, wrong, N, eps in ((23, 7, 23, 0.0511), (11, 4, 60, 0.0401), (2, 1, 9, 0.1)):
        given = one_rule(draw, n, wrong)
        truth = binomial_rate(wrong / n, N, eps)
        got = asked(submission, given, N, eps, 400, draw)
        compare.number(got, truth, 0.0, five_errors(truth, 400), **RATE)


@check(
    "bad_sample_rate.more_than_eps",
    hint="Too high and too low are both bad, but a gap of exactly eps is not more than eps.",
    zh="偏高偏低都是坏的，但恰好等于 eps 的差并不算大于 eps。",
)
def test_a_gap_of_exactly_eps_is_allowed(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_losses(fresh_submission)
    for n, wrong, N, eps in ((8, 4, 4, 0.25), (8, 2, 8, 0.125), (8, 2, 2, 0.25), (4, 3, 1, 0.5)):
        given = one_rule(draw, n, wrong)  # all shares are multiples of 1/8, so exact
        truth = binomial_rate(wrong / n, N, eps)
        got = asked(submission, given, N, eps, 300, draw)
        compare.number(got, truth, 0.0, five_errors(truth, 300), **RATE)


@check(
    "bad_sample_rate.certain",
    hint="Where no sample can be bad the rate is exactly 0, where every one must be bad exactly 1: count from 0, over"
    " all trials.",
    zh="如果没有样本会是坏的，比例恰好是 0；如果每个样本都是坏的，恰好是 1：从 0 数起，数遍所有试验。",
)
def test_certain_rates_are_exact(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_losses(fresh_submission)
    for trials in (1, 3, 20):
        always = one_rule(draw, 6, 3)  # a sample of one is all right or all wrong
        compare.same(asked(submission, always, 1, 0.4, trials, draw), 1.0, **RATE)
        never = one_rule(draw, 7, 7 * (trials % 2))
        compare.same(asked(submission, never, 5, 0.0, trials, draw), 0.0, **RATE)


@check(
    "bad_sample_rate.seeded",
    hint="All chance comes from the generator: the same state, the same rate; another one, another rate.",
    zh="所有随机性都来自 generator：状态相同，比例就相同；换一个，比例就不同。",
)
def test_the_generator_decides(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_losses(fresh_submission)
    given, rates = crowd(draw, 300, 9), []
    for seed in (1, 1, 2, 2, 3, 3, 4, 5, 6):
        submission.build("torch.rand(3), np.random.rand(3).tolist()")
        generator = torch.Generator().manual_seed(seed + draw.seed % 1000)
        got = submission.bad_sample_rate(*given, 50, 0.0713, 150, generator)
        rates.append(compare.is_type(got, float, "the rate", "比例"))
    compare.equal(rates[1:6:2], rates[0:6:2], what="the rates of a second run", zh="第二次运行的比例")
    compare.require(len(set(rates)) > 1, "every generator gives the same rate.", "不论哪个 generator，比例都一样。")


@check(
    "bad_sample_rate.inputs_unchanged",
    hint="The population belongs to the caller.",
    zh="总体是调用者的。",
    weight=0.5,
)
def test_sampling_leaves_the_population_alone(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_losses(fresh_submission)
    given = population(draw, 0, 9, 3)
    seen = submission.observe("bad_sample_rate", *given, 5, 0.1, 4, draw.new_generator())
    compare.is_type(seen.result, float, "the rate", "比例")
    for before, after, name in zip(given, seen.args, ("e", "y", "H"), strict=False):
        compare.unchanged(before, after, name)


# shatters -----------------------------------------------------------------------------------------------------------


def answers(submission: Any, P: Tensor, want: bool, en: str, zh: str) -> None:
    compare.equal(submission.shatters(P), want, what=f"the answer for {en}", zh=f"对{zh}的回答")


@check(
    "shatters.three_general",
    hint="All eight labellings of a triangle can be cut by a line, of a thin one, too. Does your search give up early?",
    zh="三角形的八种标法都能用一条直线切出来，细长的三角形也一样。你的搜索是不是过早放弃了？",
)
def test_triangles_large_and_thin(submission: Any, draw: Draw) -> None:
    for number in range(8):
        answers(submission, triangle(draw, number), True, "a triangle", "三角形")
    for number in range(4):
        far, dtype = draw.size(15, 24), float_type(number)
        thin = torch.tensor([[0.0, 0.0], [far, 0.5], [far / 2 + (number % 2) / 8, 0.0]], dtype=F64)
        thin = ((thin * 8).round() / 8 + draw.integers(-10, 11, 2))[draw.permutation(3)].to(dtype)
        answers(submission, thin.flip(1) if number % 2 else thin, True, "a thin triangle", "细长的三角形")
    row = torch.tensor([[0.0, 0.0], [2.0, 1.0], [6.0, 3.0]], dtype=F64) + draw.integers(-9, 10, 2)
    answers(submission, row[draw.permutation(3)], False, "points in a row", "排成一行的点")


@check(
    "shatters.three_collinear",
    hint="Three points on a line: six labellings of eight. Which two are missing?",
    zh="三点共线：八种标法中只有六种做得到。缺的是哪两种？",
)
def test_three_points_in_a_row(submission: Any, draw: Draw) -> None:
    for number, (step, other) in enumerate((((1, 2), 3), ((3, 0), 2), ((0, 1), -4), ((-5, 2), 1), ((1, -1), 8))):
        along = torch.tensor(step, dtype=F64) / 8
        start = draw.integers(-20, 21, 2).to(F64) / 4
        P = torch.stack([start, start - along, start + other * along])[draw.permutation(3)].to(float_type(number))
        answers(submission, P, False, "three points in a row", "排成一行的三个点")
    answers(submission, triangle(draw, 99), True, "a triangle", "三角形")


@check(
    "shatters.four_square",
    hint="Four points, never: if one lies inside the triangle of the others, or if the diagonals cross, some labelling"
    " is missing. For the square these are two of sixteen.",
    zh="四个点总是不行：要么一个点在其余三点的三角形内，要么对角线相交，总有标法做不到。对正方形来说，十六种中缺两种。",
)
def test_four_points_and_more(submission: Any, draw: Draw) -> None:
    square = torch.tensor([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], dtype=F64)
    inside = torch.tensor([[0.0, 0.0], [8.0, 0.0], [0.0, 8.0], [2.0, 2.0]], dtype=F64)
    for number, P in enumerate((square, inside, grid(draw, 4, 0), grid(draw, 4, 2), grid(draw, 5, 0))):
        order = draw.permutation(len(P))
        answers(submission, P[order].to(float_type(number)), False, "four points or more", "四个或更多的点")
    answers(submission, square[draw.permutation(4)[:3]], True, "three corners", "三个角点")


@check(
    "shatters.two_points",
    hint="Between two points there is always a line, and one point can be left or right of it.",
    zh="两点之间总有一条线，而一个点可以在线的任意一侧。",
)
def test_two_points_and_one(submission: Any, draw: Draw) -> None:
    for number in range(4):
        P = grid(draw, 2, number)
        P[1] = P[0] + (torch.tensor([0.125, 0.0]) if number % 2 else torch.tensor([-3.0, 7.0]))
        answers(submission, P, True, "two points", "两个点")
        answers(submission, P[1:], True, "one point", "一个点")
        answers(submission, P[[0, 0]], False, "one point twice", "重复的一个点")


@check(
    "shatters.duplicate_points",
    hint="The same point twice cannot be labelled 0 and 1.",
    zh="同一个点出现两次，不可能一个标 0、一个标 1。",
)
def test_the_same_point_twice(submission: Any, draw: Draw) -> None:
    for number in range(4):
        P = triangle(draw, number)
        answers(submission, P[[0, 1, number % 2]], False, "a point that occurs twice", "含重复点的情形")
        answers(submission, P[[2, 0, 1, 0]][number % 2 :], False, "a point that occurs twice", "含重复点的情形")
        answers(submission, P, True, "three different points", "三个不同的点")

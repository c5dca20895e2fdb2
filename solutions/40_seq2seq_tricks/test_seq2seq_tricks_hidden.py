"""Hidden checks of seq2seq-tricks: copying and scheduled sampling."""

from __future__ import annotations

import itertools
import math
from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

DIST = {"what": "the distribution", "zh": "分布"}

# copy_distribution --------------------------------------------------------------------------------------------------


def mixed(p_vocab: Tensor, attn: Tensor, src_ids: Tensor, p_gen: Tensor, V_ext: int) -> Tensor:
    places = torch.nn.functional.one_hot(src_ids, V_ext).to(attn.dtype)
    generated = torch.cat([p_vocab, p_vocab.new_zeros(len(p_vocab), V_ext - p_vocab.shape[1])], 1)
    return p_gen * generated + (1 - p_gen) * torch.einsum("bs,bsv->bv", attn, places)


def sources(draw: Draw, number: int) -> tuple[Tensor, Tensor, Tensor, Tensor, int]:
    """Arguments of copy_dist; words repeat, and some are beyond the vocabulary."""
    B, S, V = draw.sizes(3, 2, 9)
    more, dtype = (0, 1, 3)[number % 3], float_type(number)
    p_vocab, attn = (draw.randn(B, size, dtype=dtype).softmax(1) for size in (V, S))
    src_ids = draw.layout(draw.integers(0, V + more, B, S), number)
    return (
        draw.layout(p_vocab, number),
        draw.layout(attn, number + 1),
        src_ids,
        draw.uniform(0, 1, B, 1).to(dtype),
        V + more,
    )


@check(
    "copy_distribution.value_repeated_source",
    hint="A word that stands at three places of the source can be copied from each of them: its three shares add up.",
    zh="一个词在源序列中出现三次，就能从三处复制：三份注意力要相加。",
)
def test_all_places_of_a_word_add_up(submission: Any, draw: Draw) -> None:
    for number in range(24):
        given = sources(draw, number)
        compare.same(submission.copy_dist(*given), mixed(*given), **DIST)
    p_vocab, attn, src_ids, p_gen, V_ext = given
    for all_of_it in (0.0, 1.0):
        given = (p_vocab, attn, torch.full_like(src_ids, 1), torch.full_like(p_gen, all_of_it), V_ext)
        compare.same(submission.copy_dist(*given), mixed(*given), **DIST)


@check(
    "copy_distribution.sums_to_1",
    hint="A share p_gen of one distribution and the rest of the other: nothing may be lost, nothing counted twice.",
    zh="一个分布占 p_gen，另一个占其余：既不能丢，也不能重复计算。",
)
def test_it_is_a_distribution(submission: Any, draw: Draw) -> None:
    for number in range(6):
        given = sources(draw, number)
        got = compare.tensor(
            submission.copy_dist(*given), shape=(len(given[0]), given[4]), dtype=given[0].dtype, **DIST
        )
        compare.same(got.sum(1), torch.ones(len(got), dtype=got.dtype), what="the sums of the rows", zh="各行的和")
        compare.require(bool((got >= 0).all()), "a probability is negative.", "有负的概率。")


@check(
    "copy_distribution.oov_reachable",
    hint="Words from id V on can't be generated, only copied: the result has V_ext columns.",
    zh="编号从 V 开始的词不能生成，只能复制：结果有 V_ext 列。",
)
def test_words_beyond_the_vocabulary(submission: Any, draw: Draw) -> None:
    B, S, V = draw.sizes(3, 2, 6)
    p_vocab, attn = draw.randn(B, V).softmax(1), draw.randn(B, S).softmax(1)
    src_ids, p_gen = V + draw.integers(0, 4, B, S), draw.uniform(0.2, 0.8, B, 1)
    given = (p_vocab, attn, src_ids, p_gen, V + 6)
    compare.same(submission.copy_dist(*given), mixed(*given), **DIST)


@check(
    "copy_distribution.gradient",
    hint="The network learns when to copy and where to look: gradients reach p_vocab, attn and p_gen.",
    zh="网络要学会何时复制、看向哪里：梯度要到达 p_vocab、attn 和 p_gen。",
    needs=["copy_distribution.value_repeated_source"],
)
def test_gradients_of_copying(submission: Any, draw: Draw) -> None:
    def make(child: Draw) -> tuple[Any, ...]:
        p_vocab, attn = child.randn(2, 4).softmax(1), child.randn(2, 5).softmax(1)
        return p_vocab, attn, child.integers(0, 6, 2, 5), child.uniform(0.1, 0.9, 2, 1), 6

    gradients.match(submission.copy_dist, mixed, make, draw)


# scheduled_sampling -------------------------------------------------------------------------------------------------

CHOSEN = {"what": "the chosen tokens", "zh": "选出的词元"}


def chosen(submission: Any, draw: Draw, B: int, T: int, p: float) -> Tensor:
    """float64 (B, T), 1 where the right token was taken."""
    true, model = torch.arange(B * T).view(B, T), -1 - torch.arange(B * T).view(B, T)
    got = submission.choose_inputs(true, model, p, draw.new_generator())
    got = compare.tensor(got, shape=(B, T), dtype=torch.int64, **CHOSEN)
    one_of_both = bool(((got == true) | (got == model)).all())
    compare.require(one_of_both, "a token comes from elsewhere.", "有词元来自别处。")
    return (got == true).double()


@check(
    "scheduled_sampling.per_token",
    hint="The coin is tossed for every token, not for every sentence and not for every place.",
    zh="每个词元掷一次硬币，而不是每个句子一次，也不是每个位置一次。",
)
def test_a_coin_for_every_token(submission: Any, draw: Draw) -> None:
    taken = chosen(submission, draw, 200, 50, 0.3)
    for dim, count in ((1, 50), (0, 200)):
        means = taken.mean(dim)
        spread, want = means.var().item(), 0.21 / count
        close = abs(spread - want) < 5.5 * want * math.sqrt(2 / (len(means) - 1))
        compare.require(
            close, "the coins of a sentence or of a place belong together.", "同一句或同一位置的硬币不是各掷各的。"
        )


@check(
    "scheduled_sampling.rate",
    hint="p_truth is the share of right tokens. Which of the two did you take with this probability?",
    zh="p_truth 是正确词元所占的比例。你以这个概率取的是哪一个？",
)
def test_the_share_of_right_tokens(submission: Any, draw: Draw) -> None:
    for p in (0.3, 0.9, 0.05):
        share = chosen(submission, draw, 101, 99, p).mean().item()
        close = abs(share - p) < 5 * math.sqrt(p * (1 - p) / (101 * 99))
        compare.require(close, "the share of right tokens is not p_truth.", "正确词元的比例不是 p_truth。")


@check(
    "scheduled_sampling.p1_p0",
    hint="1 is pure teacher forcing, 0 is the model alone: then chance has no say.",
    zh="1 就是纯粹的 teacher forcing，0 就是完全靠模型自己：这时没有随机可言。",
)
def test_all_or_nothing(submission: Any, draw: Draw) -> None:
    for p in (0.0, 1.0):
        for number in range(4):
            B, T = draw.sizes(2, 2, 30)
            true, model = (draw.layout(draw.integers(0, 9, B, T), number) for _ in range(2))
            seen = submission.observe("choose_inputs", true, model, p, draw.new_generator())
            compare.same(seen.result, true if p else model, **CHOSEN)
            for before, after in zip((true, model), seen.args[:2], strict=True):
                compare.unchanged(before, after, "of choose_inputs")


@check(
    "scheduled_sampling.generator_only",
    hint="The same generator makes the same choice, another one another.",
    zh="同样的 generator 做出同样的选择，换一个就不同。",
    weight=0.5,
)
def test_the_generator_decides(submission: Any, draw: Draw) -> None:
    true, model, seed = torch.zeros(9, 20).long(), torch.ones(9, 20).long(), draw.new_seed() % 2**31
    one, two, other = (
        compare.tensor(submission.choose_inputs(true, model, 0.5, torch.Generator().manual_seed(s)), shape=(9, 20))
        for s in (seed, seed, seed + 1)
    )
    compare.same(two, one, **CHOSEN)
    compare.require(not torch.equal(one, other), "another generator, the same choice.", "换了 generator，选择却没变。")


@check(
    "scheduled_sampling.decay_monotone",
    hint="Three formulas, all of them falling: where does each begin, and what becomes of it after very many steps?",
    zh="三个公式，都是下降的：各自从哪里开始，步数非常多以后又如何？",
)
def test_three_ways_down(submission: Any) -> None:
    cases = [("linear", 80.0), ("exponential", 0.97), ("inverse_sigmoid", 12.0), ("linear", 7), ("exponential", 0.5)]
    for kind, k in cases:
        values = []
        for step in (0, 1, 2, 5, 17, 60, 79, 80, 81, 200, 5000, 100_000):
            want = max(0.0, 1 - step / k) if kind == "linear" else k / (k + math.exp(min(step / k, 700)))
            want = float(k) ** step if kind == "exponential" else want
            values.append(
                compare.number(submission.decay(step, kind, k), want, what=f"decay of kind {kind!r}", zh=kind)
            )
        falls = all(one >= two for one, two in itertools.pairwise(values))
        compare.require(falls, "the share of right tokens grows again.", "正确词元的比例又变大了。")
    for kind in ("cosine", "Linear", ""):
        compare.raises(ValueError, submission.decay, 3, kind, 0.5)

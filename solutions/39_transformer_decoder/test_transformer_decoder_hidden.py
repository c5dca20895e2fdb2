"""Hidden checks of transformer-decoder: mask, shift, greedy decoding and decoding in one pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from transformer_decoder_reference import F64

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

MASK = {"what": "the mask", "zh": "掩码"}
SAID = {"what": "what was said", "zh": "说出的句子"}

# causal_mask --------------------------------------------------------------------------------------------------------


@check(
    "causal_mask.value",
    hint="Row i looks: at everything up to i, and at nothing behind. On which side of the diagonal is that?",
    zh="第 i 行在看：看到 i 为止的一切，后面的一概不看。这是对角线的哪一侧？",
)
def test_places_look_back(submission: Any) -> None:
    for n in (*range(2, 12), 40, 0):
        place = torch.arange(n)
        compare.same(submission.causal_mask(n), place[None, :] <= place[:, None], **MASK)


@check(
    "causal_mask.row0_sees_itself",
    hint="The first place has nothing before it. If it may not even see itself, what does softmax make of its row?",
    zh="第一个位置前面什么也没有。如果连自己也不能看，softmax 对这一行能得到什么？",
)
def test_the_diagonal_is_kept(submission: Any) -> None:
    for n in (2, 5, 9):
        mask = compare.tensor(submission.causal_mask(n), shape=(n, n), **MASK)
        compare.same(mask.diagonal().bool(), torch.ones(n, dtype=torch.bool), what="the diagonal", zh="对角线")


@check(
    "causal_mask.n1",
    hint="A single place is a matrix, too: one row, one column.",
    zh="只有一个位置时也是矩阵：一行一列。",
    weight=0.5,
)
def test_a_single_place(submission: Any) -> None:
    compare.same(submission.causal_mask(1), torch.tensor([[True]]), **MASK)


@check(
    "causal_mask.dtype_bool",
    hint="A mask says yes or no; it is neither a number to add nor a number to multiply.",
    zh="掩码只说“是”或“否”；它不是用来加的数，也不是用来乘的数。",
    weight=0.5,
)
def test_the_mask_is_bool(submission: Any) -> None:
    for n in (1, 4, 7):
        compare.tensor(submission.causal_mask(n), dtype=torch.bool, **MASK)


# shift_right --------------------------------------------------------------------------------------------------------


def sentences(draw: Draw, number: int) -> Tensor:
    B, T = draw.sizes(2, 2, 9)
    return draw.layout(draw.integers(0, 50, B, T), number)


@check(
    "shift_right.value",
    hint="bos comes in at the front, everything moves one place to the right, and the last column falls out.",
    zh="bos 从最前面进来，其余各列右移一格，最后一列掉出去。",
)
def test_everything_moves_by_one(submission: Any, draw: Draw) -> None:
    for number in range(20):
        y, bos = sentences(draw, number), draw.size(0, 99)
        want = y.clone()
        want[:, 0], want[:, 1:] = bos, y[:, :-1]
        compare.same(submission.shift_right(y, bos), want)


@check(
    "shift_right.same_length",
    hint="As many columns go in as come out: for every word to be said there is one word to be read.",
    zh="进去几列，出来就是几列：每说一个词，就读一个词。",
    weight=0.5,
)
def test_the_length_stays(submission: Any, draw: Draw) -> None:
    for number in range(6):
        y = sentences(draw, number)
        compare.tensor(submission.shift_right(y, 1), shape=tuple(y.shape), dtype=torch.int64)


@check(
    "shift_right.input_unchanged",
    hint="The loss still needs y as it was. Does your function write into it, or into memory that it shares?",
    zh="计算损失时还需要原来的 y。你的函数是否改写了它，或改写了与它共用的内存？",
)
def test_the_target_stays_what_it_was(submission: Any, draw: Draw) -> None:
    for number in range(4):
        y = sentences(draw, number % 3)
        seen = submission.observe("shift_right", y, 1)
        compare.tensor(seen.result, shape=tuple(y.shape), dtype=torch.int64)
        compare.unchanged(y, seen.args[0], "y")


@check(
    "shift_right.T1",
    hint="A target of one column leaves nothing but bos.",
    zh="目标只有一列时，剩下的只有 bos。",
    weight=0.5,
)
def test_a_single_column(submission: Any, draw: Draw) -> None:
    for B in (1, 4, 0):
        compare.same(submission.shift_right(draw.integers(0, 9, B, 1), 7), torch.full((B, 1), 7))


# greedy_decode ------------------------------------------------------------------------------------------------------


class Speaker:
    """Says sentences word by word and remembers what it was asked. The scores have one clear winner each."""

    def __init__(self, draw: Draw, wanted: Tensor, V: int) -> None:
        self.asked: list[Tensor] = []
        self.scores = draw.uniform(-4, 0, wanted.shape[1], len(wanted), V, dtype=float_type(V))
        self.scores.scatter_(2, wanted.T[:, :, None], 0.5)

    def __call__(self, prefix: Any) -> Tensor:
        prefix = compare.tensor(prefix, dtype=torch.int64, what="the prefix", zh="前缀")
        self.asked.append(prefix.clone())
        fits = len(self.asked) <= len(self.scores)
        compare.require(fits, "step is called again and again, beyond max_len.", "step 被一再调用，超过了 max_len。")
        return self.scores[len(self.asked) - 1]


def speech(draw: Draw, lengths: Tensor, T: int) -> tuple[Speaker, Tensor, int, int]:
    """A speaker, what comes out of it, bos and eos. Sentence b says eos at place lengths[b], and words behind it."""
    V, B = draw.size(7, 12), len(lengths)
    bos, eos = draw.permutation(V)[:2].tolist()
    words = [word for word in range(V) if word != eos]
    wanted = torch.tensor(words)[draw.integers(0, V - 1, B, T)]
    behind, at = torch.arange(T) > lengths[:, None], torch.arange(T) == lengths[:, None]
    wanted = torch.where(at, eos, wanted)
    longest = min(int(lengths.max()) + 1, T)
    return Speaker(draw, wanted, V), torch.where(behind, eos, wanted)[:, :longest], bos, eos


@check(
    "greedy_decode.value_and_eos_padding",
    hint="The best word of each row, until that row has said eos; from then on it says eos, whatever the scores are.",
    zh="每一行取得分最高的词，直到这一行说出 eos；此后不论得分如何，它只说 eos。",
)
def test_the_best_word_until_the_end(submission: Any, draw: Draw) -> None:
    for _ in range(8):
        B, T = draw.size(2, 5), draw.size(5, 9)
        lengths = draw.integers(0, T, B)
        lengths[0], lengths[-1] = 1, T - 1
        step, want, bos, eos = speech(draw, lengths, T)
        compare.same(submission.greedy(step, B, bos, eos, T + 2), want, **SAID)


@check(
    "greedy_decode.max_len",
    hint="A sentence that never ends must be stopped: max_len counts the words that come out, without bos.",
    zh="永远不说完的句子必须被打断：max_len 数的是输出的词，不含 bos。",
)
def test_sentences_without_end(submission: Any, draw: Draw) -> None:
    for most in (1, 2, 5, 0):
        B, T = draw.size(2, 4), 6
        step, want, bos, eos = speech(draw, torch.tensor([T] * B), T)
        compare.same(submission.greedy(step, B, bos, eos, most), want[:, :most], **SAID)
        compare.equal(len(step.asked), most, what="the number of calls of step", zh="调用 step 的次数")
    step, want, bos, eos = speech(draw, torch.tensor([3, 1]), 6)  # the last word allowed is eos
    compare.same(submission.greedy(step, 2, bos, eos, 4), want, **SAID)


@check(
    "greedy_decode.stops_early",
    hint="When the last sentence has said eos, nobody needs another word: step is not called again.",
    zh="最后一个句子也说了 eos 之后，谁也不再需要下一个词：不应再调用 step。",
)
def test_it_stops_when_all_are_done(submission: Any, draw: Draw) -> None:
    for ends in ([0, 0], [2, 0, 1], [1, 3, 3, 0], [4]):
        step, want, bos, eos = speech(draw, torch.tensor(ends), 9)
        compare.same(submission.greedy(step, len(ends), bos, eos, 9), want, **SAID)
        compare.equal(len(step.asked), max(ends) + 1, what="the number of calls of step", zh="调用 step 的次数")


@check(
    "greedy_decode.prefix_grows_from_bos",
    hint="step reads everything said so far, from bos on, not only the last word.",
    zh="step 读的是到目前为止说过的一切，从 bos 开始，而不只是最后一个词。",
    needs=["greedy_decode.value_and_eos_padding"],
)
def test_the_whole_prefix_is_read(submission: Any, draw: Draw) -> None:
    for ends in ([3, 1, 4], [2, 5]):
        step, want, bos, eos = speech(draw, torch.tensor(ends), 9)
        compare.same(submission.greedy(step, len(ends), bos, eos, 9), want, **SAID)
        full = torch.cat([torch.full((len(ends), 1), bos), want], 1)
        for t, prefix in enumerate(step.asked):
            compare.same(prefix, full[:, : t + 1], what="the prefix that step gets", zh="传给 step 的前缀")


@check(
    "greedy_decode.bos_not_in_output",
    hint="bos was never said, it only starts the talk. A sentence may have the same id among its words, though.",
    zh="bos 从来不是说出来的，它只是开头。不过句子里的词也可能恰好是同一个编号。",
)
def test_bos_is_taken_off_once(submission: Any, draw: Draw) -> None:
    for _ in range(3):
        step, want, bos, eos = speech(draw, torch.tensor([3, 2]), 7)
        step.scores[:2] = -5.0
        step.scores[:2, :, bos] = 1.0
        want[:, :2] = bos
        compare.same(submission.greedy(step, 2, bos, eos, 7), want, **SAID)


# nat_decode ---------------------------------------------------------------------------------------------------------


def at_once(draw: Draw, number: int) -> tuple[Callable[..., Tensor], list[Any], Tensor, Tensor, Tensor]:
    """A model, its list of calls, a source, lengths and what should come out, with pad -7."""
    B, S, V = draw.sizes(3, 2, 8)
    length = draw.integers(0, 7, B)
    length[draw.size(0, B - 1)] = 7
    scores, calls = draw.randn(B, 9, V, dtype=float_type(number)), []
    src = draw.layout(draw.integers(0, 20, B, S), number % 3)

    def model(src: Any, n: Any) -> Tensor:
        calls.append((compare.tensor(src, what="the source", zh="源序列").clone(), n))
        return scores[:, : min(max(n, 0), 9)] if type(n) is int else scores

    want = torch.where(torch.arange(7) < length[:, None], scores[:, :7].argmax(-1), -7)
    return model, calls, src, length, want


@check(
    "nat_decode.one_pass",
    hint="One call says all words: as many places as the longest target needs, for the sources as they are.",
    zh="一次调用就说出所有的词：位置数等于最长的目标，源序列原样传入。",
)
def test_the_model_is_called_once(submission: Any, draw: Draw) -> None:
    for number in range(6):
        model, calls, src, length, want = at_once(draw, number)
        compare.tensor(submission.nat_decode(model, src, length, -7), shape=tuple(want.shape), dtype=torch.int64)
        compare.equal(len(calls), 1, what="the number of calls of model", zh="调用 model 的次数")
        compare.same(list(calls[0]), [src, 7], what="the arguments of model", zh="传给 model 的参数")


@check(
    "nat_decode.lengths_respected",
    hint="Row b has length[b] words, the places 0 .. length[b] - 1. All the others are pad.",
    zh="第 b 行有 length[b] 个词，在位置 0 .. length[b] - 1；其余都是 pad。",
)
def test_pad_behind_the_last_word(submission: Any, draw: Draw) -> None:
    for number in range(12):
        model, _, src, length, want = at_once(draw, number)
        compare.same(submission.nat_decode(model, src, length, -7), want, **SAID)


@check(
    "nat_decode.parallel",
    hint="No loop over places or sentences: one argmax and one comparison serve all of them.",
    zh="不要逐个位置、逐个句子循环：一次 argmax 加一次比较就够了。",
    needs=["nat_decode.lengths_respected"],
    weight=0.5,
)
def test_the_work_does_not_grow_with_the_length(submission: Any, draw: Draw) -> None:
    def count(B: int, T: int) -> Any:
        scores, length = draw.randn(B, T, 5), draw.integers(1, T, B)
        length[0] = T
        model = submission.build("lambda src, n: scores", scores=scores)
        seen = submission.observe("nat_decode", model, draw.integers(0, 9, B, 4), length, 0)
        compare.tensor(seen.result, shape=(B, T), dtype=torch.int64, **SAID)
        return seen.op_count

    small = count(3, 4)
    for B, T in ((3, 12), (9, 4)):
        source_rules.vectorised(small, count(B, T))


@check(
    "nat_decode.length_value",
    hint="First the mean over the places of the source, then one score for each length; the index of the best is the"
    " answer.",
    zh="先对源序列的各个位置取平均，再给每种长度打分；得分最高者的下标就是答案。",
)
def test_the_length_with_the_best_score(submission: Any, draw: Draw) -> None:
    for number in range(20):
        B, S, d, L = draw.sizes(4, 2, 12)
        B = 40
        h, W = draw.randn(B, S, d, dtype=F64), draw.randn(L, d)
        h = draw.layout(h, number % 3)
        want = torch.stack([(W * row.mean(0)).sum(1).argmax() for row in h])
        compare.same(submission.predict_length(h, W), want, what="the lengths", zh="长度")

"""Hidden checks of seq2seq-tricks: beam search."""

from __future__ import annotations

import itertools
import math
from typing import Any

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

BEST = {"what": "the best hypothesis", "zh": "最好的假设"}
SCORE = {"what": "the score", "zh": "得分"}
Ids = tuple[int, ...]

# beam_search --------------------------------------------------------------------------------------------------------


class Model:
    """Log-probabilities for every prefix, drawn when it is first asked for; remembers the prefixes."""

    def __init__(self, draw: Draw, V: int) -> None:
        self.draw, self.V, self.asked = draw, V, list[Ids]()

    def logp(self, prefix: Ids) -> list[float]:
        return (1.5 * self.draw.child(str(prefix)).randn(self.V)).log_softmax(0).tolist()

    def __call__(self, prefix: Any) -> list[float]:
        known = type(prefix) is tuple and all(type(word) is int for word in prefix) and len(prefix) < 99
        compare.require(known, "the prefix is not a tuple of ints.", "prefix 不是由 int 组成的元组。")
        self.asked.append(prefix)
        compare.require(len(self.asked) < 5000, "next_logp is called without end.", "next_logp 被无休止地调用。")
        return self.logp(prefix)


def searched(submission: Any, model: Any, *given: Any, **more: Any) -> tuple[Ids, float]:
    best, score = compare.items(submission.beam_search(model, *given, **more), 2)
    compare.is_type(best, tuple, **BEST)
    return best, compare.number(score, **SCORE)


def search(model: Model, beam: int, eos: int, max_len: int, alpha: float = 0.0) -> tuple[Ids, float]:
    kept: dict[Ids, float] = {(): 0.0}

    def score(ids: Ids, total: float) -> float:
        return total / max(len(ids), 1) ** alpha

    for _ in range(max_len):
        pool = {ids: total for ids, total in kept.items() if eos in ids}
        for ids, total in kept.items():
            if eos not in ids:
                pool |= {(*ids, word): total + logp for word, logp in enumerate(model.logp(ids))}
        kept = dict(sorted(pool.items(), key=lambda one: -score(*one))[:beam])
    best = max(kept.items(), key=lambda one: score(*one))
    return best[0], score(*best)


def total_of(model: Model, ids: Ids) -> float:
    return sum(model.logp(ids[:t])[word] for t, word in enumerate(ids))


def every_sentence(V: int, eos: int, max_len: int) -> list[Ids]:
    words = [word for word in range(V) if word != eos]
    ended = [(*ids, eos) for n in range(max_len) for ids in itertools.product(words, repeat=n)]
    return ended + list(itertools.product(words, repeat=max_len))


@check(
    "beam_search.beam1_is_greedy",
    hint="With one place to keep, the best next id is all that is left, until it is eos or max_len is reached.",
    zh="只保留一个时，剩下的就是每步最好的编号，直到它是 eos 或达到 max_len。",
)
def test_one_hypothesis_is_greedy(submission: Any, draw: Draw) -> None:
    for number in range(6):
        model, most = Model(draw.child(str(number)), draw.size(3, 6)), draw.size(1, 6)
        eos, ids = number % model.V, ()
        while len(ids) < most and eos not in ids:
            scores = model.logp(ids)
            ids = (*ids, scores.index(max(scores)))
        best, score = searched(submission, model, 1, eos, most)
        compare.equal(best, ids, **BEST)
        compare.number(score, total_of(model, ids), **SCORE)
        compare.equal(len(model.asked), len(ids), what="the number of calls of next_logp", zh="调用 next_logp 的次数")


@check(
    "beam_search.beam_beats_greedy",
    hint="A poor beginning may have the best end: who keeps two beginnings finds it.",
    zh="开头较差的，结局可能最好：保留两个开头就能找到它。",
)
def test_the_trap(submission: Any, draw: Draw) -> None:
    for number in range(4):
        good, bad, eos = draw.permutation(3).tolist()
        tail = {bad: [0.34, 0.33, 0.33], good: [0.03, 0.02, 0.95]}

        def trap(prefix: Any, order: tuple[int, int, int] = (good, bad, eos), tail: Any = tail) -> list[float]:
            chances = [0.4, 0.55, 0.05] if prefix == () else tail.get(prefix[0] if prefix else None, [1 / 3] * 3)
            return [math.log(chances[order.index(word)]) for word in range(3)]

        best, score = searched(submission, trap, 2 + number % 2, eos, 2)
        compare.equal(best, (good, eos), **BEST)
        compare.number(score, math.log(0.4 * 0.95), **SCORE)


@check(
    "beam_search.value",
    hint="Round by round: all extensions of what is unfinished together with what is finished, and of these the best.",
    zh="一轮一轮地来：未完成者的所有扩展，连同已完成的，从中留下最好的几个。",
)
def test_round_by_round(submission: Any, draw: Draw) -> None:
    for number in range(12):
        model = Model(draw.child(str(number)), draw.size(4, 7))
        beam, eos, most = draw.size(2, 4), number % 4, draw.size(2, 6)
        want = search(model, beam, eos, most)
        best, score = searched(submission, model, beam, eos, most)
        compare.equal(best, want[0], **BEST)
        compare.number(score, want[1], **SCORE)


@check(
    "beam_search.large_beam_is_exhaustive",
    hint="A beam that is wide enough loses nothing: the result is the best of all sentences.",
    zh="束足够宽时什么也不会丢：结果就是所有句子中最好的。",
)
def test_a_wide_beam_finds_the_best_of_all(submission: Any, draw: Draw) -> None:
    for number in range(8):
        model = Model(draw.child(str(number)), 3)
        want = max(every_sentence(3, number % 3, 3), key=lambda ids, m=model: total_of(m, ids))  # type: ignore[misc]
        best, score = searched(submission, model, 60, number % 3, 3)
        compare.equal(best, want, **BEST)
        compare.number(score, total_of(model, want), **SCORE)


@check(
    "beam_search.score_is_logprob",
    hint="Log-probabilities are added; the score is their sum, eos included, and no probability.",
    zh="对数概率要相加；得分就是它们的和，含 eos，而不是概率。",
)
def test_the_score_belongs_to_the_hypothesis(submission: Any, draw: Draw) -> None:
    for number in range(6):
        model = Model(draw.child(str(number)), 5)
        best, score = searched(submission, model, 3, 2, draw.size(1, 5))
        legal = 0 < len(best) < 9 and all(type(word) is int and 0 <= word < 5 for word in best)
        compare.require(legal, "the hypothesis is no sentence of this model.", "这个假设不是该模型能说出的句子。")
        compare.number(score, total_of(model, best), **SCORE)
    best, score = searched(submission, Model(draw, 3), 2, 1, 0)
    compare.equal((best, score), ((), 0.0), what="the result for max_len = 0", zh="max_len = 0 时的结果")


@check(
    "beam_search.stops_at_eos",
    hint="A finished hypothesis is not extended, but it keeps its place; when all are finished, the search is over.",
    zh="已完成的假设不再扩展，但保留它的位置；全部完成时，搜索就结束。",
)
def test_finished_is_finished(submission: Any, draw: Draw) -> None:
    for number in range(6):
        model, eos = Model(draw.child(str(number)), 4), number % 4
        want = search(model, 2, eos, 8)
        best, _ = searched(submission, model, 2, eos, 8)
        compare.require(
            all(eos not in ids for ids in model.asked), "a finished one is extended.", "扩展了已完成的假设。"
        )
        compare.equal(best, want[0], **BEST)
        compare.equal(
            len(set(model.asked)), len(model.asked), what="calls with different prefixes", zh="前缀互不相同的调用"
        )

    def likes_to_go_on(prefix: Any) -> list[float]:  # behind eos it would promise everything
        return [-0.1, -2.4] if 1 not in prefix else [0.0, 0.0]

    best, score = searched(submission, likes_to_go_on, 3, 1, 4)
    compare.equal(best, (0, 0, 0, 0), **BEST)
    compare.number(score, -0.4, **SCORE)


@check(
    "beam_search.length_penalty",
    hint="Every further word makes a sum of logarithms smaller. Divide by the length to the power alpha, eos included.",
    zh="每多一个词，对数之和就更小。要除以长度的 alpha 次方，长度含 eos。",
)
def test_the_length_changes_the_winner(submission: Any, draw: Draw) -> None:
    for number in range(5):
        model, alpha = Model(draw.child(str(number)), 3), (1.0, 0.6, 1.0, 2.0, 0.3)[number]
        scores = {ids: total_of(model, ids) / len(ids) ** alpha for ids in every_sentence(3, 1, 3)}
        want = max(scores, key=scores.__getitem__)
        best, score = searched(submission, model, 60, 1, 3, alpha)
        compare.equal(best, want, **BEST)
        compare.number(score, scores[want], **SCORE)

    def short_or_long(prefix: Any) -> list[float]:  # id 1 is eos
        return [-0.9, -0.6] if len(prefix) == 0 else [-9.0, -0.1]

    for alpha, winner in ((0.0, (1,)), (1.0, (0, 1))):
        best, _ = searched(submission, short_or_long, 4, 1, 3, alpha=alpha)
        compare.equal(best, winner, **BEST)

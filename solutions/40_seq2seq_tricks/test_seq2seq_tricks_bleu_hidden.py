"""Hidden checks of seq2seq-tricks: BLEU."""

from __future__ import annotations

import math
from typing import Any

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

# bleu ---------------------------------------------------------------------------------------------------------------

BLEU = {"what": "BLEU", "zh": "BLEU"}


def expected(cand: list[str], ref: list[str], n: int = 4) -> float:
    logs = 0.0
    for k in range(1, n + 1):
        found = [tuple(cand[i : i + k]) for i in range(len(cand) - k + 1)]
        known = [tuple(ref[i : i + k]) for i in range(len(ref) - k + 1)]
        hits = sum(min(found.count(gram), known.count(gram)) for gram in set(found))
        if not hits:
            return 0.0
        logs += math.log(hits / len(found)) / n
    return math.exp(min(0.0, 1 - len(ref) / len(cand)) + logs)


def words(draw: Draw, count: int, kinds: int = 4) -> list[str]:
    return [f"w{number}" for number in draw.integers(0, kinds, count).tolist()]


def scored(submission: Any, cand: list[str], ref: list[str], want: float, *n: int) -> None:
    compare.number(compare.is_type(submission.bleu(cand, ref, *n), float, **BLEU), want, **BLEU)


@check(
    "bleu.identical_is_1",
    hint="Every k-gram of a sentence is found in the sentence itself: all shares are 1, and nothing is too short.",
    zh="句子的每个 k 元组都在它自己里面：所有比例都是 1，也不算短。",
)
def test_the_same_sentence(submission: Any, draw: Draw) -> None:
    for count in (4, 7, 12):
        sentence = words(draw, count, 9)
        scored(submission, sentence, list(sentence), 1.0)
    scored(submission, ["a"], ["a"], 1.0, 1)


@check(
    "bleu.repeat_clipped",
    hint="Saying the right word seven times does not make it right seven times: it counts as often as the reference has"
    " it.",
    zh="把对的词说七遍，并不算对七次：参考译文有几个，最多就算几个。",
)
def test_repetition_does_not_pay(submission: Any, draw: Draw) -> None:
    ref = words(draw, 6, 20)
    scored(submission, [ref[0]] * 7, ref, ref.count(ref[0]) / 7, 1)
    cand = [*ref, *ref]
    for n in (1, 2, 4):
        scored(submission, cand, ref, expected(cand, ref, n), n)


@check(
    "bleu.brevity",
    hint="Saying little is safe, so it is punished: exp(1 - r / c), with r words in the reference, c in the other.",
    zh="说得少就不容易错，所以要罚：exp(1 - r / c)，其中 r、c 是参考与候选的词数。",
)
def test_too_short_is_punished(submission: Any, draw: Draw) -> None:
    ref = words(draw, 10, 30)
    for c in (4, 6, 9):
        scored(submission, ref[:c], ref, math.exp(1 - 10 / c))
        scored(submission, ref[:c], ref, math.exp(1 - 10 / c), 2)


@check(
    "bleu.long_not_rewarded",
    hint="Too long has no punishment of its own and no reward either: precision falls by itself.",
    zh="太长没有单独的惩罚，也没有奖励：精确率自己会下降。",
)
def test_too_long_is_not_rewarded(submission: Any, draw: Draw) -> None:
    ref = words(draw, 6, 30)
    cand = [*ref, "x", "y", "z"]
    want = (6 / 9 * 5 / 8 * 4 / 7 * 3 / 6) ** 0.25
    scored(submission, cand, ref, want)


@check(
    "bleu.zero_when_no_4gram",
    hint="A product with a 0 in it is 0, and so is the one of a candidate that is too short for its k-grams.",
    zh="乘积里有一个 0 就是 0；候选短得没有 k 元组时也一样。",
)
def test_no_match_no_points(submission: Any, draw: Draw) -> None:
    scored(submission, list("abcxdef"), list("abcdef"), 0.0)
    scored(submission, list("abc"), list("abc"), 0.0)
    scored(submission, list("abc"), list("abc"), 1.0, 3)
    scored(submission, list("xyzuv"), list("abcde"), 0.0, 1)


@check(
    "bleu.empty",
    hint="No words, no matches: 0, and no division by 0.",
    zh="没有词就没有匹配：结果是 0，不能除以 0。",
)
def test_nothing_said(submission: Any) -> None:
    for cand, ref in (([], ["a", "b"]), ([], []), (["a"], [])):
        for n in (1, 4):
            scored(submission, list(cand), list(ref), 0.0, n)


@check(
    "bleu.mixed_value",
    hint="The geometric mean of n shares, each out of the candidate's k-grams, times the punishment for being short.",
    zh="n 个比例的几何平均（每个都以候选的 k 元组个数为分母），再乘以过短的惩罚。",
)
def test_the_formula(submission: Any, draw: Draw) -> None:
    for _ in range(40):
        ref, n = words(draw, draw.size(1, 12)), draw.size(1, 4)
        cand = words(draw, draw.size(1, 14)) if draw.random.random() < 0.5 else [*ref[1:], *words(draw, 2)]
        scored(submission, cand, ref, expected(cand, ref, n), n)
    before = (list(cand), list(ref))
    seen = submission.observe("bleu", cand, ref)
    compare.number(seen.result, expected(cand, ref), **BLEU)
    for name, old, new in zip(("cand", "ref"), before, seen.args, strict=True):
        compare.unchanged(old, new, name)

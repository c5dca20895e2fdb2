"""Hidden checks of recurrent networks: the tagger of ticket orders. It is the student's from end to end, except that
its rnn_forward is replaced by a right one where it uses that."""

from __future__ import annotations

from typing import Any

import torch
from rnn_reference import F32, SCORES, V, orders, scores, trained
from rnn_reference import with_right_cell as right
from torch import Tensor

from autograder.checks import compare, training
from autograder.checks.made.text import TAGS
from autograder.checks.made.tokens import IGNORE
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

MADE = "torch.manual_seed(seed)\nstudent.Tagger(V, E, H, n, both)"
GIVEN, ASKED = 200, 300


def tagger(submission: Any, sizes: tuple[int, int, int, int], both: bool, seed: int = 0) -> Any:
    V, E, H, n = sizes
    return submission.build(MADE, V=V, E=E, H=H, n=n, both=both, seed=seed % 2**31)


def answers(model: Any, X: Tensor, n: int) -> Tensor:
    got = compare.tensor(model(X), shape=(*X.shape, n), dtype=F32, **SCORES)
    return compare.finite(got, **SCORES).detach()


@check(
    "train_tagger.parameters",
    hint="One embedding, one recurrent layer with two biases, in each direction its own, and one linear layer which"
    " reads one state or two.",
    zh="一个嵌入层；一个带两个偏置的循环层，每个方向各一套；一个线性层，读一个或两个状态。",
)
def test_as_many_parameters_as_the_docstring_counts(fresh_submission: Any, draw: Draw) -> None:
    submission = right(fresh_submission)
    for both in (False, True):
        V, E, H, n = draw.sizes(4, 2, 9)
        model = tagger(submission, (V, E, H, n), both)
        answers(model, draw.integers(0, V, 3, 5), n)
        ways = 1 + both
        want = V * E + ways * (E * H + H * H + 2 * H) + ways * H * n + n
        params = compare.is_type(model.params(), dict, "the parameters", "参数")
        count = sum(value.numel() for value in params.values() if isinstance(value, Tensor))
        compare.equal(count, want, what="the number of parameters", zh="参数个数")


@check(
    "train_tagger.each_row_by_itself",
    hint="The sentences of a batch know nothing of each other. In which order does your recurrent layer expect batch"
    " and time?",
    zh="一个批量里的句子彼此无关。你的循环层期望批量和时间按什么次序排？",
)
def test_sentences_do_not_read_each_other(fresh_submission: Any, draw: Draw) -> None:
    submission = right(fresh_submission)
    for both in (False, True):
        V, E, H, n = draw.sizes(4, 3, 9)
        model = tagger(submission, (V, E, H, n), both, draw.new_seed())
        for B, T in ((5, 3), (4, 4)):
            X = draw.integers(0, V, B, T)
            together = answers(model, X, n)
            for row in (slice(0, 1), slice(2, 4)):
                compare.same(
                    answers(model, X[row], n), together[row], what="the scores of fewer rows", zh="较少行的得分"
                )


@check(
    "train_tagger.directions",
    hint="With one direction a score depends on the words so far; with two it depends on every word of the row.",
    zh="单向时，得分只取决于到此为止的词；双向时，取决于这一行的每一个词。",
    needs=["train_tagger.each_row_by_itself"],
)
def test_who_can_see_the_future(fresh_submission: Any, draw: Draw) -> None:
    submission = right(fresh_submission)
    for both in (False, True):
        V, E, H, n = draw.sizes(4, 5, 9)
        model, T = tagger(submission, (V, E, H, n), both, draw.new_seed()), 6
        X = draw.integers(0, V, 1, T)
        plain = answers(model, X, n)[0]
        for place in range(T):
            other = X.clone()
            other[0, place] = (X[0, place] + 1) % V
            moved = (answers(model, other, n)[0] - plain).abs().amax(1)
            want = torch.arange(T) >= (0 if both else place)
            near = (torch.arange(T) - place).abs() <= 1  # farther away the trace may be too small for float32
            compare.require(
                bool((moved[want & near] > 0).all()) and bool((moved[~want] == 0).all()),
                "a changed word moves other scores than it should.",
                "改动一个词，变化的得分与应有的不符。",
            )


@check(
    "train_tagger.generator_only",
    hint="All chance comes from the generator, that of the starting weights as well.",
    zh="所有随机性都来自 generator，初始权重也不例外。",
    cpu_s=12.0,
    wall_s=60.0,
)
def test_the_same_generator_gives_the_same_tagger(fresh_submission: Any, draw: Draw) -> None:
    submission, few = right(fresh_submission), orders(draw, 12)
    seed, X, Y = draw.new_seed() % 2**31, few.words[:, :4], few.tags[:, :4]
    runs = [scores(submission, trained(submission, draw, X, Y, s, True), X) for s in (seed, seed, seed + 1)]
    compare.same(runs[1], runs[0], rtol=0, atol=0, what="the scores of a second run", zh="第二次训练的得分")
    compare.require(
        not torch.equal(runs[2], runs[0]),
        "another generator gives exactly the same tagger.",
        "换一个 generator 得到了完全相同的网络。",
    )


@check(
    "train_tagger.padding_ignored",
    hint="Where nothing is asked, nothing is learned: positions without a tag belong neither into the sum nor into the"
    " mean.",
    zh="没有标签的位置什么也不该学：它们既不进总和，也不进平均。",
    cpu_s=12.0,
    wall_s=60.0,
)
def test_positions_without_a_tag_teach_nothing(fresh_submission: Any, draw: Draw) -> None:
    submission, few = right(fresh_submission), orders(draw, 16)
    X, Y, seed = few.words, few.tags, draw.new_seed() % 2**31
    extra = torch.full((16, 5), IGNORE)
    # one direction only: there words behind the end can't reach a score that is asked for
    wide = [torch.cat([X, draw.integers(1, V, 16, 5)], 1) for _ in range(2)]
    runs = [
        scores(submission, trained(submission, draw, given, torch.cat([Y, extra], 1), seed, False), X) for given in wide
    ]
    what = {"what": "the scores after training with other words as padding", "zh": "换了填充处的词再训练后的得分"}
    compare.same(runs[1], runs[0], rtol=1e-3, atol=1e-3, **what)
    known = Y != IGNORE
    share = training.accuracy(runs[0][known], Y[known])
    training.at_least(share, 0.6, "the accuracy on the few sentences of the training", "在训练用的几句话上的准确率")


def city_accuracy(submission: Any, draw: Draw, seed: int, both: bool) -> float:
    """The share of the cities in new orders that get the right tag."""
    given, asked = orders(draw, GIVEN), orders(draw, ASKED)
    model = trained(submission, draw, given.words, given.tags, seed, both)
    city = (asked.tags == TAGS.index("from")) | (asked.tags == TAGS.index("to"))
    return training.accuracy(scores(submission, model, asked.words)[city], asked.tags[city])


@check(
    "train_tagger.birnn_accuracy",
    hint="Who reads from both ends can tell the two cities apart in every sentence. Are there enough steps, and does"
    " the loss see every word's tag?",
    zh="从两端读，就能在每句话里分清两座城市。训练的步数够吗？损失看到了每个词的标签吗？",
    needs=["train_tagger.each_row_by_itself", "train_tagger.directions"],
    weight=2.0,
    cpu_s=12.0,
    wall_s=90.0,
)
def test_cities_are_told_apart(fresh_submission: Any, draw: Draw, record_property: Any) -> None:
    submission = right(fresh_submission)

    def run(seed: int) -> float:
        share = city_accuracy(submission, draw.child(str(seed)), seed, True)
        record_property("cities", share)
        return training.at_least(share, 0.97, "the accuracy on cities", "城市上的准确率")

    training.two_of_three(run, draw)


@check(
    "train_tagger.rnn_ceiling",
    hint="One direction can't know what only later words tell. Does bidirectional=False reach the network that is"
    " trained, and is that one trained just as long?",
    zh="单向网络不可能知道后面的词才说明的事。bidirectional=False 真的传到训练的网络了吗？它也训练得一样久吗？",
    needs=["train_tagger.birnn_accuracy"],
    cpu_s=12.0,
    wall_s=90.0,
)
def test_one_direction_can_not_know(fresh_submission: Any, draw: Draw, record_property: Any) -> None:
    submission, seed = right(fresh_submission), draw.new_seed() % 2**31
    share = city_accuracy(submission, draw, seed, False)
    record_property("cities_one_direction", share)
    training.at_most(share, 0.96, "the accuracy on cities in one direction", "单向网络在城市上的准确率")
    training.at_least(share, 0.75, "the accuracy on cities in one direction", "单向网络在城市上的准确率")

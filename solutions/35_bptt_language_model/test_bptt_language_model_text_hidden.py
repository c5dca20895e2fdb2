"""Hidden checks of the language model: batches of a long text, the model, what it writes, and what it learns."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from bptt_language_model_reference import COUNTER, F32, FIXED
from torch import Tensor, nn

from autograder.checks import compare, training
from autograder.checks.made.text import ALPHABET, story
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

LETTERS, EPOCHS = len(ALPHABET), 4
LOGITS, WRITTEN = {"what": "the logits", "zh": "logits"}, {"what": "the characters", "zh": "写出的字符"}
BATCHES = {"what": "the batches", "zh": "各个批量"}


def cut(submission: Any, ids: Tensor, B: int, k: int) -> Any:
    return submission.build("[tuple(pair) for pair in student.batches(ids, B, k)]", ids=ids, B=B, k=k)


def rows(ids: Tensor, B: int, k: int) -> list[tuple[Tensor, Tensor]]:
    """The expected batches."""
    L = (len(ids) - 1) // B
    starts = torch.arange(B)[:, None] * L + torch.arange(k)
    return [(ids[starts + n * k], ids[starts + n * k + 1]) for n in range(L // k)]


@check(
    "char_lm.shift",
    hint="Every character is asked for the one after it in the text; also the last one of a batch.",
    zh="每个字符要预测的是文本中它后面的那一个；批量中最后一个字符也不例外。",
)
def test_targets_are_one_further(submission: Any, draw: Draw) -> None:
    for _ in range(6):
        B, k = draw.size(1, 5), draw.size(1, 6)
        ids = draw.integers(0, 30, B * k * 3 + draw.size(1, B))
        got, want = cut(submission, ids, B, k), rows(ids, B, k)
        pairs = compare.items(got, len(want), list, **BATCHES)
        for pair, (_, y) in zip(pairs, want, strict=True):
            compare.same(compare.items(pair, 2, tuple)[1], y, what="the targets", zh="目标")


@check(
    "char_lm.contiguous_rows",
    hint="Row b of a batch goes on where row b of the batch before has ended: only then is a carried state of any use.",
    zh="一个批量的第 b 行要接着上一个批量的第 b 行：只有这样，传下去的状态才有用。",
)
def test_rows_go_on_from_batch_to_batch(submission: Any, draw: Draw) -> None:
    for extra in range(8):
        B, k = draw.sizes(2, 1, 6)
        ids = draw.integers(0, 1000, B * (3 * k + extra % k) + 1 + extra % B)
        compare.same(cut(submission, ids, B, k), rows(ids, B, k), **BATCHES)
    compare.same(cut(submission, torch.arange(5), 2, 3), [], **BATCHES)


@check(
    "char_lm.state",
    hint="The state that comes back is all the model knows. With it, two halves are as good as the whole; and no"
    " character knows what comes after it.",
    zh="返回的状态就是模型知道的一切。有了它，两半与整体一样；而任何字符都不知道后面是什么。",
)
def test_two_halves_are_the_whole(submission: Any, draw: Draw) -> None:
    V, E, H = draw.sizes(3, 3, 9)
    for B, cutting in ((2, 4), (4, 1)):
        x = draw.integers(0, V, B, 7)
        got = submission.build(
            "torch.manual_seed(seed)\nm = student.CharLM(V, E, H)\nwhole = m(x, None)[0]\none, s = m(x[:, :c], None)\n"
            "two, s = m(x[:, c:], s)\nwhole, one, two, m(x[1:2])[0]",
            V=V, E=E, H=H, x=x, c=cutting, seed=draw.new_seed() % 2**31,
        )  # fmt: skip
        whole, one, two, alone = compare.items(got, 4, tuple)
        whole = compare.tensor(whole, shape=(B, 7, V), dtype=F32, **LOGITS).detach()
        compare.same(one, whole[:, :cutting], what="the logits of the first half", zh="前一半的 logits")
        compare.same(two, whole[:, cutting:], what="the logits of the second half", zh="后一半的 logits")
        compare.same(alone, whole[1:2], what="the logits of one row alone", zh="单独一行的 logits")
        fresh = submission.build(
            "torch.manual_seed(0)\nm = student.CharLM(V, E, H)\n"
            "a, b = m(x, None)[0], m(x[:, 1:], None)[0]\n(a[:, 1:] - b).abs().max()",
            V=V, E=E, H=H, x=x,
        )  # fmt: skip
        compare.require(
            compare.tensor(fresh, shape=()).item() > 0,
            "the logits do not depend on earlier characters.",
            "logits 与前面的字符无关。",
        )


@check(
    "char_lm.temperature_zero_greedy",
    hint="Without temperature the largest logit wins. The whole prefix is read first, and every new character then.",
    zh="温度为零时，logit 最大的字符获胜。先读完整个前缀，再逐个读新写出的字符。",
)
def test_writing_without_chance(submission: Any, draw: Draw) -> None:
    for V, t, n in ((7, 3, 9), (11, 1, 5), (5, 6, 1), (5, 2, 0)):
        prefix = draw.integers(1, V, t)
        total, want = int(prefix.sum()), []
        for _ in range(n):
            want.append(total % V)
            total += want[-1]
        model = submission.build(COUNTER, V=V)
        got = submission.sample(model, prefix, n, 0.0, draw.new_generator())
        compare.same(got, torch.tensor(want, dtype=torch.int64), **WRITTEN)


@check(
    "char_lm.sample_distribution",
    hint="Divide the logits by the temperature, then softmax, then draw, from the generator and nothing else.",
    zh="logits 先除以温度，再 softmax，再抽取；只用 generator，不用别的随机源。",
)
def test_how_often_each_character_is_drawn(submission: Any, draw: Draw) -> None:
    n = 600
    for temperature in (1.0, 0.5, 2.5):
        logits = torch.tensor([0.0, 1.0, -1.0, 0.5])[draw.permutation(4)]
        model, seed = submission.build(FIXED, logits=logits), draw.new_seed()
        runs = []
        for chosen in (seed, seed, seed + 1):
            submission.build("torch.rand(3)")
            got = submission.sample(model, torch.tensor([0]), n, temperature, torch.Generator().manual_seed(chosen))
            got = compare.tensor(got, shape=(n,), dtype=torch.int64, **WRITTEN)
            compare.require(bool(((got >= 0) & (got < 4)).all()), "a character does not exist.", "有不存在的字符。")
            runs.append(got)
        share = torch.bincount(torch.cat([runs[0], runs[2]]), minlength=4) / (2 * n)
        p = torch.softmax(logits / temperature, 0)
        compare.require(
            bool(((share - p).abs() <= 5 * (p * (1 - p) / (2 * n)).sqrt()).all()),
            "the characters are not drawn as often as their probabilities say.",
            "各字符被抽到的次数与概率不符。",
        )
        compare.same(runs[1], runs[0], what="a second run with the same generator", zh="同一个 generator 的第二次")
        compare.require(
            not torch.equal(runs[0], runs[2]), "another generator changes nothing.", "换 generator 毫无变化。"
        )


TRAINED = """
torch.manual_seed(noise)
student.train_char_lm(ids, V, epochs, torch.Generator().manual_seed(seed))
"""


def trained(submission: Any, draw: Draw, ids: Tensor, V: int, epochs: int, seed: int) -> Any:
    values = {"ids": ids, "V": V, "epochs": epochs, "seed": seed, "noise": draw.new_seed()}
    model = submission.build(TRAINED, **values)
    return compare.is_type(model, nn.Module, "what train_char_lm returns", "train_char_lm 的返回值")


def logits_of(submission: Any, model: Any, x: Tensor, V: int) -> Tensor:
    got = submission.build("model.eval()\nwith torch.no_grad():\n    z = model(x, None)[0]\nz", model=model, x=x)
    return compare.finite(compare.tensor(got, shape=(*x.shape, V), dtype=F32, **LOGITS), **LOGITS).detach()


@check(
    "char_lm.generator_only",
    hint="All chance comes from the generator, that of the starting weights as well.",
    zh="所有随机性都来自 generator，初始权重也不例外。",
)
def test_the_same_generator_gives_the_same_model(submission: Any, draw: Draw) -> None:
    ids, x, seed = draw.integers(0, 6, 500), draw.integers(0, 6, 2, 5), draw.new_seed() % 2**31
    for epochs in (0, 1):
        runs = [
            logits_of(submission, trained(submission, draw, ids, 6, epochs, s), x, 6) for s in (seed, seed, seed + 1)
        ]
        compare.same(runs[1], runs[0], rtol=0, atol=0, what="the logits of a second run", zh="第二次训练的 logits")
        compare.require(
            not torch.equal(runs[2], runs[0]),
            "another generator gives exactly the same model.",
            "换一个 generator 得到了完全相同的模型。",
        )


@check(
    "char_lm.epochs",
    hint="The whole text is read once for each epoch. With 0 epochs the model comes back as it starts, whatever the"
    " text.",
    zh="每一轮把整篇文字读一遍。0 轮时，不论文字是什么，模型都以初始的样子返回。",
    weight=0.5,
)
def test_what_is_not_read_is_not_learned(submission: Any, draw: Draw) -> None:
    texts, x, seed = draw.integers(0, 6, 2, 2000), draw.integers(0, 6, 2, 5), draw.new_seed() % 2**31
    for epochs in (0, 1):
        one, other = (logits_of(submission, trained(submission, draw, ids, 6, epochs, seed), x, 6) for ids in texts)
        compare.require(
            torch.equal(one, other) == (epochs == 0),
            "without an epoch the model should be as it starts, and one epoch should change it.",
            "一轮不训练，模型应当是初始的样子；训练一轮，它就应当改变。",
        )


@check(
    "char_lm.ppl",
    hint="Is the whole text read, in every epoch, each character asked for the next one? Is every step made with fresh"
    " gradients?",
    zh="每一轮都读完整个文本了吗？每个字符预测的是下一个吗？每一步用的都是新的梯度吗？",
    needs=["char_lm.state"],
    weight=2.0,
    cpu_s=15.0,
    wall_s=120.0,
)
def test_the_model_knows_the_language(submission: Any, draw: Draw, record_property: Any) -> None:
    def run(seed: int) -> float:
        child = draw.child(str(seed))
        given, asked = story(child.new_generator(), sentences=210), story(child.new_generator(), sentences=60)
        model = trained(submission, draw, given.ids, LETTERS, EPOCHS, seed)
        logits = logits_of(submission, model, asked.ids[None, :-1], LETTERS)
        ppl = F.cross_entropy(logits[0], asked.ids[1:]).exp().item()
        record_property("perplexity", ppl)
        return training.at_most(ppl, 1.6, "the perplexity", "困惑度")

    training.two_of_three(run, draw)

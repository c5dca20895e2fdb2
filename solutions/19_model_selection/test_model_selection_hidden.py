"""Hidden checks of model-selection, first part: rows distributed at random."""

from __future__ import annotations

import math
from typing import Any

import torch
from model_selection_reference import F64, partition, parts
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

THREE = (0.6, 0.25, 0.15)


def some_fractions(draw: Draw) -> tuple[float, float, float]:
    val, test = draw.random.uniform(0.02, 0.4), draw.random.uniform(0.02, 0.4)
    return 1 - val - test, val, test


def rounded_down(size: int, exact: float) -> bool:
    """floor(exact), or the next number where only the rounding of floats is between them."""
    return size in (math.floor(exact), math.floor(exact + 1e-9), math.floor(exact - 1e-9))


# train_val_test_split -------------------------------------------------------------------------------------------------


@check(
    "train_val_test_split.partition",
    hint="No row twice and no row lost: take three pieces of one and the same permutation.",
    zh="不重复，也不丢失：从同一个排列上切下三段。",
)
def test_every_row_is_in_exactly_one_of_the_three(submission: Any, draw: Draw) -> None:
    for n in draw.sizes(20, 3, 60):
        got = submission.train_val_test_split(n, some_fractions(draw), draw.new_generator())
        partition(parts(got, 3), n)


@check(
    "train_val_test_split.sizes",
    hint="Which of the three take their share rounded down, and which one takes all that is left?",
    zh="三个集合中，哪些取自己的份额并向下取整，哪一个拿走剩下的全部？",
)
def test_validation_and_test_are_rounded_down(submission: Any, draw: Draw) -> None:
    shares = [some_fractions(draw) for _ in range(16)] + [(1.0, 0.0, 0.0), (0.5, 0.5, 0.0), (0.7, 0.0, 0.3)]
    for fractions, n in zip(shares, draw.sizes(len(shares), 7, 99), strict=True):
        got = parts(submission.train_val_test_split(n, fractions, draw.new_generator()), 3)
        sizes = [len(part) for part in got]
        good = all(rounded_down(size, n * share) for size, share in zip(sizes[1:], fractions[1:], strict=True))
        compare.require(good, "validation and test should have n * fraction rows, rounded down, in this order.",
                        "验证集和测试集（依此次序）应当各有 n * 比例 行，向下取整。")  # fmt: skip
        compare.equal(sum(sizes), n, what="the sum of the sizes", zh="三个大小之和")


@check(
    "train_val_test_split.seeded",
    hint="All chance comes from the generator handed in: the same state, the same split; the next call, another.",
    zh="随机性全部来自传入的 generator：状态相同，划分就相同；接着再调用一次，就应当不同。",
)
def test_the_generator_alone_decides(submission: Any, draw: Draw) -> None:
    source = "torch.manual_seed(seed)\n[student.train_val_test_split(50, fractions, generator) for _ in range(2)]"
    generator, other = draw.new_generator(), draw.new_generator()
    same_source(submission, source, generator, other, fractions=THREE)


def same_source(submission: Any, source: str, generator: Any, other: Any, **values: Any) -> None:
    """Two results in a row: the same for the same generator, whatever torch's own one does; else different ones."""
    found = []
    for seed, chance in ((1, generator), (2, generator), (1, other)):
        results = compare.items(submission.build(source, seed=seed, generator=chance, **values), 2, list)
        first = len(compare.items(results[0], None))
        found.append([torch.cat(parts(result, first)) for result in results])
    one, again, another = found
    compare.equal(again, one, what="the result for the same generator", zh="同一 generator 的结果")
    compare.require(
        not torch.equal(one[0], one[1]),
        "a second call with the same generator should give another result, for its state has moved on.",
        "用同一个 generator 再调用一次，结果应当不同，因为它的状态已经前进了。",
    )
    compare.require(
        not torch.equal(one[0], another[0]),
        "another generator should give another result.",
        "换一个 generator，结果应当不同。",
    )


@check(
    "train_val_test_split.random_rows",
    hint="Every row may land anywhere, and neighbours must not stick together: shuffle all rows before cutting.",
    zh="每一行都可能落到任何一边，相邻的行也不该总在一起：先打乱全部的行，再切。",
    needs=["train_val_test_split.partition", "train_val_test_split.sizes"],
)
def test_every_division_is_as_probable(submission: Any, draw: Draw) -> None:
    n, trials = 12, 400
    source = "[student.train_val_test_split(12, (0.5, 0.25, 0.25), generator) for _ in range(400)]"
    found = compare.items(submission.build(source, generator=draw.new_generator()), trials, list)
    side = torch.empty(trials, n, dtype=torch.int64)
    for number, result in enumerate(found):
        three = parts(result, 3)
        partition(three, n)
        for place, part in enumerate(three):
            side[number, part] = place
    for place, share in enumerate((0.5, 0.25, 0.25)):
        there = side == place
        within(there.double().mean(0), share, trials)
        count = round(share * n)
        within((there & there.roll(1, 1)).double().mean(0), share * (count - 1) / (n - 1), trials)


def within(seen: Tensor, chance: float, trials: int) -> None:
    """Relative frequencies within five standard errors of their probability."""
    compare.require(
        bool(((seen - chance).abs() < 5 * math.sqrt(chance * (1 - chance) / trials)).all()),
        "over many calls, some rows land on one side more often than chance allows.",
        "多次调用后，有些行落在某一边的次数多得不像是随机的。",
        reason="statistics",
    )


@check(
    "train_val_test_split.small_n",
    hint="With one row only, there is still something to train on. And with none, there are three empty tensors.",
    zh="只有一行，也要有东西可训练。一行也没有时，返回三个空张量。",
)
def test_few_rows_go_to_training(submission: Any, draw: Draw) -> None:
    for n in (3, 1, 2, 0, 4, 5):
        for fractions in (THREE, (0.1, 0.45, 0.45), (0.05, 0.05, 0.9)):
            three = parts(submission.train_val_test_split(n, fractions, draw.new_generator()), 3)
            partition(three, n)
            compare.require(
                len(three[0]) > 0 or n == 0,
                "the training set is empty although there are rows.",
                "明明有数据，训练集却是空的。",
            )


@check(
    "train_val_test_split.bad_fractions_raise",
    hint="Shares below 0, an empty share for training, or a sum other than 1 cannot be meant: ValueError.",
    zh="比例小于 0、训练集比例为 0，或者总和不是 1，都不可能是本意：请抛出 ValueError。",
    weight=0.5,
)
def test_impossible_fractions_are_refused(submission: Any, draw: Draw) -> None:
    for bad in (
        (0.5, 0.2, 0.2),
        (0.6, 0.3, 0.3),
        (0.0, 0.5, 0.5),
        (1.2, -0.1, -0.1),
        (0.9, 0.2, -0.1),
        (-1.0, 1.0, 1.0),
    ):
        compare.raises(ValueError, submission.train_val_test_split, draw.size(5, 30), bad, draw.new_generator())
    parts(submission.train_val_test_split(20, (0.7, 0.2, 0.1 + 1e-9), draw.new_generator()), 3)


# stratified_split -----------------------------------------------------------------------------------------------------


def some_labels(draw: Draw, counts: tuple[int, ...]) -> Tensor:
    """So many rows of each class, mixed; the labels have gaps, and some are negative."""
    names = draw.permutation(40)[: len(counts)] - 20
    y = torch.cat([names[place].repeat(count) for place, count in enumerate(counts)])
    return y[draw.permutation(len(y))]


def allowed(count: int, frac: float) -> set[int]:
    """How many rows of a class may be held out."""
    exact = count * frac
    around = {math.floor(exact), math.ceil(exact)}
    if exact != round(exact):
        around |= {math.floor(exact - 1e-9), math.ceil(exact + 1e-9)}
    return {size for size in around if 1 <= size <= count - 1} or {0}


def split(submission: Any, draw: Draw, y: Tensor, frac: float) -> tuple[Tensor, Tensor]:
    train, held = parts(submission.stratified_split(y, frac, draw.new_generator()), 2)
    partition([train, held], len(y))
    return train, held


def class_counts(y: Tensor, held: Tensor, frac: float) -> None:
    for label in y.unique():
        have = int((y[held] == label).sum())
        compare.require(
            have in allowed(int((y == label).sum()), frac),
            "of one class, too many or too few rows are held out.",
            "有一个类别留出的行数太多或太少。",
        )


@check(
    "stratified_split.partition",
    hint="No row on both sides, no row on neither, and the held-out rows come second.",
    zh="没有哪一行两边都在，也没有哪一行两边都不在；留出的行是第二个返回值。",
)
def test_every_row_is_on_one_side(submission: Any, draw: Draw) -> None:
    for _ in range(12):
        y = some_labels(draw, draw.sizes(draw.size(1, 5), 2, 30))
        train, held = split(submission, draw, y, 0.2)
        compare.require(len(y) < 9 or len(train) > len(held), "with frac = 0.2, most rows should be in train.",
                        "frac = 0.2 时，大部分行应当在 train 里。")  # fmt: skip
    split(submission, draw, torch.empty(0, dtype=torch.int64), 0.3)


@check(
    "stratified_split.class_ratios",
    hint="The share is held out of every class by itself, whatever its label is called and however many rows it has.",
    zh="每个类别各自按比例留出，不论标签叫什么、有多少行。",
)
def test_every_class_keeps_its_share(submission: Any, draw: Draw) -> None:
    for number in range(20):
        y = some_labels(draw, draw.sizes(draw.size(2, 6), 5, 60))
        frac = draw.random.choice((0.25, 0.5, draw.random.uniform(0.05, 0.95)))
        layout = draw.layout(y, number % 3)
        compare.equal(layout, y)
        class_counts(y, split(submission, draw, layout, frac)[1], frac)


@check(
    "stratified_split.rare_class",
    hint="Two rows of a class: one to learn from, one to be asked about. A single row: to learn from.",
    zh="某个类别有两行：一行用来学，一行用来考。只有一行：用来学。",
)
def test_two_rows_give_one_to_each_side(submission: Any, draw: Draw) -> None:
    for frac in (0.02, 0.98, draw.random.uniform(0.1, 0.9)):
        y = some_labels(draw, (2, 1, draw.size(20, 40), 3, 1))
        class_counts(y, split(submission, draw, y, frac)[1], frac)


@check(
    "stratified_split.order_random",
    hint="Gathered class by class, the rows come out in blocks. Mix both sides before you return them.",
    zh="逐类收集，得到的行会一块一块按类排列。返回之前把两边都打乱。",
)
def test_neither_side_is_sorted_by_class(submission: Any, draw: Draw) -> None:
    y = torch.arange(3).repeat_interleave(100)
    for labels, frac in ((y, 0.5), (y[draw.permutation(300)], 0.4)):
        for side in split(submission, draw, labels, frac):
            seen = labels[side]
            alike = (seen[1:] == seen[:-1]).to(F64).mean().item()
            rising = (side[1:] > side[:-1]).to(F64).mean().item()
            compare.require(
                abs(alike - 1 / 3) < 5 * math.sqrt(2 / 9 / (len(seen) - 1)) + 0.01 and abs(rising - 0.5) < 0.3,
                "the rows of one side are not in random order.",
                "有一边的行不是随机次序。",
                reason="statistics",
            )


@check(
    "stratified_split.random_rows",
    hint="Which rows of a class are held out is a matter of chance, for each of them the same.",
    zh="某个类别的哪些行被留出要由随机决定，对每一行机会均等。",
    needs=["stratified_split.partition", "stratified_split.class_ratios"],
)
def test_every_row_of_a_class_has_the_same_chance(submission: Any, draw: Draw) -> None:
    trials, y = 400, torch.tensor([0, 0, 0, 0, 0, 5, 5, 5, 5, 5])
    source = "[student.stratified_split(y, 0.4, generator) for _ in range(400)]"
    found = compare.items(submission.build(source, y=y, generator=draw.new_generator()), trials, list)
    times = torch.zeros(trials, 10, dtype=F64)
    for number, result in enumerate(found):
        train, held = parts(result, 2)
        partition([train, held], 10)
        times[number, held] = 1.0
    within(times.mean(0), 0.4, trials)
    pairs = (times * times.roll(1, 1)).mean(0)
    within(pairs[[1, 2, 3, 4, 6, 7, 8, 9]], 0.4 * 0.25, trials)
    within(pairs[[0, 5]], 0.16, trials)


@check(
    "stratified_split.seeded",
    hint="All chance comes from the generator handed in: the same state, the same split; the next call, another.",
    zh="随机性全部来自传入的 generator：状态相同，划分就相同；接着再调用一次，就应当不同。",
)
def test_the_generator_alone_decides_on_both_sides(submission: Any, draw: Draw) -> None:
    source = "torch.manual_seed(seed)\n[student.stratified_split(y, 0.3, generator) for _ in range(2)]"
    y = some_labels(draw, (30, 20))
    same_source(submission, source, draw.new_generator(), draw.new_generator(), y=y)


@check(
    "stratified_split.bad_frac_raises",
    hint="A share of nothing or of everything is no split: ValueError.",
    zh="留出零，或者全部留出，都不算划分：应抛出 ValueError。",
    weight=0.5,
)
def test_a_share_outside_0_and_1_is_refused(submission: Any, draw: Draw) -> None:
    y = some_labels(draw, (8, 5))
    for bad in (0.0, 1.0, -0.2, 1.3):
        compare.raises(ValueError, submission.stratified_split, y, bad, draw.new_generator())

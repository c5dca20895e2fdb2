"""Hidden checks of topic 16, second part: the loader."""

from __future__ import annotations

from typing import Any

import torch
from data_pipeline_reference import F32, batches, flat, numbers, once, rate, unlikely

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


@check(
    "Loader.len",
    hint="Round up, or down if the last tray is left out. When the division leaves no rest, both are the same.",
    zh="向上取整；丢掉最后一盘时向下取整。整除的时候两者相同。",
)
def test_the_number_of_batches_and_their_sizes(submission: Any, draw: Draw) -> None:
    cases = [(draw.size(1, 30), draw.size(1, 9)) for _ in range(8)] + [(12, 4), (3, 8), (5, 5), (1, 1)]
    for n, size in cases:
        for drop in (False, True):
            loader = submission.Loader(list(range(n)), size, drop_last=drop)
            want = [size] * (n // size) + ([n % size] if n % size and not drop else [])
            compare.equal(len(loader), len(want), what="len(loader)", zh="len(loader)")
            sizes = [len(batch) for batch in numbers(batches(submission, loader))]
            compare.equal(sizes, want, what="the sizes of the batches", zh="各小批量的大小")


@check(
    "Loader.covers_all",
    hint="One pass gives every sample once; a second pass, even one beside it, begins anew.",
    zh="一遍给出每个样本一次；第二遍从头开始，哪怕两遍同时进行。",
)
def test_every_sample_comes_once(submission: Any, draw: Draw) -> None:
    for shuffle in (False, True):
        for n, size in ((draw.size(20, 40), draw.size(3, 9)), (17, 17), (5, 20), (12, 1)):
            loader = submission.Loader(list(range(n)), size, shuffle, generator=draw.new_generator())
            for _ in range(2):
                found = numbers(batches(submission, loader))
                once(found, n)
                if not shuffle:
                    compare.equal(flat(found), list(range(n)), what="the order without shuffle", zh="不打乱时的次序")
    both = "[list(column) for column in zip(*zip(loader, loader))]"
    for shuffle in (False, True):
        loader = submission.Loader(list(range(23)), 4, shuffle, generator=draw.new_generator())
        for found in compare.items(submission.build(both, loader=loader), 2, list):
            once(numbers(compare.items(found, None, list)), 23)
    loader = submission.Loader(list(range(23)), 4, True, True, draw.new_generator())
    seen = flat(numbers(batches(submission, loader)))
    compare.equal(
        len(set(seen)), 20, what="the number of different samples with drop_last", zh="drop_last 时不同样本的数目"
    )


ORDERS = """
loader = student.Loader(range(6), 2, shuffle=True, generator=g)
[[int(i) for batch in loader for i in batch][:6] for _ in range(1500)]
"""


@check(
    "Loader.reshuffles",
    hint="Draw a new order of the single samples at the beginning of each pass, then cut it into batches.",
    zh="每一遍开始时重新打乱各个样本的次序，然后再切成小批量。",
)
def test_every_epoch_has_an_order_of_its_own(submission: Any, draw: Draw) -> None:
    loader = submission.Loader(list(range(40)), 7, shuffle=True, generator=draw.new_generator())
    one, two = (flat(numbers(batches(submission, loader))) for _ in range(2))
    compare.require(one != two, "two passes have the same order.", "两遍的次序相同。")
    compare.require(one != sorted(one), "the samples come in their old order.", "样本仍按原来的次序出现。")
    orders = torch.tensor([[-1] * 6] * 1500)
    for row, got in enumerate(compare.items(submission.build(ORDERS, g=draw.new_generator()), 1500, list)):
        once([compare.items(got, 6, list)], 6)
        orders[row] = torch.tensor(got)
    places = torch.stack([(orders == sample).sum(0) for sample in range(6)])
    compare.require(
        unlikely(places, 250.0) < 5, "some samples prefer some places.", "有些样本偏爱某些位置。", reason="statistics"
    )
    tray = orders.argsort(1) // 2
    for other in range(1, 6):
        en, zh = "samples that are neighbours in the dataset keep together.", "数据集中相邻的样本总在一起。"
        rate((tray[:, 0] == tray[:, other]).double(), 0.2, en, zh)


SEEDED = """
import itertools
def run(number):
    g = torch.Generator().manual_seed(number)
    loader = student.Loader(range(30), 4, shuffle=True, generator=g)
    return [[int(i) for batch in itertools.islice(loader, 20) for i in batch] for _ in range(2)]

torch.manual_seed(3)
before = torch.get_rng_state()
found = [run(seed), run(seed), run(seed + 1)]
rests = torch.equal(before, torch.get_rng_state())
g = torch.Generator().manual_seed(seed)
before = g.get_state()
sum(1 for _ in itertools.islice(student.Loader(range(30), 4, generator=g), 20))
rests = [rests, torch.equal(before, g.get_state())]
loader = student.Loader(range(30), 4, shuffle=True)
for _ in range(2):
    torch.manual_seed(seed)
    found.append([int(i) for batch in itertools.islice(loader, 20) for i in batch])
[found, rests]
"""


@check(
    "Loader.seeded",
    hint="The generator that was handed in is the only source of randomness; without one it is PyTorch's own.",
    zh="传入的生成器是随机性的唯一来源；没有传入时才用 PyTorch 的全局生成器。",
)
def test_equal_seeds_give_equal_orders(submission: Any, draw: Draw) -> None:
    found, rests = compare.items(submission.build(SEEDED, seed=draw.size(0, 10**6)), 2, list)
    one, same, other, free, again = compare.items(found, 5, list)
    compare.equal(same, one, what="the orders of an equal seed", zh="同一种子的次序")
    compare.require(one != other, "another seed gives the same orders.", "换一个种子，次序相同。")
    compare.equal(rests, [True, True], what="leaving generators alone that are not needed", zh="不动用不着的生成器")
    compare.equal(again, free, what="the order without a generator, seeded globally", zh="不给生成器、用全局种子的次序")


@check(
    "Loader.collate_default",
    hint="Turn the list of samples around: one entry per field, tensors stacked, numbers made into a tensor.",
    zh="把样本的列表“转置”：每个字段一项，张量堆叠起来，数变成张量。",
)
def test_fields_become_batches(submission: Any, draw: Draw) -> None:
    n = draw.size(5, 9)
    X, y = draw.randn(n, 3, 2), draw.integers(-5, 99, n)
    floats, bytes_ = [draw.random.uniform(-2, 2) for _ in range(n)], draw.integers(0, 255, n, 4).to(torch.uint8)
    ints = y.tolist()
    cases: list[tuple[list[Any], Any]] = [
        ([(X[i], ints[i]) for i in range(n)], (X, y)),
        ([(X[i].float(), y[i], floats[i]) for i in range(n)], (X.to(F32), y, torch.tensor(floats))),
        ([(bytes_[i],) for i in range(n)], (bytes_,)),
        ([X[i] for i in range(n)], X),
        (ints, y),
        (floats, torch.tensor(floats)),
    ]
    for samples, want in cases:
        for size in (n, n - 2):
            got = batches(submission, submission.Loader(samples, size))
            cut = tuple(field[:size] for field in want) if isinstance(want, tuple) else want[:size]
            compare.same(got[0] if got else None, cut, what="the first batch", zh="第一个小批量")
    own = "student.Loader(samples, 3, collate=lambda part: (type(part) is list, len(part), part[0]))"
    got = batches(submission, submission.build(own, samples=ints))
    want_own = [(True, min(3, n - start), ints[start]) for start in range(0, n, 3)]
    compare.equal(got, want_own, what="batches of an own collate", zh="自定义 collate 的小批量")


COUNTED = """
class Drawers:
    def __init__(self):
        self.asked = []
    def __len__(self):
        return 11
    def __getitem__(self, i):
        if type(i) is not int or not 0 <= i < 11:
            raise KeyError(i)
        self.asked.append(i)
        return torch.tensor([i, 2 * i])

ds = Drawers()
loader = student.Loader(ds, 3, shuffle=True, drop_last=drop)
asked, batches = [len(ds.asked)], []
for batch in loader:
    asked.append(len(ds.asked))
    batches.append(batch[:, 0].clone())
    if len(asked) > 9:
        break
[asked, batches, ds.asked]
"""


@check(
    "Loader.lazy",
    hint="A dataset may be larger than the memory: fetch a sample when its batch is due, and no sample twice.",
    zh="数据集可能比内存还大：轮到哪个小批量，才去取它的样本，而且一个也不取两次。",
)
def test_samples_are_fetched_when_they_are_due(submission: Any) -> None:
    for drop, want in ((False, [0, 3, 6, 9, 11]), (True, [0, 3, 6, 9])):
        asked, found, order = compare.items(submission.build(COUNTED, drop=drop), 3, list)
        compare.equal(
            asked, want, what="how many samples were fetched before each batch", zh="每个小批量到来时已取的样本数"
        )
        seen = flat(numbers(compare.items(found, None, list)))
        compare.equal(seen, order, what="the samples in the batches", zh="小批量中的样本")


@check(
    "Loader.empty_dataset",
    hint="Nothing to load is no error: there are simply no batches, and nobody asks for a sample.",
    zh="没有样本可加载并不是错误：只是一个小批量也没有，也不去取任何样本。",
)
def test_no_samples_no_batches(submission: Any, draw: Draw) -> None:
    for shuffle in (False, True):
        for count, drop in ((0, False), (0, True), (3, True)):
            loader = submission.Loader(list(range(count)), 4, shuffle, drop, draw.new_generator())
            compare.equal(len(loader), 0, what="len(loader)", zh="len(loader)")
            compare.equal(len(batches(submission, loader)), 0, what="the number of batches", zh="小批量的数目")


@check(
    "Loader.bad_size_raises",
    hint="A tray without room never gets the work done: refuse it when the loader is made.",
    zh="放不下东西的托盘永远运不完：创建加载器时就要拒绝。",
    weight=0.5,
)
def test_a_tray_must_have_room(submission: Any) -> None:
    for size in (0, -1, -4):
        compare.raises(ValueError, submission.Loader, [1, 2, 3], size)


@check(
    "Loader.no_torch_loader",
    hint="This is the class that torch.utils.data has ready. Here you build it: an order, slices of it, a loop.",
    zh="这正是 torch.utils.data 里现成的类。这里要你自己搭：一个次序、切片、一个循环。",
    needs=["Loader.example"],
)
def test_the_loader_is_built_from_scratch(submission: Any) -> None:
    source_rules.forbid_imports(submission.source, {"torch.utils.data"}, within="Loader")

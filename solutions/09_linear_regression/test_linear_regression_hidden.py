"""Hidden checks of topic 9. Where a result depends on a random order, the checks look at what every order has in common
(full batches, equal rows), at all orders at once (three rows), or at statistics with five standard errors of room."""

import itertools
import math

import torch

from autograder.checks import compare, gradients, source_rules, training
from autograder.checks.marks import check

F64, F32 = torch.float64, torch.float32


def close(got, want, **words):
    """As compare.same, but tight enough in float64 that a detour through float32 shows."""
    compare.same(got, want, **({"rtol": 1e-10, "atol": 1e-10} if want.dtype == F64 else {}), **words)


def data(draw, n, d, noise=0.0, dtype=F64):
    """X, y and the w and b behind them."""
    X, w, b = draw.randn(n, d), draw.randn(d, 1), draw.randn(1)
    y = X @ w + b + noise * draw.randn(n, 1)
    return X.to(dtype), y.to(dtype), w.to(dtype), b.to(dtype)


def parameters(got, d, dtype=F64, count=2):
    """w, b (and what else there is) as tensors of the right shape and dtype."""
    w, b, *rest = compare.items(got, count)
    w = compare.tensor(w, shape=(d, 1), dtype=dtype, what="w", zh="w").detach()
    b = compare.tensor(b, shape=(1,), dtype=dtype, what="b", zh="b").detach()
    return compare.finite(w, "w", "w"), compare.finite(b, "b", "b"), *rest


# synthetic_linear ---------------------------------------------------------------------------------------------------

N = 40_000


def generated(submission, w, b, n, noise, generator):
    """X and the noise in y, known to have the right shapes."""
    X, y = compare.items(submission.synthetic_linear(w, b, n, noise, generator), 2)
    X = compare.tensor(X, shape=(n, len(w)), dtype=w.dtype, what="X", zh="X").detach()
    y = compare.tensor(y, shape=(n, 1), dtype=w.dtype, what="y", zh="y").detach()
    return X, (y - X @ w.reshape(-1, 1) - b)[:, 0]


def near_zero(value, spread, en, zh):
    """A mean of independent numbers is within five standard errors of 0."""
    compare.require(bool((value.abs() <= 5 * spread).all()), en, zh, reason="statistics")


@check(
    "synthetic_linear.shape",
    hint="X is (n, d) and y is a column, (n, 1), both in w's dtype.",
    zh="X 的形状是 (n, d)，y 是一列，形状为 (n, 1)，数据类型都与 w 相同。",
)
def test_shapes_and_dtypes(submission, draw):
    for number in range(8):
        n, d = draw.sizes(2, 2, 12) if number else (1, 1)
        w = draw.randn(d, dtype=F32 if number % 2 else F64)
        generated(submission, w, draw.random.uniform(-2, 2), n, 0.1, draw.new_generator())


@check(
    "synthetic_linear.noise_level",
    hint="noise is a standard deviation, not a variance, and every example gets its own draw.",
    zh="noise 是标准差，不是方差；每个样本都要单独抽取噪声。",
)
def test_noise_has_the_standard_deviation_asked_for(submission, draw):
    for noise in (draw.random.uniform(0.2, 0.6), draw.random.uniform(2, 4)):
        _, eps = generated(submission, draw.randn(3), 1.7, N, noise, draw.new_generator())
        eps = compare.finite(eps, "y", "y") / noise
        near_zero(eps.mean(), N**-0.5, "the noise does not have mean 0.", "噪声的均值不是 0。")
        near_zero(
            eps.std() - 1,
            (2 * N) ** -0.5,
            "the standard deviation of y - X w - b is not `noise`.",
            "y - X w - b 的标准差不等于 noise。",
        )


@check(
    "synthetic_linear.no_noise",
    hint="With noise = 0 the labels are X w + b to the last digit, b included.",
    zh="noise = 0 时，标签恰好等于 X w + b，包括 b。",
)
def test_labels_are_exact_without_noise(submission, draw):
    for number in range(20):
        n, d = draw.sizes(2, 1, 9)
        w = draw.randn(d, dtype=F32 if number % 4 == 3 else F64)
        w = draw.noncontiguous(w) if number % 5 == 2 else w
        _, rest = generated(submission, w, draw.random.uniform(-5, 5), n, 0.0, draw.new_generator())
        compare.same(
            rest, torch.zeros(n, dtype=w.dtype), what="y - X w - b without noise", zh="没有噪声时的 y - X w - b"
        )


@check(
    "synthetic_linear.distribution",
    hint="X and the noise are independent standard normal numbers: a new one for every entry.",
    zh="X 与噪声都是相互独立的标准正态数：每个元素单独抽取。",
)
def test_features_and_noise_are_independent_normal(submission, draw):
    X, eps = generated(submission, draw.randn(3), -0.4, N, 0.5, draw.new_generator())
    Z = compare.finite(torch.cat([X, eps.reshape(-1, 1) / 0.5], dim=1))
    root = N**-0.5
    near_zero(Z.mean(0), root, "X does not have mean 0.", "X 的均值不是 0。")
    near_zero((Z**2).mean(0) - 1, 2**0.5 * root, "X does not have variance 1.", "X 的方差不是 1。")
    near_zero((Z**3).mean(0), 15**0.5 * root, "X or the noise is not normal.", "X 或噪声不服从正态分布。")
    near_zero((Z**4).mean(0) - 3, 96**0.5 * root, "X or the noise is not normal.", "X 或噪声不服从正态分布。")
    pairs = torch.combinations(torch.arange(4))
    across, along = (Z[:, pairs[:, 0]] * Z[:, pairs[:, 1]]).mean(0), (Z[1:] * Z[:-1]).mean(0)
    sizes = ((Z[:, pairs[:, 0]] ** 2 - 1) * (Z[:, pairs[:, 1]] ** 2 - 1)).mean(0)
    message = ("features and noise are not independent of each other.", "各个特征与噪声之间并不独立。")
    near_zero(across, root, *message)
    near_zero(sizes, 2 * root, *message)
    near_zero(along, root, "one example depends on the one before it.", "一个样本与前一个样本并不独立。")


@check(
    "synthetic_linear.generator_only",
    hint="Hand the generator to every random call; seed nothing yourself.",
    zh="把 generator 传给每一次随机调用；不要自己设置随机种子。",
)
def test_all_randomness_comes_from_the_generator(submission, draw):
    w, seed = draw.randn(2), draw.new_seed()
    one = submission.observe("synthetic_linear", w, 1.0, 5, 0.3, torch.Generator().manual_seed(seed))
    two = submission.observe("synthetic_linear", w, 1.0, 5, 0.3, torch.Generator().manual_seed(seed))
    X, y = (compare.tensor(part) for part in compare.items(one.result, 2))
    compare.same(two.result, (X, y), rtol=0, atol=0, what="the data from the same state", zh="相同状态下的数据")
    compare.require(
        not one.global_rng_used and not two.global_rng_used,
        "the global random generator was used; only the one that is passed in may be.",
        "用到了全局随机数生成器；只能使用传入的 generator。",
    )
    more = "g = torch.Generator().manual_seed(seed)\n[student.synthetic_linear(w, 1.0, 5, 0.3, g) for _ in range(2)]"
    first, second = compare.items(submission.build(more, w=w, seed=seed), 2, list)
    compare.same(first, (X, y), rtol=0, atol=0, what="the data from the same state", zh="相同状态下的数据")
    again, _ = compare.items(second, 2)
    compare.require(
        not torch.equal(compare.tensor(again, shape=(5, 2), dtype=F64), X),
        "a second call with the same generator gives the same data again: its stream should go on.",
        "用同一个 generator 再次调用得到了完全相同的数据：随机流应当继续向前。",
    )


# normal_equation ----------------------------------------------------------------------------------------------------


def orthogonal(submission, X, y, atol):
    """w and b, after a look at the residual: at a minimum it is orthogonal to every column and to the ones."""
    w, b = parameters(submission.normal_equation(X, y), X.shape[1])
    residual = X @ w + b - y
    zero = torch.zeros(X.shape[1] + 1, 1, dtype=F64)
    full = torch.cat([X, X.new_ones(len(X), 1)], dim=1)
    compare.same(full.T @ residual, zero, atol=atol, what="[X, 1]^T (X w + b - y)", zh="[X, 1]^T (X w + b - y)")
    return w, b


@check(
    "normal_equation.shape",
    hint="w is a column, (d, 1); b is a tensor of shape (1,); both in X's dtype.",
    zh="w 是一列，形状 (d, 1)；b 是形状为 (1,) 的张量；数据类型都与 X 相同。",
)
def test_shapes_of_the_solution(submission, draw):
    for number, d in enumerate((1, 3, 6)):
        dtype = F32 if number == 1 else F64
        X, y, *_ = data(draw, d + 4, d, 0.5, dtype)
        parameters(submission.normal_equation(X, y), d, dtype)


@check(
    "normal_equation.recovers",
    hint="Without noise the formula gives back the w and b that made the data. Where does b enter the matrix?",
    zh="没有噪声时，公式应当还原生成数据的 w 和 b。b 在矩阵的什么位置？",
)
def test_noiseless_data_give_the_parameters_back(submission, draw):
    for number in range(20):
        d, dtype = draw.size(1, 6), F32 if number % 5 == 4 else F64
        X, y, w, b = data(draw, d + draw.size(12, 30), d, dtype=dtype)
        X = draw.noncontiguous(X) if number % 3 == 1 else X
        seen = submission.observe("normal_equation", X, y)
        tolerance = {"rtol": 1e-3} if dtype is F32 else {"rtol": 1e-9, "atol": 1e-9}
        compare.same(seen.result, (w, b), what="(w, b)", zh="(w, b)", **tolerance)
        compare.unchanged(X, seen.args[0], "X")
        compare.unchanged(y, seen.args[1], "y")


@check(
    "normal_equation.collinear_min_norm",
    hint="A matrix with dependent columns has no inverse, but it has singular values: leave out those that are zero.",
    zh="列相关的矩阵没有逆，但有奇异值：把等于零的奇异值去掉。",
)
def test_dependent_columns_share_their_weight(submission, draw):
    for number in range(12):
        n, d = draw.size(15, 40), draw.size(1, 4)
        X, y, *_ = data(draw, n, d, 0.5)
        extra = (X[:, :1], torch.zeros(n, 1, dtype=F64), X.sum(1, keepdim=True), X[:, :1].expand(n, 2))[number % 4]
        X = torch.cat([X, extra], dim=1)
        full = torch.cat([X, X.new_ones(n, 1)], dim=1)
        want = torch.linalg.pinv(full) @ y  # unique: no dependence involves the bias, so both readings agree
        compare.same(submission.normal_equation(X, y), (want[:-1], want[-1]), what="(w, b)", zh="(w, b)")
    X, y, *_ = data(draw, 25, 2, 0.5)
    constant = torch.cat([X, torch.full((25, 1), 3.0, dtype=F64)], dim=1)
    orthogonal(submission, constant, y, 1e-7)


@check(
    "normal_equation.overdetermined_residual_orthogonal",
    hint="At the minimum X^T r = 0 to the last digits. Nothing may be added to X^T X, however small.",
    zh="在最小值处 X^T r = 0，几乎精确到最后一位。不要给 X^T X 加任何东西，再小也不行。",
)
def test_residual_is_orthogonal_to_the_columns(submission, draw):
    for number in range(12):
        n, d = draw.size(20, 60), draw.size(1, 6)
        X, y, *_ = data(draw, n, d, 1.0)
        X = X + 10 * draw.randn(d) if number % 2 else X
        orthogonal(submission, X, y, 1e-7 if number % 2 else 2e-9)


@check(
    "normal_equation.under_determined",
    hint="With fewer examples than unknowns every point can be met. Of all such solutions take one of smallest norm.",
    zh="样本比未知数少时，可以穿过每一个点；在所有这样的解中取范数最小的。",
)
def test_few_examples_are_met_exactly(submission, draw):
    for number in range(12):
        d = draw.size(3, 8)
        n = (1, d, draw.size(2, d - 1))[number % 3]
        X, y, *_ = data(draw, n, d)
        w, b = parameters(submission.normal_equation(X, y), d)
        compare.same(X @ w + b, y, what="X w + b", zh="X w + b")
        both = torch.linalg.pinv(torch.cat([X, X.new_ones(n, 1)], dim=1)) @ y
        alone = torch.linalg.pinv(X - X.mean(0)) @ (y - y.mean(0))
        compare.require(
            min((w - both[:-1]).abs().max().item(), (w - alone).abs().max().item()) < 1e-6,
            "it goes through every point, but there are such w and b with a smaller norm.",
            "它穿过了每个点，但还有范数更小的 w 和 b 也能做到。",
        )


# data_iter ----------------------------------------------------------------------------------------------------------

EPOCHS = """
from itertools import islice
g = torch.Generator().manual_seed(seed)
[list(islice(iter(student.data_iter(X, y, size, g)), len(X) + 2)) for _ in range(epochs)]
"""


def numbered(draw, n, d=2, dtype=F64):
    """Rows that can be told apart: X[i, 0] is i, the rest and y follow from it."""
    first = torch.arange(n, dtype=dtype).reshape(n, 1)
    return torch.cat([first + 0.25 * column for column in range(d)], dim=1), 3 * first + draw.size(1, 9)


def epochs_of(submission, X, y, size, seed, epochs=1):
    """For each epoch its batches, pairs of tensors of fitting shapes."""
    found = []
    for epoch in compare.items(submission.build(EPOCHS, X=X, y=y, size=size, seed=seed, epochs=epochs), epochs, list):
        pairs = []
        for batch in compare.is_type(epoch, list, "an epoch", "一轮"):
            one, labels = compare.items(compare.is_type(batch, (tuple, list), "a batch", "一个小批量"), 2, type(batch))
            one = compare.tensor(one, shape=(None, X.shape[1]), dtype=X.dtype, what="X of a batch", zh="一批的 X")
            shape = (len(one), 1)
            pairs.append((one, compare.tensor(labels, shape=shape, dtype=y.dtype, what="y of a batch", zh="一批的 y")))
        found.append(pairs)
    return found


def order_of(pairs):
    """The row numbers in the order in which they came."""
    return torch.cat([torch.zeros(0), *(one[:, 0] for one, _ in pairs)]).double()


CASES = ((12, 4), (13, 5), (3, 8), (7, 1), (1, 1), (20, 20), (11, 10))


@check(
    "data_iter.covers_all_once",
    hint="One epoch holds every row exactly once; the rows that do not fill a batch belong to it, too.",
    zh="一轮中每一行恰好出现一次；凑不满一批的那些行也属于这一轮。",
)
def test_an_epoch_is_a_permutation(submission, draw):
    for number, (n, size) in enumerate(CASES):
        X, y = numbered(draw, n, 1 + number % 3, F32 if number % 3 == 2 else F64)
        (pairs,) = epochs_of(submission, draw.noncontiguous(X) if number % 2 else X, y, size, draw.new_seed())
        want = torch.arange(n, dtype=F64)
        compare.same(order_of(pairs).sort().values, want, what="the rows of an epoch, sorted", zh="排序后的一轮的行")
    (pairs,) = epochs_of(submission, torch.zeros(0, 2), torch.zeros(0, 1), 4, 0)
    compare.require(not pairs, "without examples there should be no batch.", "没有样本时不应有小批量。")
    X, y = numbered(draw, 9)
    after = submission.build("list(student.data_iter(X, y, 4, torch.Generator()))\n[X, y]", X=X, y=y)
    for before, now, name in zip((X, y), compare.items(after, 2, list), "Xy", strict=True):
        compare.unchanged(before, now, name)


@check(
    "data_iter.pairs_kept",
    hint="Row and label are one example: index X and y with the same numbers.",
    zh="一行特征与它的标签是同一个样本：用同样的下标去取 X 和 y。",
)
def test_rows_and_labels_stay_together(submission, draw):
    for n, size in CASES:
        X, y = numbered(draw, n, 3)
        (pairs,) = epochs_of(submission, X, y, size, draw.new_seed())
        compare.require(len(pairs) > 0, "there is no batch at all.", "一个小批量也没有。")
        for one, labels in pairs:
            row = one[:, 0].long().clamp(0, n - 1)
            compare.same(one, X[row], what="X of a batch", zh="一批的 X")
            compare.same(labels, y[row], what="the labels of a batch, against its rows", zh="一批的标签（与行对照）")


@check(
    "data_iter.n_batches_ceil",
    hint="All batches are full but the last, which holds what is left. An empty one does not count as a batch.",
    zh="除最后一批外都是满的，最后一批放剩下的行。空的不算一批。",
)
def test_batches_are_full_but_the_last(submission, draw):
    for n, size in CASES:
        X, y = numbered(draw, n)
        (pairs,) = epochs_of(submission, X, y, size, draw.new_seed())
        want = [size] * (n // size) + ([n % size] if n % size else [])
        got = [len(one) for one, _ in pairs]
        compare.require(got == want, "the batches do not have the right sizes.", "各批的大小不对。", reason="shape")


@check(
    "data_iter.shuffled",
    hint="The rows should come in random order, not as they lie in X.",
    zh="各行应当以随机顺序出现，而不是按 X 中的顺序。",
    needs=["data_iter.covers_all_once"],
)
def test_the_order_is_not_that_of_the_data(submission, draw):
    X, y = numbered(draw, 50)
    for size in (7, 50):
        (pairs,) = epochs_of(submission, X, y, size, draw.new_seed())
        moved = not torch.equal(order_of(pairs), X[:, 0])
        compare.require(moved, "the rows come in the order of X.", "各行仍按 X 中的顺序出现。")


@check(
    "data_iter.reshuffles",
    hint="Draw a new order at every call, from the generator as it is; do not seed it again.",
    zh="每次调用都要从 generator 的当前状态抽取新的顺序；不要重新设种子。",
    needs=["data_iter.covers_all_once"],
)
def test_two_epochs_have_different_orders(submission, draw):
    X, y = numbered(draw, 50)
    first, second = epochs_of(submission, X, y, 8, draw.new_seed(), epochs=2)
    differ = not torch.equal(order_of(first), order_of(second))
    compare.require(differ, "two epochs have the same order.", "两轮的顺序完全相同。")


@check(
    "data_iter.mixes_within_batch",
    hint="Shuffle rows, not batches: neighbours in X should rarely meet again in a batch.",
    zh="要打乱的是行，而不是批：X 中相邻的行应当很少再落到同一批里。",
    needs=["data_iter.covers_all_once"],
)
def test_neighbours_are_separated(submission, draw):
    X, y = numbered(draw, 96)
    (pairs,) = epochs_of(submission, X, y, 8, draw.new_seed())
    order, blocks = order_of(pairs), sum(one[:, 0].max() - one[:, 0].min() == len(one) - 1 for one, _ in pairs)
    steps = order.diff()
    together = max(int((steps == 1).sum()), int((steps == -1).sum()))
    compare.require(  # in a random order about one neighbour follows another, and no batch is a block
        together <= 12 and blocks <= 2,
        "rows that are neighbours in X stay together: whole batches were moved, or rows only within their batch.",
        "X 中相邻的行仍然挨在一起：只移动了整批，或者只在批内打乱了顺序。",
    )


@check(
    "data_iter.every_order",
    hint="Every row must be able to come at every place, the last short batch included.",
    zh="每一行都应有机会出现在任何位置，包括最后那个不满的批。",
    needs=["data_iter.covers_all_once"],
)
def test_every_row_comes_at_every_place(submission, draw):
    n, epochs = 17, 80
    X, y = numbered(draw, n, 1)
    orders = torch.stack([order_of(p) for p in epochs_of(submission, X, y, 5, draw.new_seed(), epochs)])
    places = orders.argsort(dim=1).double().mean(0)
    error = ((n**2 - 1) / 12 / epochs) ** 0.5
    compare.require(
        bool(((places - (n - 1) / 2).abs() <= 5 * error).all()),
        "some rows come early, or late, far too often: not every order is equally likely.",
        "有些行总是太早或太晚出现：各种顺序并不是等可能的。",
        reason="statistics",
    )


@check(
    "data_iter.lazy",
    hint="Hand out a batch when it is asked for (yield); do not build all of them first.",
    zh="要一批才取一批（yield），不要先把所有批都做好。",
    needs=["data_iter.covers_all_once"],
)
def test_batches_are_made_one_at_a_time(submission, draw):
    probe = """
from torch.utils._python_dispatch import TorchDispatchMode
class Rows(TorchDispatchMode):
    def __init__(self):
        super().__init__()
        self.count = 0
    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        made = func(*args, **(kwargs or {}))
        several = made if isinstance(made, (tuple, list)) else [made]
        self.count += any(isinstance(t, torch.Tensor) and t.dim() > 0 and t.shape[-1] == X.shape[1] for t in several)
        return made
counts, kinds = [], []
for n in (30, 300):
    with Rows() as rows:
        found = student.data_iter(X[:n], y[:n], 3, torch.Generator().manual_seed(0))
        kinds.append(isinstance(found, (list, tuple)))
        next(iter(found))
    counts.append(rows.count)
[kinds, counts]
"""
    X, y = numbered(draw, 300, 7)
    kinds, counts = compare.items(submission.build(probe, X=X, y=y), 2, list)
    compare.equal(kinds, [False, False], "whether a list or tuple came back", "是否返回了列表或元组")
    few, many = compare.items(counts, 2, list)
    compare.require(
        type(few) is int and type(many) is int and many <= few,
        "the work before the first batch grows with the number of batches: they are all made at once.",
        "取得第一批之前的工作量随批数增加：所有批是一次性做好的。",
    )


@check(
    "data_iter.generator_only",
    hint="Hand the generator to the call that draws the order.",
    zh="把 generator 传给抽取顺序的那次调用。",
    needs=["data_iter.covers_all_once"],
)
def test_the_order_depends_on_the_generator_alone(submission, draw):
    X, y = numbered(draw, 40)
    seed, orders = draw.new_seed(), []
    for elsewhere, used in ((1, seed), (2, seed), (1, draw.new_seed())):
        submission.build("torch.manual_seed(elsewhere)\nNone", elsewhere=elsewhere)
        orders.append(order_of(epochs_of(submission, X, y, 6, used)[0]))
    same, differ = torch.equal(orders[0], orders[1]), not torch.equal(orders[0], orders[2])
    compare.require(same, "the same generator state gives another order.", "相同的 generator 状态得到了不同的顺序。")
    compare.require(differ, "another generator state gives the same order.", "不同的 generator 状态得到了相同的顺序。")


@check(
    "data_iter.no_dataloader",
    hint="A DataLoader is what this task asks you to build.",
    zh="DataLoader 正是本题要你自己搭建的东西。",
    needs=["data_iter.covers_all_once"],
)
def test_no_dataloader_is_used(submission):
    source_rules.forbid_imports(submission.source, {"torch.utils.data"})


# squared_loss -------------------------------------------------------------------------------------------------------


def half_mse(y_hat, y):
    return ((y_hat.reshape(-1) - y.reshape(-1)) ** 2).mean() / 2


@check(
    "squared_loss.value",
    hint="Square the errors, halve them, average over the examples: one number, a 0-d tensor.",
    zh="误差平方、除以 2、对样本取平均：得到一个数，即 0 维张量。",
)
def test_loss_of_equal_shapes(submission, draw):
    for number in range(20):
        shape = (draw.size(1, 12), 1) if number % 2 else (draw.size(1, 12),)
        y_hat, y = (draw.randn(*shape, dtype=F32 if number % 5 == 4 else F64) for _ in range(2))
        y = draw.noncontiguous(y) if number % 3 == 1 else draw.expanded(y) if number % 3 == 2 else y
        seen = submission.observe("squared_loss", y_hat, y)
        close(seen.result, half_mse(y_hat, y), what="the loss", zh="损失")
        compare.unchanged(y_hat, seen.args[0], "y_hat")
        compare.unchanged(y, seen.args[1], "y")


@check(
    "squared_loss.column_vs_flat",
    hint="(n, 1) minus (n,) is an (n, n) table of all differences. Bring both to one shape first.",
    zh="(n, 1) 减 (n,) 会得到 (n, n) 的差值表。先把两者变成同样的形状。",
)
def test_a_column_against_a_flat_vector(submission, draw):
    for number in range(12):
        n = draw.size(2, 12)
        column, flat = draw.randn(n, 1), draw.randn(n)
        y_hat, y = (column, flat) if number % 2 else (flat, column)
        close(submission.squared_loss(y_hat, y), half_mse(y_hat, y), what="the loss", zh="损失")

    def mixed(child):
        n = child.size(2, 8)
        return child.randn(n, 1).requires_grad_(), child.randn(n)

    gradients.match(submission.squared_loss, half_mse, mixed, draw.child("gradient"))


@check(
    "squared_loss.gradcheck",
    hint="The loss must stay on the graph of y_hat: no float(), no .item(), no NumPy on the way.",
    zh="损失必须留在 y_hat 的计算图上：中间不要用 float()、.item() 或 NumPy。",
)
def test_gradient_of_the_loss(submission, draw):
    def pair(child):
        n = child.size(1, 8)
        return child.randn(n).requires_grad_(), child.randn(n)

    gradients.match(submission.squared_loss, half_mse, pair, draw, draws=5)
    y = draw.randn(4, 1)
    gradients.gradcheck(lambda y_hat: submission.squared_loss(y_hat, y), (draw.randn(4, 1).requires_grad_(),))


# train_sgd ----------------------------------------------------------------------------------------------------------


def step(w, b, X, y, lr):
    """One step on one batch, by the formula for the gradient."""
    error = X @ w + b - y
    return w - lr * X.T @ error / len(X), b - lr * error.mean(0)


def train(submission, X, y, *, lr, epochs, size, seed):
    """w and b, known to be tensors of the right shapes, and whatever came as the losses."""
    generator = torch.Generator().manual_seed(seed)
    found = submission.train_sgd(X, y, lr=lr, epochs=epochs, batch_size=size, generator=generator)
    return parameters(found, X.shape[1], X.dtype, 3)


def floats(losses, epochs):
    """The losses as a vector, known to be a list of one Python float per epoch."""
    losses = compare.items(losses, epochs, list, "the list of losses", "损失的列表")
    return torch.tensor([compare.is_type(loss, float, "a loss", "一个损失") for loss in losses], dtype=F64)


@check(
    "train_sgd.recovers_w_b",
    hint="Three epochs with batches of ten bring w and b close to those that made the data. Is every batch one step?",
    zh="三轮、每批十个样本，足以让 w 和 b 接近真值。是不是每一批都更新了一次？",
)
def test_training_finds_the_parameters(submission, draw):
    X, w_true = draw.randn(1000, 2), draw.uniform(1, 4, 2, 1) * (1 - 2 * draw.integers(0, 2, 2, 1))
    b_true = draw.uniform(-5, 5, 1)
    y = X @ w_true + b_true + 0.01 * draw.randn(1000, 1)
    w, b, _ = train(submission, X.float(), y.float(), lr=0.03, epochs=3, size=10, seed=draw.new_seed())
    errors = (w.double() - w_true).abs().max().item(), (b.double() - b_true).abs().max().item()
    training.at_most(errors[0], 0.01, what="the error of w", zh="w 的误差")
    training.at_most(errors[1], 0.01, what="the error of b", zh="b 的误差")


@check(
    "train_sgd.loss_decreases",
    hint="With a small learning rate the mean loss of each epoch is below that of the one before. Mind the sign.",
    zh="学习率较小时，每一轮的平均损失都低于上一轮。注意符号。",
)
def test_the_loss_falls_from_epoch_to_epoch(submission, draw):
    X, y, *_ = data(draw, 200, 3, 0.1)
    *_, losses = train(submission, X, y + 2, lr=0.01, epochs=5, size=20, seed=draw.new_seed())
    compare.require(
        (floats(losses, 5).diff() < 0).all(),
        "the losses do not fall from epoch to epoch.",
        "损失没有逐轮下降。",
        reason="training",
    )


@check(
    "train_sgd.full_batch",
    hint="With one batch of all rows there is no chance: start at zero, average over the rows, step w and b together.",
    zh="只有一批、包含所有行时没有随机性：从零开始，对各行取平均，w 和 b 同时更新。",
)
def test_full_batches_follow_gradient_descent(submission, draw):
    for number in range(8):
        n, d = draw.sizes(2, 2, 8)
        dtype = F32 if number % 4 == 3 else F64
        X, y, *_ = data(draw, n, d, 0.5, dtype)
        lr, epochs = draw.random.uniform(0.05, 0.2), number % 4
        w, b = torch.zeros(d, 1, dtype=dtype), torch.zeros(1, dtype=dtype)
        for _ in range(epochs):
            w, b = step(w, b, X, y, lr)
        got_w, got_b, _ = train(submission, X, y, lr=lr, epochs=epochs, size=n + number % 2, seed=draw.new_seed())
        close(got_w, w, what="w", zh="w")
        close(got_b, b, what="b", zh="b")


@check(
    "train_sgd.losses",
    hint="One Python float per epoch: the squared_loss averaged over the n examples, with its 1/2.",
    zh="每轮一个 Python 浮点数：对 n 个样本取平均的 squared_loss，包括其中的 1/2。",
)
def test_losses_are_those_of_the_epochs(submission, draw):
    n, d = draw.sizes(2, 3, 8)
    X, y, *_ = data(draw, n, d, 0.5)
    w, b, path = torch.zeros(d, 1, dtype=F64), torch.zeros(1, dtype=F64), []
    for _ in range(5):
        path.append(half_mse(X @ w + b, y).item())
        w, b = step(w, b, X, y, 0.1)
    *_, losses = train(submission, X, y, lr=0.1, epochs=4, size=n, seed=draw.new_seed())
    got, want = floats(losses, 4), torch.tensor(path, dtype=F64)
    compare.require(
        torch.allclose(got, want[:4], rtol=1e-9) or torch.allclose(got, want[1:], rtol=1e-9),
        "the losses are neither those before each step nor those after it.",
        "这些损失既不是每次更新之前的，也不是更新之后的。",
        reason="value",
    )
    # With hardly any step, every epoch has the loss of w = 0, however its rows are split into batches.
    for size in (2, n - 1):
        *_, losses = train(submission, X, y, lr=1e-15, epochs=2, size=size, seed=draw.new_seed())
        start = torch.full((2,), path[0], dtype=F64)
        close(floats(losses, 2), start, what="the losses of epochs with several batches", zh="分成多批的各轮损失")


@check(
    "train_sgd.last_short_batch",
    hint="The gradient of a batch is a mean over the rows it really has, and the last short batch makes a step, too.",
    zh="一批的梯度是对这批实际行数取的平均；最后不满的那一批也要更新一次。",
)
def test_a_short_batch_weighs_like_a_full_one(submission, draw):
    for n, size, epochs in ((7, 3, 2), (5, 4, 3), (9, 2, 1)):
        d = draw.size(1, 4)
        row, label, lr = draw.randn(1, d), draw.randn(1, 1), draw.random.uniform(0.05, 0.2)
        X, y = row.expand(n, d), label.expand(n, 1)  # all rows alike: the order does not matter
        w, b = torch.zeros(d, 1, dtype=F64), torch.zeros(1, dtype=F64)
        for _ in range(epochs * -(-n // size)):
            w, b = step(w, b, row, label, lr)
        got_w, got_b, _ = train(submission, X, y, lr=lr, epochs=epochs, size=size, seed=draw.new_seed())
        close(got_w, w, what="w", zh="w")
        close(got_b, b, what="b", zh="b")


RATE = 0.3


def ways_of(X, y):
    """Where two epochs of single-row steps can end: for each pair of orders, w and b."""
    ends = {}
    for orders in itertools.product(itertools.permutations(range(3)), repeat=2):
        w, b = torch.zeros(X.shape[1], 1, dtype=F64), torch.zeros(1, dtype=F64)
        for row in itertools.chain(*orders):
            w, b = step(w, b, X[row : row + 1], y[row : row + 1], RATE)
        ends[orders] = torch.cat([w[:, 0], b])
    return ends


def way_taken(submission, X, y, seed, ends):
    """The pair of orders that leads to the student's w and b."""
    w, b, _ = train(submission, X, y, lr=RATE, epochs=2, size=1, seed=seed)
    end = torch.cat([w[:, 0], b])
    orders, gap = min(((way, (end - to).abs().max().item()) for way, to in ends.items()), key=lambda found: found[1])
    compare.require(
        gap <= 1e-9,
        "with batches of one row, no order of the rows leads to these w and b: each epoch uses every row once, and"
        " each step starts from the w and b that the one before has left.",
        "每批只有一行时，没有任何一种行的顺序能得到这样的 w 和 b：每轮每行只用一次，每一步都从上一步的 w 和 b 出发。",
        reason="value",
    )
    return orders


@check(
    "train_sgd.one_row_steps",
    hint="Each batch makes one step, from where the last one ended, with its own gradient only.",
    zh="每一批更新一次：从上一步结束的地方出发，只用这一批的梯度。",
)
def test_steps_of_single_rows(submission, draw):
    X, y, *_ = data(draw, 3, 2, 0.5)
    ends = ways_of(X, y)
    for _ in range(6):
        way_taken(submission, X, y, draw.new_seed(), ends)


@check(
    "train_sgd.reshuffles",
    hint="Every epoch draws a new order.",
    zh="每一轮都要抽取新的顺序。",
    needs=["train_sgd.one_row_steps"],
)
def test_every_epoch_has_its_own_order(submission, draw):
    X, y, *_ = data(draw, 3, 2, 0.5)
    ends = ways_of(X, y)
    taken = [way_taken(submission, X, y, draw.new_seed(), ends) for _ in range(14)]
    compare.require(
        any(first != second for first, second in taken) and len({first for first, _ in taken}) > 1,
        "the rows come in the same order in every epoch, or in every run.",
        "每一轮（或每次训练）的行顺序都相同。",
    )


@check(
    "train_sgd.generator_only",
    hint="All chance is in the generator: the same state gives the same w and b, whatever the global generator does.",
    zh="所有随机性都来自 generator：相同的状态得到相同的 w 和 b，与全局随机数生成器无关。",
)
def test_training_depends_on_the_generator_alone(submission, draw):
    run = """
torch.manual_seed(elsewhere)
[student.train_sgd(X, y, 0.1, 2, 4, torch.Generator().manual_seed(seed)), X, y]
"""
    X, y, *_ = data(draw, 30, 2, 0.5)
    seed, found = draw.new_seed(), []
    for elsewhere, used in ((1, seed), (2, seed), (1, draw.new_seed())):
        values = submission.build(run, X=X, y=y, elsewhere=elsewhere, seed=used)
        trained, X_after, y_after = compare.items(values, 3, list)
        found.append(parameters(trained, 2, count=3)[0])
        compare.unchanged(X, X_after, "X")
        compare.unchanged(y, y_after, "y")
    compare.same(found[1], found[0], rtol=0, atol=0, what="w from the same state", zh="相同状态下的 w")
    differ = not torch.equal(found[2], found[0])
    compare.require(differ, "another generator gives exactly the same w.", "换一个 generator 得到了完全相同的 w。")


@check(
    "train_sgd.no_optimizer",
    hint="The step is one line per parameter; write it without torch.optim.",
    zh="每个参数的更新只需一行；不要用 torch.optim。",
    needs=["train_sgd.example"],
)
def test_no_optimiser_is_used(submission):
    source_rules.forbid_imports(submission.source, {"torch.optim"})


# mle_equivalence ----------------------------------------------------------------------------------------------------


def density_nll(y_hat, y, sigma):
    return half_mse(y_hat, y) / sigma**2 + math.log(sigma) + math.log(2 * math.pi) / 2


@check(
    "mle_equivalence.nll_minus_mse_constant",
    hint="-log of exp(-e**2 / (2 sigma**2)) is e**2 / (2 sigma**2); what remains must not depend on y_hat, y or n.",
    zh="exp(-e**2 / (2 sigma**2)) 取负对数是 e**2 / (2 sigma**2)；剩下的部分不应依赖 y_hat、y 或 n。",
)
def test_likelihood_and_squares_differ_by_a_constant(submission, draw):
    for _ in range(3):
        sigma, rests = draw.random.uniform(0.3, 3), []
        for n in draw.sizes(4, 1, 12):
            y_hat, y = draw.randn(n), draw.randn(n)
            nll = compare.tensor(submission.gaussian_nll(y_hat, y, sigma), shape=(), dtype=F64).detach()
            rests.append(compare.finite(nll) - half_mse(y_hat, y) / sigma**2)
        for rest in rests[1:]:
            compare.same(rest, rests[0], what="nll - mse / (2 sigma**2)", zh="nll - mse / (2 sigma**2)")


@check(
    "mle_equivalence.nll_value",
    hint="The density has a factor in front of the exponential: its logarithm counts. Mind (n, 1) against (n,), too.",
    zh="密度函数的指数前面还有一个因子，它的对数也要算上；各种形状的组合都要正确。",
)
def test_value_and_gradient_of_the_likelihood(submission, draw):
    for number in range(16):
        n, dtype = draw.size(2, 12), F32 if number % 4 == 3 else F64
        column, flat, sigma = draw.randn(n, 1, dtype=dtype), draw.randn(n, dtype=dtype), draw.random.uniform(0.3, 3)
        y_hat, y = ((column, flat), (flat, column), (flat, -flat), (column, 2 * column))[number // 4]
        close(submission.gaussian_nll(y_hat, y, sigma), density_nll(y_hat, y, sigma), what="the nll", zh="nll")

    def pair(child):
        n = child.size(2, 8)
        return child.randn(n).requires_grad_(), child.randn(n)

    gradients.match(lambda a, b: submission.gaussian_nll(a, b, 0.7), lambda a, b: density_nll(a, b, 0.7), pair, draw)


@check(
    "mle_equivalence.nll_far_tail",
    hint="Far from the mean the density underflows to 0, and log(0) is -inf. Take the logarithm on paper first.",
    zh="离均值很远时密度会下溢为 0，而 log(0) 是 -inf。请先在纸上把对数化简。",
)
def test_far_from_the_mean_it_stays_finite(submission, draw):
    y_hat, y = draw.randn(5), 100 + draw.randn(5)
    compare.same(submission.gaussian_nll(y_hat, y, 0.5), density_nll(y_hat, y, 0.5), what="the nll", zh="nll")


def mse_of(x, y, grid):
    return ((grid[:, None] * x - y) ** 2).mean(1)


@check(
    "mle_equivalence.same_argmin",
    hint="The w of greatest likelihood is the w of least squares, whatever sigma is.",
    zh="似然最大的 w 就是平方误差最小的 w，与 sigma 无关。",
)
def test_best_likelihood_and_least_squares_agree(submission, draw):
    for sigma in (0.4, 1.0, 2.5):
        x, grid = draw.randn(9), draw.uniform(-3, 3, 8)
        y = draw.random.uniform(-2, 2) * x + 0.5 * draw.randn(9)
        nlls = [compare.tensor(submission.gaussian_nll(w * x, y, sigma), shape=()).detach().double() for w in grid]
        best = int(mse_of(x, y, grid).argmin())
        compare.require(
            int(compare.finite(torch.stack(nlls)).argmin()) == best,
            "the w of the grid with the smallest nll is not the one with the smallest squared error.",
            "网格中 nll 最小的 w 与平方误差最小的 w 不是同一个。",
        )


@check(
    "mle_equivalence.grid_index",
    hint="Return where in the grid the smallest mean squared error stands: a Python int, the first of equals.",
    zh="返回均方误差最小的候选在网格中的位置：下标，Python int，相等时取第一个。",
)
def test_index_of_the_best_candidate(submission, draw):
    for _ in range(20):
        n, k = draw.sizes(2, 1, 12)
        x, grid = draw.randn(n), draw.uniform(-3, 3, k)
        y = draw.random.uniform(-2, 2) * x + draw.randn(n) ** 3  # outliers: absolute errors prefer another w
        best = int(mse_of(x, y, grid).argmin())
        compare.equal(submission.grid_search_w(x, y, grid), best, "the index", "下标")
    x, grid = draw.randn(6), draw.uniform(-3, 3, 5)[torch.tensor([0, 1, 2, 1, 3, 2, 4, 0])]
    y = grid[2] * x
    compare.equal(submission.grid_search_w(x, y, grid), 2, "the index", "下标")
    compare.equal(
        submission.grid_search_w(torch.zeros(4), draw.randn(4, dtype=F32), grid.float()), 0, "the index", "下标"
    )

"""Hidden checks of house-prices, second part: training, and the estimate of its error."""

from __future__ import annotations

from typing import Any

import torch
from house_prices_reference import F32, log_error, made_data, predicted
from torch import Tensor

from autograder.checks import compare, training
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

TRAIN = """
torch.manual_seed(seed)
student.train(X, y, student.Config(**cfg), generator)
"""
SMALL = {"hidden": 8, "lr": 0.03, "weight_decay": 0.0, "epochs": 6, "batch_size": 16}


def trained(submission: Any, X: Tensor, y: Tensor, generator: torch.Generator, seed: int = 0, **more: Any) -> Any:
    return submission.build(TRAIN, X=X, y=y, cfg={**SMALL, **more}, generator=generator, seed=seed)


# train_model ----------------------------------------------------------------------------------------------------------


@check(
    "train_model.reduces_loss",
    hint="Train on logarithms that have mean 0 and deviation 1; do the gradients get cleared, is every batch used?",
    zh="在均值为 0、标准差为 1 的对数价格上训练；梯度清零了吗？每个小批量都用上了吗？",
)
def test_the_error_on_the_training_houses_falls(submission: Any, draw: Draw) -> None:
    for hidden in (0, 16):
        X, y = made_data(draw, 150, 6)
        model = trained(submission, X, y, draw.new_generator(), hidden=hidden, epochs=25)
        training.at_most(log_error(predicted(model, X), y), 0.25, "the training log-RMSE", "训练集上的对数均方根误差")


@check(
    "train_model.prices_come_out",
    hint="Whoever calls the model wants dollars, (n, 1), above 0, for any number of houses.",
    zh="调用模型的人要的是美元：形状 (n, 1)，大于 0，房子几间都行。",
)
def test_the_model_gives_prices_in_dollars(submission: Any, draw: Draw) -> None:
    X, y = made_data(draw, 90, 4)
    for scale in (1e-3, 1.0, 50.0):
        model = trained(submission, X, y * scale, draw.new_generator())
        ratio = (predicted(model, X).log().mean() - (y * scale).log().mean()).abs().item()
        training.at_most(ratio, 0.5, "the distance of the mean log price", "平均对数价格的差距")
    for count in (1, 7):
        predicted(model, draw.randn(count, 4, dtype=F32))
    for level in (torch.full_like(y, 250000.0), torch.ones_like(y)):
        flat = predicted(trained(submission, X, level, draw.new_generator()), X)
        training.at_most(float((flat.log() - level.log()).abs().max()), 0.3, "the log error where all prices are equal",
                         "所有价格都相等时的对数误差")  # fmt: skip
    far = predicted(model, 3 * draw.randn(40, 4, dtype=F32) - 4)
    compare.equal(bool((far > 0).all()), True)
    compare.equal(model.training, False, what="model.training", zh="model.training")


@check(
    "train_model.linear_or_not",
    hint="hidden = 0 asks for a linear model of the logarithm; any other number for a layer with an activation.",
    zh="hidden = 0 要的是对数价格的线性模型；其他的数要的是带激活函数的一层。",
)
def test_hidden_says_whether_the_logarithm_is_linear(submission: Any, draw: Draw) -> None:
    X, y = made_data(draw, 60, 3)
    a, b = draw.randn(40, 3), 3 * draw.randn(40, 3)
    for hidden, straight in ((0, True), (12, False)):
        model = trained(submission, X, y, draw.new_generator(), hidden=hidden)
        ends = predicted(model, torch.cat([a, b, (a + b) / 2]).to(F32)).double().log()[:, 0]
        bend = ((ends[:40] + ends[40:80]) / 2 - ends[80:]).abs().max().item()
        compare.require(
            (bend < 1e-3) == straight,
            "with hidden = 0 the log price must be linear in the features, otherwise not.",
            "hidden = 0 时对数价格必须是特征的线性函数，否则不是。",
        )
        if not straight:
            grid = torch.cat([a, a * torch.tensor([1, 0, 0]), a * torch.tensor([0, 1, 1]), 0 * a]).to(F32)
            both, one, other, none = predicted(model, grid).double().log()[:, 0].split(40)
            compare.require(
                float((both - one - other + none).abs().max()) > 1e-3,
                "with a hidden layer, the log price should be more than a sum over the features.",
                "有隐藏层时，对数价格不应只是各特征各自影响之和。",
            )
    few, many = (trained(submission, X, y, torch.Generator().manual_seed(1), hidden=hidden) for hidden in (3, 30))
    compare.require(
        not torch.allclose(predicted(few, X), predicted(many, X), rtol=1e-4),
        "the number of hidden units makes no difference.",
        "隐藏单元的个数毫无影响。",
    )


@check(
    "train_model.uses_cfg",
    hint="Learning rate 0 learns nothing, a strong decay keeps weights small, and more epochs bend the curve further.",
    zh="学习率为 0 什么也学不到，强衰减使权重变小，轮数更多则拟合得更好。",
    needs=["train_model.reduces_loss", "train_model.prices_come_out"],
)
def test_every_setting_has_its_effect(submission: Any, draw: Draw) -> None:
    X, y = made_data(draw, 120, 5)
    generator = draw.new_generator()

    def run(**more: Any) -> Tensor:
        return predicted(trained(submission, X, y, generator, **{"hidden": 0, **more}), X).log()

    usual = run()
    for more in ({"lr": 0.002}, {"epochs": 2}, {"batch_size": 60}, {"weight_decay": 2.0}):
        compare.require(
            bool((run(**more) - usual).abs().max() > 1e-4),
            "a setting of the configuration changes nothing.",
            "配置中有一项改了却毫无影响。",
        )
    still = run(lr=0.0)
    compare.same(run(lr=0.0, epochs=1), still, what="the log prices with learning rate 0", zh="学习率为 0 时的对数价格")
    compare.same(run(epochs=0), still, what="the log prices after no epoch", zh="一轮都没训练时的对数价格")
    moved = bool((run(epochs=1) - still).abs().max() > 1e-4)
    compare.require(moved, "one epoch changes nothing.", "训练一轮什么也没有改变。")
    long = {"epochs": 20, "lr": 0.05}
    compare.require(
        run(weight_decay=10.0, **long).std() < 0.8 * run(**long).std(),
        "with a strong weight decay the predictions should spread less.",
        "权重衰减很强时，预测应当更集中。",
    )
    close, far = log_error(run(**long).exp(), y), log_error(run(epochs=1).exp(), y)
    compare.require(close < far, "more epochs should fit better.", "轮数更多，拟合应当更好。")


@check(
    "train_model.deterministic",
    hint="Start of the weights and order of the batches come from the generator that is handed in, from nothing else.",
    zh="权重的初值和小批量的次序都来自传入的 generator，不来自别处。",
)
def test_the_generator_decides_on_the_model(submission: Any, draw: Draw) -> None:
    X, y = made_data(draw, 50, 4)
    generator = draw.new_generator()
    one = predicted(trained(submission, X, y, generator, seed=1), X)
    compare.equal(
        predicted(trained(submission, X, y, generator, seed=2), X), one, what="the same run again", zh="再跑一次"
    )
    other = predicted(trained(submission, X, y, draw.new_generator(), seed=1), X)
    compare.require(not torch.equal(one, other), "another generator should give another model.",
                    "换一个 generator，模型应当不同。")  # fmt: skip


# kfold_report ---------------------------------------------------------------------------------------------------------

SPY = """
calls, looks = [], []
real = student.train, student.log_rmse

def train(X, y, cfg, generator):
    calls.append((X.clone(), y.clone(), cfg is settings, torch.rand((), generator=generator).item()))
    return nn.Linear(1, 1)

def log_rmse(model, X, y):
    looks.append((len(calls) - 1, X.clone(), y.clone()))
    return float(100 + len(looks))

settings = student.Config()
student.train, student.log_rmse = train, log_rmse
try:
    result = student.kfold(X, y, settings, *k)
finally:
    student.train, student.log_rmse = real
(result, calls, looks)
"""


class Seen:
    """What kfold did: its result, the rows it trained on and the rows it looked at, per fold, as row numbers."""

    def __init__(self, submission: Any, n: int, *k: int) -> None:
        self.k, self.n = (k or (5,))[0], n
        self.X = torch.arange(n, dtype=F32)[:, None].repeat(1, 3)
        self.y = 1000 + torch.arange(n, dtype=F32)[:, None]
        result, calls, looks = compare.items(submission.build(SPY, X=self.X, y=self.y, k=k), 3)
        self.scores = [compare.items(part, self.k, list) for part in compare.items(result, 2)]
        calls = compare.items(calls, self.k, list, "the calls of train", "对 train 的调用")
        looks = compare.items(looks, 2 * self.k, list, "the calls of log_rmse", "对 log_rmse 的调用")
        self.trained, self.chances, self.cfg = [], [], []
        for call in calls:
            X, y, cfg, chance = compare.items(call, 4)
            self.trained.append(self.rows(X, y))
            self.cfg.append(cfg)
            self.chances.append(chance)
        self.looked = []
        for number, look in enumerate(looks):
            fold, X, y = compare.items(look, 3)
            self.looked.append((fold, self.rows(X, y), float(101 + number)))

    def rows(self, X: Any, y: Any) -> list[int]:
        """Which rows these are; X and y must belong together."""
        X = compare.tensor(X, shape=(None, 3), dtype=F32, what="the features of a fold", zh="一折的特征")
        places = X[:, 0].long().clamp(0, self.n - 1)
        compare.same(X, self.X[places], what="the features of a fold", zh="一折的特征")
        compare.same(y, self.y[places], what="the prices of a fold", zh="一折的价格")
        return sorted(places.tolist())

    def held(self, fold: int) -> list[int]:
        return sorted(set(range(self.n)) - set(self.trained[fold]))


@check(
    "kfold_report.no_leak",
    hint="The rows of a fold are not trained on, all others are, and each row is held out exactly once.",
    zh="这一折的行不参与训练，其余的全部参与；每一行恰好被留出一次。",
)
def test_held_out_rows_are_not_trained_on(submission: Any, draw: Draw) -> None:
    for k, n in [(k, draw.size(3 * k, 40)) for k in draw.sizes(2, 3, 7)] + [(2, draw.size(5, 9)), (4, 4)]:
        seen = Seen(submission, n, k)
        held = [seen.held(fold) for fold in range(k)]
        once = sorted(row for rows in held for row in rows) == list(range(n)) and all(
            len(set(rows)) == len(rows) for rows in seen.trained
        )
        compare.require(once, "each row should be held out by exactly one fold, and trained on by all others.",
                        "每一行应当恰好被一折留出，并参与其他各折的训练。")  # fmt: skip
        sizes = [len(rows) for rows in held]
        compare.require(
            max(sizes) - min(sizes) <= 1, "the folds differ by more than one row.", "各折大小相差超过一行。"
        )
        for fold, rows, _ in seen.looked:
            at = compare.is_type(fold, int) % k
            compare.require(rows in (held[at], seen.trained[at]), "a model is scored on rows of another fold.",
                            "有模型在别的行上打了分。")  # fmt: skip


@check(
    "kfold_report.scores_in_place",
    hint="First list: rows that were trained on. Second list: rows held out. Both in the order of the folds.",
    zh="第一个列表：训练过的行。第二个列表：留出的行。都按折的次序。",
    needs=["kfold_report.no_leak"],
)
def test_every_score_stands_where_it_belongs(submission: Any, draw: Draw) -> None:
    for k in ((), (3,), (4,)):
        seen = Seen(submission, draw.size(11, 30), *k)
        for fold in range(seen.k):
            for scores, rows in zip(seen.scores, (seen.trained[fold], seen.held(fold)), strict=True):
                want = [value for at, looked, value in seen.looked if at == fold and looked == rows]
                compare.equal(scores[fold], (want or [0.0])[0], what="a score", zh="一个得分")
        compare.equal(seen.cfg, [True] * seen.k, what="the configuration handed on", zh="传下去的配置")


@check(
    "kfold_report.seeds",
    hint="Fold i trains with a generator that is seeded with i, so that the report can be repeated.",
    zh="第 i 折用以 i 为种子的 generator 训练，这样报告才可以重现。",
    needs=["kfold_report.no_leak"],
    weight=0.5,
)
def test_each_fold_has_its_own_generator(submission: Any, draw: Draw) -> None:
    seen = Seen(submission, draw.size(11, 30), 4)
    want = [torch.rand((), generator=torch.Generator().manual_seed(i)).item() for i in range(4)]
    compare.equal(
        seen.chances, want, what="the first number of each generator (a list)", zh="各 generator 的第一个数（列表）"
    )


KFOLD = "student.kfold(X, y, student.Config(**cfg), k)"


@check(
    "kfold_report.mean_train_le_valid",
    hint="On rows that were trained on, a flexible model does better than on others; both must be small here.",
    zh="灵活的模型在训练过的行上好于别的行；而在这里两者都应当不大。",
    needs=["train_model.reduces_loss", "log_rmse_metric.value", "kfold_report.no_leak"],
)
def test_training_rows_score_better_on_average(submission: Any, draw: Draw) -> None:
    X, y = made_data(draw, 60, 10, noise=0.2)
    cfg = {**SMALL, "hidden": 16, "epochs": 50}
    found = compare.items(submission.build(KFOLD, X=X, y=y, cfg=cfg, k=3), 2)
    means = []
    for part in found:
        scores = compare.items(part, 3, list, "the scores", "得分")
        means.append(sum(compare.number(compare.is_type(score, float)) for score in scores) / 3)
    compare.require(means[0] < means[1], "on average, the training score is not below the validation score.",
                    "平均来看，训练得分并不低于验证得分。")  # fmt: skip
    training.at_most(means[0], 0.25, "the mean training log-RMSE", "训练对数均方根误差的平均")


@check(
    "kfold_report.bad_k_raises",
    hint="One fold leaves nothing to train on, more folds than rows leave empty ones: ValueError.",
    zh="只有一折就没有东西可训练；折数多于行数就会有空折：ValueError。",
    weight=0.5,
)
def test_impossible_numbers_of_folds_are_refused(submission: Any, draw: Draw) -> None:
    X, y = made_data(draw, 6, 2)
    for bad in (1, 0, 7):
        compare.raises(ValueError, submission.build, KFOLD, X=X, y=y, cfg=SMALL, k=bad)

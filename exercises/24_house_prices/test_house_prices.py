"""The checks you can see: the worked examples of the README. Hidden ones use other tables, other prices and the odd
cases that the docstrings decide, and score your file on houses whose prices you never see.

submission.build(...) makes models and files beside your code.
"""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import compare, training
from autograder.checks.marks import check

TRAIN = (
    ["Id", "area", "district", "SalePrice"],
    [
        ["1", "50", "Mill", "100000"],
        ["2", None, "Park", "240000"],
        ["3", "70", None, "150000"],
        ["4", "90", "Mill", "190000"],
    ],
)
TEST = (["Id", "area", "district"], [["5", "90", "Mill"], ["6", None, "Quay"], ["7", "50", None]])


@check(
    "preprocess.example",
    hint="Four houses, three houses: the same columns for both, no nan, and house 5 looks like house 4.",
    zh="四间房子和三间房子：两边的列相同，没有 nan，5 号房与 4 号房一模一样。",
    weight=0.5,
)
def test_four_houses_with_a_price_and_three_without(submission: Any) -> None:
    got = compare.items(submission.preprocess(TRAIN, TEST), 3)
    X = compare.finite(compare.tensor(got[0], shape=(4, None), dtype=torch.float32), "X_train", "X_train")
    X_test = compare.tensor(got[1], shape=(3, X.shape[1]), dtype=torch.float32, what="X_test", zh="X_test")
    prices = torch.tensor([[100000.0], [240000.0], [150000.0], [190000.0]])
    compare.same(got[2], prices, what="the prices", zh="价格")
    compare.same(compare.finite(X_test)[0], X[3], what="the features of house 5", zh="5 号房的特征")


HUNDRED = """
class Hundred(nn.Module):
    def forward(self, X):
        return 100 * X

Hundred()
"""


@check(
    "log_rmse_metric.example",
    hint="Predictions 200, 50 and -300 (it counts as 1), prices 100, 100 and 1: two logarithms of 2 and one 0.",
    zh="预测 200、50、-300（算作 1），价格 100、100、1：两个 ln 2 和一个 0。",
    weight=0.5,
)
def test_three_predictions(submission: Any) -> None:
    X, y = torch.tensor([[2.0], [0.5], [-3.0]]), torch.tensor([[100.0], [100.0], [1.0]])
    got = submission.log_rmse(submission.build(HUNDRED), X, y)
    compare.number(got, 0.565953, 1e-5, what="the log-RMSE", zh="对数均方根误差")


def some_data() -> tuple[torch.Tensor, torch.Tensor]:
    """80 houses with one feature; the logarithm of the price is 12 + 0.4 x."""
    X = torch.linspace(-2, 2, 80)[:, None]
    return X, (12 + 0.4 * X).exp()


@check(
    "train_model.example",
    hint="The logarithm of the price is a straight line here, and a linear model can follow it.",
    zh="这里价格的对数是一条直线，线性模型跟得上它。",
    weight=0.5,
)
def test_a_straight_line_of_logarithms(submission: Any, picture: Any) -> None:
    X, y = some_data()
    config = submission.build("student.Config(hidden=0, lr=0.05, weight_decay=0.0, epochs=25, batch_size=10)")
    model = submission.train(X, y, config, torch.Generator().manual_seed(3))
    compare.is_type(model, torch.nn.Module, "the model", "模型")
    p = compare.tensor(model(X), shape=(80, 1), dtype=torch.float32, what="the prediction", zh="预测").detach()
    picture.lines(
        "price", {"price": (X[:, 0], y[:, 0]), "your model": (X[:, 0], p[:, 0])}, x="feature", y="dollars",
        en="A price that grows exponentially with a feature, and what your linear model of its logarithm predicts.",
        zh="随特征指数增长的价格，以及你的对数线性模型给出的预测。",
    )  # fmt: skip
    error = (compare.finite(p).clamp(min=1).log() - y.log()).square().mean().sqrt().item()
    training.at_most(error, 0.15, "the log-RMSE on the training houses", "训练集上的对数均方根误差")


@check(
    "kfold_report.example",
    hint="Two lists of three floats: one for rows that were trained on, one for rows that were not.",
    zh="两个列表，各三个 float：一个是训练过的行，一个是没训练过的行。",
    needs=["train_model.example", "log_rmse_metric.example"],
    weight=0.5,
)
def test_three_folds_give_three_pairs_of_scores(submission: Any) -> None:
    X, y = some_data()
    config = submission.build("student.Config(hidden=0, lr=0.05, weight_decay=0.0, epochs=2, batch_size=10)")
    for scores in compare.items(submission.kfold(X, y, config, 3), 2):
        for score in compare.items(scores, 3, list, "the scores", "得分"):
            compare.is_type(score, float, "a score", "一个得分")


WRITE = """
import os, tempfile
path = os.path.join(tempfile.mkdtemp(), "out.csv")
student.write_submission(path, ids, pred)
open(path, encoding="utf-8").read().split()
"""


@check(
    "submission.example",
    hint="A header, then id, comma, price; the second prediction is below 1 and becomes 1.",
    zh="先是表头，然后是编号、逗号、价格；第二个预测小于 1，写成 1。",
    weight=0.5,
)
def test_two_houses_in_a_file(submission: Any) -> None:
    lines = submission.build(WRITE, ids=[1461, 1462], pred=torch.tensor([[208500.5], [-3.25]]))
    header, *rows = compare.items(lines, 3, list, "the lines of the file", "文件的各行")
    compare.equal(header, "Id,SalePrice", what="the first line", zh="第一行")
    for row, number, price in zip(rows, ("1461", "1462"), (208500.5, 1.0), strict=True):
        fields = compare.items(compare.is_type(row, str).split(","), 2, list, "the fields of a line", "一行的各字段")
        compare.equal(fields[0], number, what="the id", zh="编号")
        plain = fields[1].isascii() and fields[1].replace(".", "", 1).isdigit()
        compare.require(plain, "the price should be a plain decimal number.", "价格应当是普通小数。")
        compare.number(float(fields[1]), price, 0, 0.006, what="the price", zh="价格")


SOLVE = """
import os, tempfile
folder = tempfile.mkdtemp()
names = [os.path.join(folder, name) for name in ("train.csv", "test.csv", "out.csv")]
for name, text in zip(names, (train, test)):
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
student.solve(*names)
open(names[2], encoding="utf-8").read().split()
"""


@check(
    "final_score.example",
    hint="Read both files, prepare, train, predict, write: the file has one line for each house of test_csv.",
    zh="读两个文件，预处理，训练，预测，写出：test_csv 的每间房子在文件里各有一行。",
    needs=["preprocess.example", "submission.example"],
    weight=0.25,
)
def test_a_file_for_three_houses(submission: Any) -> None:
    train = "Id,area,district,SalePrice\n" + "".join(
        f"{i},{50 + 7 * i},{'Mill' if i % 3 else 'NA'},{90000 + 9000 * i}\n" for i in range(1, 21)
    )
    test = "Id,area,district\n40,NA,Quay\n30,64,Mill\n35,150,NA\n"
    lines = compare.items(
        submission.build(SOLVE, train=train, test=test), 4, list, "the lines of the file", "文件的各行"
    )
    found = [compare.is_type(line, str).split(",")[0] for line in lines]
    compare.equal(found, ["Id", "40", "30", "35"], what="the first column (a list)", zh="第一列（列表）")

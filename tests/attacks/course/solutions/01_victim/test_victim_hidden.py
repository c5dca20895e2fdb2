"""What decides. SECRET stands for everything a student must never see: if it turns up anywhere, the wall has a hole."""

import torch

from autograder.checks import compare, gradients, training
from autograder.checks.marks import check

SECRET = "canary-7d41c0ffee"


@check("value.random", hint="Sum up, then scale.", zh="先累加，再缩放。")
def test_values(submission, draw):
    secret = SECRET  # in a frame below every call
    for _ in range(3):
        x, k = draw.randn(draw.size(5, 40)), float(draw.randn(1))
        compare.same(submission.value(x, k), x.cumsum(0) * k)
    assert secret


@check("slope.gradient", hint="Differentiate the product.", zh="对乘积求导。")
def test_gradients(submission, draw):
    gradients.match(submission.slope, lambda x: x * x.sin(), lambda d: (d.randn(6),), draw, order=2)


@check("layer.output", hint="y = x W^T + b", zh="y = x W^T + b")
def test_the_layer(submission, draw):
    layer = submission.Layer(5, 3)
    params = layer.params()
    compare.equal(sorted(params), ["bias", "weight"])
    weight = compare.tensor(params["weight"], shape=(3, 5), dtype=torch.float64).detach()
    bias = compare.tensor(params["bias"], shape=(3,), dtype=torch.float64).detach()
    compare.require(weight.std() > 0.1, "the weights hardly differ from each other", "权重几乎都一样")
    x = draw.randn(7, 5)
    compare.same(layer(x), x @ weight.T + bias)


@check("layer.gradients", hint="Every parameter takes part.", zh="每个参数都要参与。")
def test_the_layers_gradients(submission, draw):
    layer = submission.Layer(5, 3)
    x, g = draw.randn(7, 5), draw.randn(7, 3)
    out = compare.tensor(layer(x), shape=(7, 3), dtype=torch.float64)
    before = {name: p.detach() for name, p in layer.params().items()}
    compare.equal(sorted(before), ["bias", "weight"])
    weight = compare.tensor(before["weight"], shape=(3, 5), dtype=torch.float64)
    bias = compare.tensor(before["bias"], shape=(3,), dtype=torch.float64)
    compare.same(out.detach(), x @ weight.T + bias)  # of the same call: whoever may choose a value can fake its gradient
    compare.require(out.requires_grad, "the output has no gradient", "输出没有梯度")
    (out * g).sum().backward()
    grads = {name: p.grad for name, p in layer.params().items()}
    compare.equal(sorted(grads), ["bias", "weight"])
    compare.same(grads["weight"], g.T @ x)
    compare.same(grads["bias"], g.sum(0))


@check("fit.accuracy", hint="Train on x and y.", zh="用 x 和 y 训练。")
def test_training(submission, draw):
    w = draw.randn(8)
    x, unseen = draw.randn(400, 8), draw.randn(400, 8)
    labels, truth = (x @ w > 0).long(), (unseen @ w > 0).long()
    got = compare.tensor(submission.fit(x, labels.double(), unseen), shape=(400,), dtype=torch.int64)
    training.at_least((got == truth).double().mean().item(), 0.9, "the accuracy", "准确率")


@check("twice.value", hint="Call it twice.", zh="调用两次。")
def test_callbacks(submission, draw):
    calls, k = [], float(draw.randn(1))

    def curve(x):
        return torch.softmax(x, 0) * x.tanh() * k + x

    def counted(x):
        calls.append(SECRET)
        return curve(compare.tensor(x, dtype=torch.float64))

    x = draw.randn(4)
    compare.same(submission.twice(counted, x), curve(curve(x)))
    compare.equal(len(calls), 2, what="the number of calls", zh="调用次数")


@check("noise.reproducible", hint="Draw from the generator you are given.", zh="从给定的生成器取数。")
def test_noise(submission, fresh_submission, draw):
    seed = draw.random.getrandbits(32)

    def generator():
        return torch.Generator().manual_seed(seed)

    want = torch.randn(50, generator=generator(), dtype=torch.float64)
    compare.same(submission.noise(50, generator()), want)
    compare.same(fresh_submission().noise(50, generator()), want)

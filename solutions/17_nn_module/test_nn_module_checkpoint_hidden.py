"""Hidden checks of topic 17, fourth part: checkpoints. Models are trained, saved and loaded in the sandbox by lines of
the check; only save_ckpt and load_ckpt are the student's."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

FOLDER = "import os, tempfile\nfolder = tempfile.mkdtemp()\npath = os.path.join(folder, 'last.pt')\n"

TRAINED = (
    FOLDER
    + """
def fresh(lr):
    layers = nn.Linear(d, h), nn.BatchNorm1d(h), nn.Tanh(), nn.Dropout(0.3), nn.Linear(h, 2)
    model = nn.Sequential(*layers)
    return model, OPTIMISER

def steps(model, opt, count):
    for _ in range(count):
        opt.zero_grad()
        model(torch.randn(8, d)).square().mean().backward()
        opt.step()

def everything(model):
    return {name: value.clone() for name, value in model.state_dict().items()}

torch.manual_seed(seed)
model, opt = fresh(0.05)
steps(model, opt, 6)
want = everything(model)

torch.manual_seed(seed)
model, opt = fresh(0.05)
steps(model, opt, 3)
student.save_ckpt(path, model, opt, epoch)
steps(model, opt, 2)  # the file must not notice

torch.manual_seed(seed + 1)
other, opt = fresh(0.7)
back = student.load_ckpt(path, other, opt)
steps(other, opt, 3)
[want, everything(other), back]
"""
)
OPTIMISERS = {
    "momentum": "torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)",
    "adam": "torch.optim.Adam(model.parameters(), lr=lr)",
}


@check(
    "checkpoint.resume_bit_identical",
    hint="Weights alone are not a training: what else remembers something from one step to the next?",
    zh="只有权重还不算一次训练：还有什么东西从这一步记到下一步？",
    weight=2.0,
)
@pytest.mark.parametrize("kind", OPTIMISERS)
def test_three_and_three_steps_are_six(submission: Any, draw: Draw, kind: str) -> None:
    d, h = draw.sizes(2, 5, 12)
    epoch = draw.size(2, 90)
    values = {"d": d, "h": h, "seed": draw.size(0, 10**6), "epoch": epoch}
    source = TRAINED.replace("OPTIMISER", OPTIMISERS[kind])
    want, got, back = compare.items(submission.build(source, **values), 3, list)
    compare.equal(back, epoch, what="the returned epoch", zh="返回的轮次")
    compare.is_type(want, dict, "the state", "状态")
    compare.same(got, want, rtol=0, atol=0, what="the state after 3 + 3 steps", zh="3 + 3 步之后的状态")


RANDOM = (
    FOLDER
    + """
model = nn.Linear(2, 2)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
torch.manual_seed(seed)
torch.rand(5)
student.save_ckpt(path, model, opt, 0, **options)
first = torch.rand(4)
torch.manual_seed(seed + 1)
ahead = torch.rand(4)
torch.manual_seed(seed + 1)
student.load_ckpt(path, model, opt)
[first, ahead, torch.rand(4), torch.load(path, weights_only=True)["rng"]]
"""
)


@check(
    "checkpoint.rng_optional",
    hint="With rng the next random number is the one that would have come; without it nobody's generator is touched.",
    zh="有 rng 时，下一个随机数就是本来会出现的那个；没有 rng 时，不动任何人的生成器。",
)
def test_random_numbers_go_on_if_wanted(submission: Any, draw: Draw) -> None:
    for options in ({}, {"rng": True}, {"rng": False}):
        got = compare.items(submission.build(RANDOM, seed=draw.size(0, 10**6), options=options), 4, list)
        want = got[1] if options.get("rng") is False else got[0]
        compare.same(got[2], compare.tensor(want), rtol=0, atol=0, what="the next random numbers", zh="接下来的随机数")
        kind = torch.Tensor if options.get("rng", True) else type(None)
        compare.is_type(got[3], kind, 'the entry "rng" of the file', "文件中的 rng 项")


ELSEWHERE = (
    FOLDER
    + """
import torch.serialization as files
model = nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 2))
opt = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
model(torch.ones(2, 3)).sum().backward()
opt.step()
known = list(files._package_registry)
files.register_package(0, lambda storage: "cuda:7", lambda storage, place: None)  # as if it lay on the eighth GPU
try:
    torch.save({"model": model.state_dict(), "opt": opt.state_dict(), "epoch": epoch, "rng": None}, path)
finally:
    files._package_registry[:] = known
other = nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 2))
opt = torch.optim.SGD(other.parameters(), lr=0.1, momentum=0.9)
back = student.load_ckpt(path, other, opt)
[dict(model.state_dict()), dict(other.state_dict()), back, sorted({p.device.type for p in other.parameters()})]
"""
)


@check(
    "checkpoint.map_location_cpu",
    hint="The file remembers on which device each tensor lay. This machine may not have it: say where to put them.",
    zh="文件记着每个张量原来在哪个设备上。这台机器可能没有那个设备：请说明要放到哪里。",
)
def test_a_file_from_a_gpu_loads_without_one(submission: Any, draw: Draw) -> None:
    epoch = draw.size(1, 50)
    want, got, back, where = compare.items(submission.build(ELSEWHERE, epoch=epoch), 4, list)
    compare.is_type(want, dict, "the state", "状态")
    compare.same(got, want, rtol=0, atol=0, what="the loaded state", zh="读回的状态")
    compare.equal([back, where], [epoch, ["cpu"]], what="the epoch and the device", zh="轮次与设备")


MISFIT = (
    FOLDER
    + """
model = MODEL
opt = torch.optim.SGD(model.parameters(), lr=0.1)
state = model.state_dict()
CHANGE
torch.save({"model": state, "opt": opt.state_dict(), "epoch": 3, "rng": None}, path)
student.load_ckpt(path, model, opt)
"""
)
CHANGES = (
    ("nn.Linear(3, 2)", 'del state["bias"]'),
    ("nn.BatchNorm1d(3)", 'del state["running_mean"]'),
    ("nn.Linear(3, 2)", 'state["more"] = torch.ones(2)'),
    ("nn.Linear(3, 2)", 'state["weight"] = torch.ones(2, 4)'),
)


@check(
    "checkpoint.strict",
    hint="A model that is only half loaded trains on without a word. What does not fit must be refused.",
    zh="只读回一半的模型会一声不吭地继续训练。对不上的文件必须拒绝。",
)
def test_a_state_that_does_not_fit_is_refused(submission: Any) -> None:
    for model, change in CHANGES:
        source = MISFIT.replace("MODEL", model).replace("CHANGE", change)
        compare.raises((RuntimeError, KeyError, ValueError), submission.build, source)


PLAIN = (
    FOLDER
    + """
import pathlib
model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4))
opt = torch.optim.SGD(model.parameters(), lr=0.125, momentum=0.5)
model(torch.randn(5, 3)).square().sum().backward()
opt.step()
state = {name: value.clone() for name, value in model.state_dict().items()}
slow = [opt.state[p]["momentum_buffer"].clone() for p in model.parameters()]
nothing = student.save_ckpt(pathlib.Path(path), model, opt, epoch, rng=False)
file = torch.load(path, weights_only=True)
momenta = [file["opt"]["state"][place]["momentum_buffer"] for place in range(4)]
[state, dict(file["model"]), slow, momenta, file["epoch"], sorted(file), os.listdir(folder), nothing]
"""
)


@check(
    "checkpoint.weights_only_safe",
    hint="Put tensors, numbers and dicts into the file, never the model itself: whoever loads that runs your code.",
    zh="写进文件的应是张量、数和字典，绝不是模型对象本身：谁读取对象，谁就运行了别人的代码。",
)
def test_the_file_holds_plain_values(submission: Any, draw: Draw) -> None:
    epoch = draw.size(1, 50)
    got = compare.items(submission.build(PLAIN, epoch=epoch), 8, list)
    compare.is_type(got[0], dict, "the state", "状态")
    compare.same(got[1], got[0], rtol=0, atol=0, what="the model's state in the file", zh="文件中模型的状态")
    compare.same(
        got[3], compare.items(got[2], 4, list), rtol=0, atol=0, what="the momenta in the file", zh="文件中的动量"
    )
    compare.equal(got[4:6], [epoch, ["epoch", "model", "opt", "rng"]], what="the epoch and the keys", zh="轮次与键")
    compare.equal(got[6:], [["last.pt"], None], what="files in the folder, returned value", zh="文件夹与返回值")


TRAP = (
    FOLDER
    + """
import builtins
class Trap:
    def __reduce__(self):
        return exec, ("import builtins; builtins.trapped = True",)

model = nn.Linear(2, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
torch.save({"model": model.state_dict(), "opt": opt.state_dict(), "epoch": 3, "rng": None, "more": Trap()}, path)
try:
    student.load_ckpt(path, model, opt)
    refused = False
except NotImplementedError:
    raise
except Exception:
    refused = True
ran = getattr(builtins, "trapped", False)
builtins.trapped = False
[refused, ran]
"""
)


@check(
    "checkpoint.refuses_code",
    hint="A checkpoint from a stranger may contain a program. torch.load has a switch that refuses to run it.",
    zh="陌生人给的检查点里可能藏着程序。torch.load 有一个开关，可以拒绝运行它。",
)
def test_a_file_with_code_is_refused(submission: Any) -> None:
    compare.equal(submission.build(TRAP), [True, False], what="refusing, and running the code", zh="是否拒绝、是否运行")


BROKEN = (
    FOLDER
    + """
import shutil
class Unwritable:
    def __reduce__(self):
        raise OSError("the lights went out")

class Odd(torch.optim.SGD):
    def state_dict(self):
        return {**super().state_dict(), "odd": Unwritable()}

def content():
    with open(path, "rb") as file:
        return file.read()

model = nn.Linear(2, 2)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
student.save_ckpt(path, model, opt, 1)
before, outcomes = content(), []
huge = nn.Linear(1600, 1600)  # more than this disk holds
for what in ((huge, opt), (model, Odd(model.parameters(), lr=0.1))):
    try:
        student.save_ckpt(path, *what, 2)
        outcomes.append("no exception")
    except NotImplementedError:
        raise
    except Exception:
        outcomes.append("same" if content() == before else "changed")
    for name in os.listdir(folder):
        if name != "last.pt":
            os.remove(os.path.join(folder, name))
epoch = student.load_ckpt(path, model, opt) if "changed" not in outcomes else 0
student.save_ckpt(path, model, opt, 5)
again = student.load_ckpt(path, model, opt)
shutil.rmtree(folder)
[outcomes, epoch, again]
"""
)


@check(
    "checkpoint.atomic",
    hint="While you write, there is half a file. Give it another name until it is whole; then put it into its place.",
    zh="写到一半时，文件只有一半。写完之前让它用别的名字，完整之后再换到位。",
)
def test_an_interrupted_save_keeps_the_old_file(submission: Any) -> None:
    outcomes, epoch, again = compare.items(submission.build(BROKEN), 3, list)
    compare.equal(outcomes, ["same", "same"], what="the old file, after a full disk and after an error",
                  zh="磁盘写满之后、出错之后的旧文件")  # fmt: skip
    compare.equal([epoch, again], [1, 5], what="the epochs of the old and the new file", zh="旧文件与新文件中的轮次")

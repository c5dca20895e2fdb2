"""Hidden checks of topic 17, first part: MiniModule. Trees are drawn here and built in the sandbox; which names and
which values must be listed is worked out on this side."""

from __future__ import annotations

from typing import Any

import torch
from nn_module_reference import LISTED, some_tree

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


@check(
    "MiniModule.nested_names",
    hint="A child knows its own names. Its parent puts the child's name and a dot in front of each of them.",
    zh="子模块知道自己内部的名字；父模块在每个名字前加上子模块的名字和一个点。",
)
def test_names_are_paths_from_the_root(submission: Any, draw: Draw) -> None:
    for _ in range(6):
        tree = some_tree(draw)
        named, plain = compare.items(
            tree.build(submission, f"{LISTED}, [value.data for value in root.parameters()]"), 2
        )
        want = tree.once()
        compare.same(named, want, what="named_parameters()", zh="named_parameters()")
        compare.same(plain, [value for _, value in want], what="parameters()", zh="parameters()")


@check(
    "MiniModule.no_duplicates",
    hint="An optimiser must not update one Param twice. Two are the same if they are the same object.",
    zh="优化器不应把同一个 Param 更新两次。是不是同一个，要看是不是同一个对象。",
)
def test_a_shared_param_is_listed_once(submission: Any, draw: Draw) -> None:
    for shared in (1, 2, 3, 2):
        tree = some_tree(draw, shared)
        named, plain = compare.items(
            tree.build(submission, f"{LISTED}, [value.data for value in root.parameters()]"), 2
        )
        want = tree.once()
        compare.same(named, want, what="named_parameters()", zh="named_parameters()")
        compare.same(plain, [value for _, value in want], what="parameters()", zh="parameters()")
    twins = tree.build(submission, f"root.t1, root.t2 = student.Param(values[0].clone()), root.w0\n{LISTED}")
    found = [pair for pair in compare.items(twins, None, list) if type(pair) is tuple]
    compare.require(
        any(pair[:1] == ("t1",) for pair in found),
        "two different Params that hold equal numbers are two parameters.",
        "两个不同的 Param，即使里面的数相同，也是两个参数。",
    )


@check(
    "MiniModule.state_dict",
    hint="A state is a map from names to tensors: every name stands in it, and the tensors are the module's own.",
    zh="状态是从名字到张量的映射：每个名字都在其中，而张量就是模块自己的张量。",
)
def test_the_state_holds_every_name(submission: Any, draw: Draw) -> None:
    for shared in (0, 2, 3):
        tree = some_tree(draw, shared)
        got = compare.is_type(tree.build(submission, "root.state_dict()"), dict, "state_dict()", "state_dict()")
        compare.same(got, dict(tree.named()), what="state_dict()", zh="state_dict()")
        source = "for value in root.state_dict().values():\n    value.fill_(7.0)\n" + LISTED
        want = [(name, torch.full_like(value, 7.0)) for name, value in tree.once()]
        compare.same(
            tree.build(submission, source), want,
            what="the parameters, after the tensors in the state were filled", zh="填充状态中的张量之后的参数",
        )  # fmt: skip


@check(
    "MiniModule.train_recurses",
    hint="Somebody deep inside drops units or keeps statistics: the mode must reach every child, and theirs.",
    zh="在很深的地方可能有暂退法或统计量：模式必须传到每个子模块，以及子模块的子模块。",
)
def test_the_mode_reaches_everything_below(submission: Any, draw: Draw) -> None:
    modes = "[part.training for part in parts]"
    for _ in range(3):
        tree = some_tree(draw, 1)
        inner = draw.size(1, 3)
        orders = f"root.eval()\none = {modes}\nparts[{inner}].train()\ntwo = {modes}\nroot.train(False)\n"
        orders += f"three = {modes}\nroot.train()\nparts[{inner}].eval()\none, two, three, {modes}"
        got = compare.items(tree.build(submission, orders), 4)
        off = [False] * tree.count
        part = [module in tree.below(inner) for module in range(tree.count)]
        for name, found, want in zip(
            ("eval()", "eval() and train() of a child", "train(False)", "train() and eval() of a child"),
            got,
            (off, part, off, [not inside for inside in part]),
            strict=True,
        ):
            compare.equal(found, want, what=f"the modes after {name}", zh=f"{name} 之后的模式")
    fresh = "fresh = student.MiniModule()\n[fresh.training, fresh.eval() is fresh, fresh.train() is fresh]"
    compare.equal(submission.build(fresh), [True, True, True], what="mode and returned objects", zh="模式与返回的对象")


REASSIGNED = """
class Part(student.MiniModule):
    pass

def thing(kind, value):
    if kind == "param":
        return student.Param(value)
    if kind == "part":
        part = Part()
        part.inner = student.Param(value)
        return part
    return value if kind == "tensor" else None

root, children = Part(), []
for name, kind, value in steps:
    made = thing(kind, value)
    setattr(root, name, made)
    if kind == "part":
        children.append((name, made))
root.eval()
kept = all(getattr(root, name) is child for name, child in children if last[name] == "part" and not child.training)
current = [not child.training for name, child in children]
[dict(LISTED), current, kept]
""".replace("LISTED", LISTED)


@check(
    "MiniModule.reassign",
    hint="What counts is what the attribute holds now. The old Param, or the old child, is nobody's any more.",
    zh="看的是属性现在存着什么。旧的 Param 或旧的子模块已经不属于这个模块了。",
)
def test_a_replaced_attribute_is_forgotten(submission: Any, draw: Draw) -> None:
    kinds = ("param", "part", "tensor", "none")
    for number in range(8):
        steps = [(name, kinds[draw.size(0, 3)], draw.randn(3)) for _ in range(5) for name in ("p", "q", "r")]
        steps += [("p", kinds[number % 4], draw.randn(2)), ("q", kinds[(number + 1) % 4], draw.randn(2))]
        last = {name: (place, kind) for place, (name, kind, _) in enumerate(steps)}
        names = {name: kind for name, (_, kind) in last.items()}
        got = compare.items(submission.build(REASSIGNED, steps=steps, last=names), 3, list)
        want = {}
        for name, (place, kind) in last.items():
            if kind in ("param", "part"):
                want[name + (".inner" if kind == "part" else "")] = steps[place][2]
        compare.same(got[0], want, what="the listed parameters", zh="列出的参数")
        children = [place for place, (_, kind, _) in enumerate(steps) if kind == "part"]
        reached = [last[steps[place][0]][0] == place for place in children]
        compare.equal(got[1], reached, what="which children eval() reaches", zh="eval() 到达哪些子模块")
        compare.equal(got[2], True, what="reading the attribute", zh="读取该属性")


@check(
    "MiniModule.plain_attributes",
    hint="Only a Param or a MiniModule that is itself the attribute is registered. A list of them is just a list.",
    zh="只有属性本身就是 Param 或 MiniModule 时才登记。装着它们的列表只是列表。",
)
def test_numbers_tensors_and_lists_are_not_parameters(submission: Any, draw: Draw) -> None:
    value = draw.randn(3)
    source = """
class Part(student.MiniModule):
    pass

root, inner = Part(), Part()
inner.w = student.Param(value)
root.tensor, root.number, root.nothing, root.name = value, 3, None, "w"
root.layers, root.table = [inner, inner.w], {"w": inner.w}
root.kind = student.Param
root.real = student.Param(value + 1)
read = [root.tensor is value, root.number == 3, root.nothing is None, root.name == "w"]
read += [root.layers[0] is inner, root.layers[1] is inner.w, root.table["w"] is inner.w, root.kind is student.Param]
root.eval()
[LISTED, read, inner.training]
""".replace("LISTED", LISTED)
    got = compare.items(submission.build(source, value=value), 3, list)
    compare.same(got[0], [("real", value + 1)], what="named_parameters()", zh="named_parameters()")
    compare.equal(got[1], [True] * 8, what="what the attributes give back", zh="读取属性的结果")
    compare.equal(got[2], True, what="the mode of a module in a list", zh="列表中模块的模式")


@check(
    "MiniModule.call_runs_forward",
    hint="obj(...) is short for obj.forward(...), with all arguments, and gives back whatever comes.",
    zh="obj(...) 就是 obj.forward(...) 的简写：参数原样传入，返回什么就交回什么。",
)
def test_a_call_is_a_forward(submission: Any, draw: Draw) -> None:
    source = """
class Part(student.MiniModule):
    calls = 0
    def forward(self, x, *more, scale=1.0, **rest):
        Part.calls += 1
        return x * scale, len(more), sorted(rest)

class Outer(student.MiniModule):
    def forward(self):
        return None

part = Part()
[part(x), part(x, 1, 2, scale=scale), part(x=x, late=3), Outer()(), Part.calls]
"""
    x, scale = draw.randn(3, 2), draw.random.uniform(2, 3)
    got = compare.items(submission.build(source, x=x, scale=scale), 5, list)
    want = [(x, 0, []), (x * scale, 2, []), (x, 0, ["late"])]
    compare.same(got[:3], want, what="the results of the calls", zh="调用的结果")
    compare.equal(got[3:], [None, 3], what="nothing back, and the number of calls", zh="空返回值与调用次数")


@check(
    "MiniModule.from_scratch",
    hint="This is the class that nn.Module is in PyTorch. Dictionaries and recursion are all it takes.",
    zh="这正是 PyTorch 里 nn.Module 做的事。用字典和递归就够了。",
    needs=["MiniModule.example"],
)
def test_mini_module_is_no_nn_module(submission: Any) -> None:
    source_rules.forbid_imports(submission.source, {"torch.nn"}, within="MiniModule")
    inherits = submission.build("isinstance(student.MiniModule(), nn.Module)")
    compare.equal(inherits, False, what="being an nn.Module", zh="是否为 nn.Module")

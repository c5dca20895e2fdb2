"""Small torch programs, generated: expression graphs over many operations, with shared parts, parts without gradient,
in-place changes of copies, views, inputs that are never used and inputs that are integers. Values are (3, 4)."""

import random

import torch

UNARY = (
    *(
        "torch.sin({a})",
        "torch.tanh({a})",
        "torch.sigmoid({a})",
        "torch.relu({a})",
        "-{a}",
        "{a}.abs()",
        "{a}.square()",
    ),
    *(
        "torch.exp({a}.clamp(max=2))",
        "torch.log1p({a}.abs())",
        "torch.sqrt({a}.abs() + 1)",
        "torch.erf({a})",
        "{a} ** 3",
    ),
    *("F.softplus({a})", "F.gelu({a})", "F.leaky_relu({a})", "torch.softmax({a}, -1)", "torch.log_softmax({a}, 0)"),
    *(
        "{a} * {a}.sum(0)",
        "{a} - {a}.mean(1, keepdim=True)",
        "{a} / ({a}.norm() + 1)",
        "{a}.cumsum(1)",
        "{a}.cumprod(0)",
    ),
    *("{a}.logsumexp(1, keepdim=True) + {a}", "{a}.amax(0) * {a}", "{a} * {a}.std(1, keepdim=True)", "{a}.flip(1)"),
    *("{a}.roll(1, 0)", "{a}[[2, 0, 0]]", "{a}.t().reshape(3, 4)", "{a}[:1].expand(3, 4)", "{a}[:, ::2].repeat(1, 2)"),
    *("{a}.gather(1, n)", "{a}.index_select(0, n[0, :3].clamp(max=2))", "torch.where(n > 1, {a}, {a} * 0.5)"),
    *("F.layer_norm({a}, (4,))", "{a}.sort(1).values", "{a}.t().contiguous().t()", "{a}.triu(-1) + {a}.tril(-1)"),
    *(
        "{a}.detach() * {a}",
        "F.conv1d({a}[None], {a}[:, None, :3], padding=1, groups=3)[0]",
        "{a}.contiguous().view(4, 3).view(3, 4)",
    ),
    *(
        "F.pad({a}[:, 1:], (1, 0))",
        "{a}.unfold(1, 2, 2).reshape(3, 4)",
        "F.normalize({a}, dim=1)",
        "torch.atan2({a}, {a} + 3)",
    ),
)
BINARY = (
    *("{a} + {b}", "{a} - {b}", "{a} * {b}", "{a} / ({b}.abs() + 1)", "torch.maximum({a}, {b})", "{a} @ {b}.t() @ {a}"),
    *("torch.cat([{a}[:1], {b}[1:]])", "torch.stack([{a}, {b}]).sum(0)", "torch.where({a} > {b}, {a}, {b} * 2)"),
    *(
        "torch.einsum('ij,ij->i', {a}, {b})[:, None] * {b}",
        "torch.addcmul({a}, {a}, {b})",
        "F.linear({a}, {b}[:, :4].t() @ {b})",
    ),
    *(
        "torch.lerp({a}, {b}, 0.25)",
        "torch.hypot({a}, {b})",
        "({a}[:, :, None] * {b}[:, None]).mean(1)",
        "{a} * {b}[0, 0]",
    ),
    *(
        "torch.dist({a}, {b}) * {a}",
        "{a}.index_add(0, n[0, :3].clamp(max=2), {b})",
        "{a}.scatter_add(1, n, {b})",
        "{a}.detach() + {b}",
    ),
)
BLOCKS = (
    "{v} = {a}.clone()\n{v}[0].mul_({b}[1])\n{v}[:, 1:].add_(1)",
    "{v} = {a} * 1\n{v}[n == 1] = 0.5",
    "{v} = torch.zeros_like({a})\n{v}[1] = {a}[2]\n{v}[0].copy_({b}[0])",
    "with torch.no_grad():\n    {v} = {a} * 2\n{v} = {v} * {b}",
    "{v} = {a} + 0\n{v}.neg_().mul_({b})",
    "{v} = {a}\nfor row in {b}.unbind(0):\n    {v} = {v} * 0.5 + row",
    "{v}, {v}_rest = ({a} + {b}).split([3, 1], 1)\n{v} = torch.cat([{v}_rest, {v}], 1)",
)
HEAD = "import torch\nimport torch.nn.functional as F\n\n"
RETURNS = (
    "{y}",
    "({y}, {z})",
    "{{'y': {y}, 'n': 3, 'z': {z}.sum()}}",
    "[{y}.sum(), {z}[0], None]",
    "({y}, {z}.t(), {y} * 1)",
)


def program(number):
    """A function's source: three float inputs `x0 x1 x2` and one of integers, `n`."""
    draw = random.Random(number)
    names, lines = ["x0", "x1", "x2"], []
    inputs = draw.sample(names, draw.randrange(1, 4))  # the others are never used
    known = list(inputs)
    for place in range(draw.randrange(2, 9)):
        form, new = draw.choice(draw.choice((UNARY, UNARY, BINARY, BLOCKS))), f"v{place}"
        a, b = draw.choice(known), draw.choice(known)
        text = form.format(a=a, b=b, v=new)
        lines += text.split("\n") if form in BLOCKS else [f"{new} = {text}"]
        known.append(new)
    y, z = known[-1], draw.choice(known)
    lines.append("return " + draw.choice(RETURNS).format(y=y if y not in names else f"{y} * 1", z=z))
    return f"def f{number}(x0, x1, x2, n):\n" + "".join(f"    {line}\n" for line in lines)


def module(count):
    """The source of a module with the programs 0 to count - 1."""
    return HEAD + "\n\n".join(map(program, range(count)))


def inputs(number):
    """Fresh leaves for a program, some not contiguous, and whether each wants gradient; signed zeros among them."""
    draw = torch.Generator().manual_seed(number)
    dtype = torch.float64 if number % 4 else torch.float32
    made = [torch.randn(3, 4, generator=draw, dtype=dtype) for _ in range(3)]
    made[0][0, 0], made[0][1, 1] = -0.0, 0.0
    if number % 3 == 0:
        made[1] = torch.randn(4, 3, generator=draw, dtype=dtype).t()
    if number % 5 == 0:
        made[2] = torch.randn(3, 8, generator=draw, dtype=dtype)[:, ::2]
    leaves = [tensor.requires_grad_(number % 7 != place) for place, tensor in enumerate(made)]
    return leaves, torch.randint(0, 4, (3, 4), generator=draw)

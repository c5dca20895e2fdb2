"""A class that never was: twelve students, six topics, every outcome. Built from a fixed seed, so always the same."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from autograder.model.course import Course, Task, Topic
from autograder.model.policy import LatePolicy, Policy, TopicPolicy
from autograder.model.result import CheckResult, LimitNote, Outcome, Score, TopicResult
from autograder.model.submission import Problem
from autograder.model.text import Text
from autograder.reports.facts import FileFacts, Graded, RunFacts, SubmissionFacts
from autograder.reports.gradebook import Gradebook, build

CHINA = timezone(timedelta(hours=8))
STUDENTS = (
    "ada",
    "Grace Hopper",
    "李明",
    "王小红",
    "张伟",
    "Ångström, Anders",
    "zoë",
    "noether",
    "陈思远",
    "bob",
    "José",
    "turing",
)
# slug -> number, titles, task -> names of its checks (the first one is visible)
OUTLINE = {
    "tensor-basics": (
        2,
        ("Tensors: shape, dtype, memory", "张量：形状、类型与内存"),
        {
            "make_grid": ("value", "dtype", "bad_size_raises", "empty"),
            "image_to_vector": ("shape", "channel_major", "noncontiguous"),
            "add_in_place": ("value", "same_memory", "same_object", "inputs_unchanged"),
        },
    ),
    "broadcasting-reductions": (
        3,
        ("Broadcasting, reductions, vectorisation", "广播、归约与向量化"),
        {
            "broadcast_shape": ("rules", "incompatible_raises", "scalar"),
            "normalize_rows": ("value", "square_input", "zero_row_eps"),
            "pairwise_distance": ("value", "rectangular", "identical_points_not_nan", "memory_no_NMD"),
        },
    ),
    "autograd-torch": (
        7,
        ("Gradients with torch.autograd", "用 torch.autograd 求梯度"),
        {"grad_of": ("value", "gradcheck", "second_order"), "detach_target": ("value", "no_graph")},
    ),
    "linear-regression": (
        9,
        ("Linear regression from scratch", "从零实现线性回归"),
        {"predict": ("value", "broadcast"), "fit_sgd": ("loss_falls", "recovers_weights", "reproducible")},
    ),
    "softmax-regression": (
        13,
        ("Softmax, NLL, cross-entropy", "Softmax、负对数似然与交叉熵"),
        {
            "softmax": ("value", "large_logits", "per_row_shift", "gradcheck"),
            "cross_entropy": ("value", "ignore_index", "gradient"),
            "train_digits": ("shapes", "accuracy"),
        },
    ),
    "training-loop": (
        18,
        ("A training loop that can be trusted", "可信赖的训练循环"),
        {"train_epoch": ("loss", "zero_grad", "train_mode"), "evaluate": ("value", "no_grad", "restores_mode")},
    ),
}
TITLES = {
    "make_grid": ("A grid of numbers", "数字网格"),
    "softmax": ("Softmax along a dimension", "沿某一维的 softmax"),
    "cross_entropy": ("Cross-entropy from logits", "由 logits 计算交叉熵"),
    "train_digits": ("Train on real digits", "在真实手写数字上训练"),
}
MESSAGES = {
    "value": Text(
        "softmax(x) returned a float64 tensor of shape (3, 5); it first differs at [0, 2], by 1.3e-01.",
        "softmax(x) 返回了形状为 (3, 5) 的 float64 张量；首个不同处是 [0, 2]，相差 1.3e-01。",
    ),
    "dtype": Text("expected float32, got float64", "应为 float32，实际为 float64"),
    "finite": Text("The result holds nan for rows with large numbers.", "对于数值很大的行，结果中出现 nan。"),
    "exception": Text(
        "RuntimeError: The size of tensor a (3) must match the size of tensor b (5) (line 27 of your file)",
        "RuntimeError：张量 a 的大小 (3) 与张量 b 的大小 (5) 不一致（你的文件第 27 行）",
    ),
    "not-started": Text("raises NotImplementedError", "抛出 NotImplementedError"),
    "prerequisite": Text("Skipped, because softmax.value did not pass.", "已跳过，因为 softmax.value 没有通过。"),
    "limit": Text("Ended at a limit.", "达到上限，被终止。"),
    "rule": Text(
        "torch.softmax is not allowed in this task (line 12).", "这个任务不允许使用 torch.softmax（第 12 行）。"
    ),
}
HINT = Text("Subtract each row's maximum before exp.", "在取指数之前先减去每一行的最大值。")
SECRET = "tensor([[31.4159, -2.7182]]) HIDDEN-CANARY"  # what no student's page may hold
LIMITS = (
    LimitNote("cpu time", "10 s per check", "kernel: RLIMIT_CPU"),
    LimitNote("wall time", "60 s per check", "watched"),
    LimitNote("memory", "1024 MiB", "kernel: cgroup v1"),
    LimitNote("output", "1024 KiB", "watched"),
    LimitNote("processes", "0", "kernel: RLIMIT_NPROC"),
    LimitNote("disk", "64 MiB", "not enforced"),
)


def course() -> Course:
    topics = []
    before: tuple[str, ...] = ()
    for slug, (number, (en, zh), tasks) in OUTLINE.items():
        points = [100 // len(tasks)] * len(tasks)
        points[-1] += 100 - sum(points)
        made = tuple(
            Task(name, float(share), Text(*TITLES.get(name, (name.replace("_", " ").capitalize(), ""))))
            for name, share in zip(tasks, points, strict=True)
        )
        folder = Path(f"exercises/{number:02d}_{slug.replace('-', '_')}")
        topics.append(Topic(slug, number, Text(en, zh), before[-1:], made, folder, None))
        before = (*before, slug)
    due = datetime(2026, 3, 8, 23, 59, tzinfo=CHINA)
    rules = {slug: TopicPolicy(1.0, due + timedelta(weeks=week)) for week, slug in enumerate(OUTLINE)}
    policy = Policy(LatePolicy(0.1), rules)
    return Course(Path("."), Text("Deep learning, spring 2026", "深度学习，2026 年春"), tuple(topics), policy)


def check(name: str, task: str, outcome: Outcome = Outcome.PASSED, **changes: object) -> CheckResult:
    """A check worth ten points, hidden; `changes` go over the defaults."""
    maximum = 10.0
    points = maximum if outcome == Outcome.PASSED else 0.0
    return replace(CheckResult(f"{task}.{name}", task, outcome, points, maximum, True), **changes)  # type: ignore[arg-type]


def result(student: str, topic: str, checks: tuple[CheckResult, ...], **changes: object) -> TopicResult:
    plain = TopicResult(
        student, topic, "ab12" * 16, "c0ffee" * 10, "0.1.0 torch 2.13.0", "cpu", 2026, "wall", checks, LIMITS
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def score(result: TopicResult, days: int = 0) -> Score:
    penalty = result.points * min(1.0, 0.1 * days)
    final = None if result.outcome == Outcome.INTERNAL else result.points - penalty
    return Score(result.points, result.max_points, days, penalty, final)


def graded(student: str, topic: str, checks: tuple[CheckResult, ...], days: int = 0, **changes: object) -> Graded:
    made = result(student, topic, checks, **changes)
    return Graded(made, score(made, days), facts(made))


def facts(result: TopicResult) -> SubmissionFacts:
    at = datetime(2026, 3, 7, 21, 14, tzinfo=CHINA)
    files = (FileFacts(f"{result.topic.replace('-', '_')}.py", 4_312, "5e" * 32),)
    return SubmissionFacts(result.student, result.topic, result.submission, at, 2, files, (), "uploads/class.zip")


# What went wrong for whom: (student's number, topic's number) -> story
STORIES = {
    (1, 4): "cpu", (2, 5): "memory", (3, 3): "timeout", (4, 4): "forbidden", (5, 5): "output", (6, 4): "crash",
    (7, 2): "internal", (8, 0): "disk", (8, 1): "files", (8, 2): "message", (8, 3): "calls", (8, 5): "processes",
    (9, 3): "stub", (9, 4): "stub", (9, 5): "gone",
    (10, 1): "gone", (11, 2): "gone", (11, 3): "gone", (11, 4): "gone", (11, 5): "gone", (10, 4): "broken",
}  # fmt: skip
SKILL = (1.0, 0.93, 0.9, 1.0, 0.8, 0.85, 0.7, 0.95, 0.75, 0.5, 0.62, 0.3)


def entries() -> list[Graded]:
    rng = random.Random(7)
    made = []
    for who, student in enumerate(STUDENTS):
        for which, topic in enumerate(course().topics):
            story = STORIES.get((who, which), "")
            if story != "gone":
                made.append(_graded(student, topic, story, (SKILL[who], rng)))
    return made


def _graded(student: str, topic: Topic, story: str, luck: tuple[float, random.Random]) -> Graded:
    skill, rng = luck
    checks: list[CheckResult] = []
    for task in topic.tasks:
        names = OUTLINE[topic.slug][2][task.name]
        failed = False
        for place, name in enumerate(names):
            outcome = Outcome.PASSED if rng.random() < skill else Outcome.FAILED
            if failed and rng.random() < 0.5:
                outcome = Outcome.SKIPPED
            failed = failed or outcome == Outcome.FAILED
            last = task == topic.tasks[-1] and place == len(names) - 1
            checks.append(
                _check((task, name, len(names), place), outcome, story if last or story == "stub" else "", rng)
            )
    if story == "broken":
        same = Text(
            "SyntaxError: '(' was never closed (line 14 of your file)", "SyntaxError：括号没有闭合（你的文件第 14 行）"
        )
        checks = [replace(c, outcome=Outcome.FAILED, points=0.0, message=same, reason="import") for c in checks]
    made = result(
        student,
        topic.slug,
        tuple(checks),
        submission=f"{rng.getrandbits(256):064x}",
        cpu_s=sum(c.cpu_s for c in checks) + 0.02,
        wall_s=sum(c.wall_s for c in checks) + 0.03,
        peak_memory_mb=40 + 300 * rng.random(),
        started_at="2026-03-09T08:30:12+08:00",
        checks_digest="0ld" if topic.slug == "tensor-basics" and student in ("bob", "zoë") else "now",
        flags=("protocol violation in train_epoch.loss",) if story == "crash" else (),
        output="Traceback (most recent call last):\n  epoch 1 loss 2.302\n" if story == "crash" else "",
        isolation="none (--unsafe)" if student == "turing" else "wall",
        tries=2 if story == "internal" else 1,
    )
    late = {("王小红", "softmax-regression"): 2, ("bob", "tensor-basics"): 1, ("zoë", "linear-regression"): 12}
    known = facts(made)
    if student == "张伟" and topic.slug == "linear-regression":
        text = Text(
            "The file is called linear-regression.py; it was read as linear_regression.py. Please rename it.",
            "文件名是 linear-regression.py，已按 linear_regression.py 读取。请改名。",
        )
        known = replace(known, problems=(Problem("wrong-name", text),))
    return Graded(made, score(made, late.get((student, topic.slug), 0)), known)


def _check(what: tuple[Task, str, int, int], outcome: Outcome, story: str, rng: random.Random) -> CheckResult:
    task, name, count, place = what
    reason = {
        Outcome.FAILED: rng.choice(("value", "value", "dtype", "exception", "finite")),
        Outcome.SKIPPED: "prerequisite",
    }
    code = reason.get(outcome, "")
    measured = {"accuracy": 0.957 if outcome == Outcome.PASSED else 0.912} if name == "accuracy" else {}
    if story == "stub":
        outcome, code = Outcome.FAILED, "not-started"
    elif story and story != "broken":
        outcome = Outcome(story)
        code = "rule" if story == "forbidden" else "limit"
    maximum = (
        round(task.points / count, 2) if place else round(task.points - round(task.points / count, 2) * (count - 1), 2)
    )
    points = maximum if outcome == Outcome.PASSED else maximum / 2 if code == "value" and measured else 0.0
    wrong = outcome != Outcome.PASSED
    visible = place == 0
    return CheckResult(
        check=f"{task.name}.{name}",
        task=task.name,
        outcome=outcome,
        points=points,
        max_points=maximum,
        hidden=not visible,
        message=MESSAGES.get(code, Text()) if wrong and outcome != Outcome.INTERNAL else Text(),
        values=_values(visible) if wrong and code not in ("not-started", "prerequisite", "limit") else Text(),
        hint=HINT if wrong else Text(),
        reason=code if wrong else "",
        detail="assert 0.13 < 1e-07\nwhere 0.13 = max |got - want|\n" + SECRET if wrong else "",
        measured=measured,
        cpu_s=(9.8 if outcome == Outcome.CPU else 1.4 if name == "accuracy" else 0.004) * (0.8 + 0.4 * rng.random()),
        wall_s=60.0 if outcome == Outcome.TIMEOUT else 0.02,
    )


def _values(visible: bool) -> Text:
    if not visible:
        return Text(SECRET)
    shown = "x = tensor([[1.0, 2.0, 3.0]])\ngot       [[0.10, 0.20, 0.70]]\nexpected  [[0.09, 0.24, 0.67]]"
    return Text(shown, shown.replace("got     ", "实际").replace("expected", "应为"))


def run_facts() -> RunFacts:
    return RunFacts(
        made_at=datetime(2026, 4, 20, 9, 0, tzinfo=UTC),
        roster=(*STUDENTS, "赵六", "Еva", "Eva"),
        digests={slug: "now" for slug in OUTLINE},
        again="autograder grade examples/class",
        wall_s=14.2,
        workers=2,
        reused=3,
    )


def gradebook(made: list[Graded] | None = None) -> Gradebook:
    return build(course(), entries() if made is None else made, run_facts())

"""What every state of a check or a topic is called, how it is marked, and what a student can do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from autograder.model.result import NOT_HERE, CheckResult, Outcome
from autograder.model.text import Text

# Two states that are no outcome: nothing was handed in; the stub was handed in as it came.
MISSING = "missing"
NOT_STARTED = "not-started"


NOTHING = Text()


@dataclass(frozen=True, slots=True)
class Look:
    """How one state is shown. `mark` is one terminal cell wide; `tone` names a colour, never the only sign."""

    word: Text
    mark: str
    tone: str  # "good" | "poor" | "limit" | "ours" | "quiet"
    kindly: Text = NOTHING  # to a student: what happened, and what to do next
    to_student: Text = NOTHING  # the word on a student's own page, where `word` would ask the wrong person

    def said(self, audience: str) -> Text:
        """The word for "student" or "staff"."""
        return self.to_student if audience == "student" and self.to_student else self.word


# In the order in which they are shown and counted.
LOOKS: Mapping[str, Look] = {
    Outcome.PASSED: Look(Text("passed", "通过"), "✓", "good"),
    Outcome.FAILED: Look(Text("failed", "未通过"), "✗", "poor"),
    NOT_STARTED: Look(
        Text("not started", "未开始"),
        "○",
        "quiet",
        Text(
            "This part is still as it came. Replace `raise NotImplementedError` by your own code.",
            "这一部分还是原来的样子。请把 `raise NotImplementedError` 换成你自己的代码。",
        ),
    ),
    Outcome.SKIPPED: Look(
        Text("skipped", "已跳过"),
        "»",
        "quiet",
        Text(
            "This check did not run, because it only makes sense once an earlier one passes. Repair that one first.",
            "这项检查没有运行，因为只有前面的检查通过后它才有意义。请先修好前面的那一项。",
        ),
    ),
    NOT_HERE: Look(
        Text("not here", "此处无法运行"),
        "∅",
        "quiet",
        Text(
            "This check needs something that the machine lacks. It counts for nothing; the task's other checks do.",
            "这项检查需要的东西，这台机器上没有。它不计分，分数由本题的其他检查决定。",
        ),
    ),
    Outcome.FORBIDDEN: Look(
        Text("not allowed", "不允许"),
        "⊘",
        "poor",
        Text(
            "Your code used something that this task rules out. Read the rules of the task again; the message above "
            "says which one it was.",
            "你的代码用了这个任务不允许的东西。请再读一遍任务的规则；上面的信息说明了是哪一条。",
        ),
    ),
    Outcome.CPU: Look(
        Text("CPU limit", "CPU 超时"),
        "◔",
        "limit",
        Text(
            "Your code used more processor time than this check allows. Look for a loop that never ends, or Python "
            "loops over elements where one tensor operation would do.",
            "你的代码用的处理器时间超过了这项检查的上限。请查找永远不会结束的循环，或者本可以用一次张量运算代替的逐元素循环。",
        ),
    ),
    Outcome.TIMEOUT: Look(
        Text("time limit", "超时"),
        "◷",
        "limit",
        Text(
            "Your code did not finish in the time on the clock. Look for waiting: sleep, input(), a lock, or a loop "
            "that never ends.",
            "你的代码没有在规定的时间内结束。请查找等待的地方：sleep、input()、锁，或者永远不会结束的循环。",
        ),
    ),
    Outcome.MEMORY: Look(
        Text("memory limit", "内存超限"),
        "▣",
        "limit",
        Text(
            "Your code used more memory than allowed. Look for tensors that grow with every step, for a broadcast that "
            "makes a huge intermediate result, and for lists that keep every graph alive.",
            "你的代码用的内存超过了上限。请查找每一步都在变大的张量、产生巨大中间结果的广播，以及让所有计算图一直存活的列表。",
        ),
    ),
    Outcome.OUTPUT: Look(
        Text("output limit", "输出超限"),
        "≡",
        "limit",
        Text(
            "Your code printed more than allowed. Remove the print calls you used for debugging, above all in loops.",
            "你的代码打印的内容超过了上限。请删掉调试用的 print，尤其是循环里的。",
        ),
    ),
    Outcome.DISK: Look(
        Text("disk limit", "磁盘超限"),
        "▤",
        "limit",
        Text(
            "Your code wrote more to disk than allowed. The tasks need no files; keep what you compute in memory.",
            "你的代码写入磁盘的内容超过了上限。这些任务不需要文件，把计算结果放在内存里即可。",
        ),
    ),
    Outcome.PROCESSES: Look(
        Text("process limit", "进程数超限"),
        "⋔",
        "limit",
        Text(
            "Your code tried to start other processes. The tasks need none: use num_workers=0, and no multiprocessing "
            "or subprocess.",
            "你的代码试图启动其他进程。这些任务不需要：请用 num_workers=0，不要使用 multiprocessing 或 subprocess。",
        ),
    ),
    Outcome.FILES: Look(
        Text("open files limit", "打开文件数超限"),
        "⊟",
        "limit",
        Text(
            "Your code had more files open at a time than allowed. Open them using `with`, so that each is closed.",
            "你的代码同时打开的文件数超过了上限。请用 `with` 打开文件，让每个文件都能及时关闭。",
        ),
    ),
    Outcome.MESSAGE: Look(
        Text("answer too large", "返回值过大"),
        "⇥",
        "limit",
        Text(
            "What your code returned is too large to be looked at: too many bytes, too many values, or nested too "
            "deeply. Compare its shape with the one the task asks for.",
            "你的代码返回的内容太大，无法检查：字节太多、值太多或嵌套太深。请与任务要求的形状比较。",
        ),
    ),
    Outcome.CALLS: Look(
        Text("call limit", "调用次数超限"),
        "↻",
        "limit",
        Text(
            "Your code called a function that it was given far too often. Look for a loop that never ends, or for one "
            "that asks again for what it already knows.",
            "你的代码调用所给函数的次数太多了。请查找永远不会结束的循环，或者反复询问已知结果的循环。",
        ),
    ),
    Outcome.CRASH: Look(
        Text("crash", "进程崩溃"),
        "↯",
        "poor",
        Text(
            "Your program ended abruptly during this check. Look for sys.exit or os._exit, endless recursion, and "
            "calls into C code with wrong sizes; then run the call again on your own computer.",
            "运行这项检查时，你的程序突然结束了。请查找 sys.exit 或 os._exit、无限递归，以及传给底层代码的错误尺寸，"
            "然后在自己的电脑上重新运行这个调用。",
        ),
    ),
    Outcome.INTERNAL: Look(
        Text("call a person", "需要人工处理"),
        "!",
        "ours",
        Text(
            "This could not be graded because of a fault on our side. You lose no points by it: a person will look, "
            "and your score stays open until then. You need not do anything.",
            "由于我们这边的故障，这一项没有评分成功。你不会因此丢分：会有人来处理，在那之前分数保持未定。你不需要做任何事。",
        ),
        Text("not graded yet", "尚未评分"),
    ),
    MISSING: Look(Text("nothing handed in", "未提交"), "–", "quiet"),
}

NOT_STARTED_REASON = "not-started"


def state_of(check: CheckResult) -> str:
    """The key into LOOKS for one check."""
    if check.outcome == Outcome.FAILED and check.reason == NOT_STARTED_REASON:
        return NOT_STARTED
    if check.outcome == Outcome.SKIPPED and check.reason == NOT_HERE:
        return NOT_HERE
    return check.outcome.value

"""What the limits and states of grading are called when a student reads about them. They name no hidden value."""

from __future__ import annotations

from autograder.errors import StudentError
from autograder.model.notebook import Cells, place
from autograder.model.result import Outcome
from autograder.model.text import Text

NOT_STARTED = Text(
    "Not started: this part still raises NotImplementedError.", "尚未开始：这一部分仍会抛出 NotImplementedError。"
)

ENDED: dict[Outcome, Text] = {
    Outcome.CPU: Text(
        "your code computed longer than the time limit allows. Look for a loop that never ends, or one that a tensor "
        "operation could replace.",
        "你的代码计算时间超过了限制。请检查是否有死循环，或可以用张量运算代替的循环。",
    ),
    Outcome.TIMEOUT: Text(
        "your code did not answer in time although it computed little: it waits or sleeps.",
        "你的代码没有及时返回，而计算量并不大：它在等待或休眠。",
    ),
    Outcome.MEMORY: Text(
        "your code needed more memory than allowed. Look for a tensor that is much larger than the inputs.",
        "你的代码使用的内存超过了限制。请检查是否产生了远大于输入的张量。",
    ),
    Outcome.OUTPUT: Text(
        "your code printed more than the output limit allows. Remove prints from loops.",
        "你的代码输出的内容超过了限制。请去掉循环中的 print。",
    ),
    Outcome.DISK: Text(
        "your code wrote more to disk than allowed. The exercises need no files.",
        "你的代码写入磁盘的数据超过了限制。练习不需要写文件。",
    ),
    Outcome.PROCESSES: Text(
        "your code tried to start more processes than allowed. Compute in the process you are in.",
        "你的代码试图启动的进程数超过了限制。请在当前进程内完成计算。",
    ),
    Outcome.FILES: Text(
        "your code opened more files at a time than allowed. Close what you open, or open none.",
        "你的代码同时打开的文件数超过了限制。请关闭打开的文件，或不要打开文件。",
    ),
    Outcome.MESSAGE: Text(
        "your code returned more than fits into one answer: too large, too many values, or nested too deeply.",
        "你的代码返回的内容超过了评分程序一次能接收的量：太大、值太多或嵌套太深。",
    ),
    Outcome.CALLS: Text(
        "your code called the functions it was given more often than allowed. Look for a loop that never ends.",
        "你的代码调用所给函数的次数超过了限制。请检查是否有死循环。",
    ),
    Outcome.FORBIDDEN: Text(
        "your code made a system call that grading forbids, so it was stopped.",
        "你的代码进行了评分环境禁止的系统调用，因此被终止。",
    ),
    Outcome.CRASH: Text(
        "your code ended the Python process (an exit, a crash, or broken communication with the grader).",
        "你的代码终止了 Python 进程（主动退出、崩溃或破坏了与评分程序的通信）。",
    ),
}

OURS = Text(
    "The autograder itself failed here. This is not your fault: no points are lost, a person has been told.",
    "评分程序自身在此出错。这不是你的问题：不扣分，已通知教师。",
)

UNUSABLE = Text(
    "your code returned something that this check can't work with. Compare its type, shape and dtype with what the "
    "task asks for; a name that should be a function or a class must be one.",
    "你的代码返回的东西无法用于这项检查。请对照题目要求检查其类型、形状和数据类型；应为函数或类的名字必须是函数或类。",
)

BROKEN = "unusable"  # the reason of a check that broke on what came back, instead of saying what is wrong with it
NOT_RUN = Text(
    "Not run: your code had to be stopped twice in this task already.", "未运行：你的代码在这道题中已两次被强行终止。"
)


def prerequisite(names: list[str]) -> Text:
    """Why a check was skipped."""
    listed = ", ".join(names)
    return Text(f"Skipped until {listed} {'passes' if len(names) == 1 else 'pass'}.", f"已跳过：请先通过 {listed}。")


def cell_failed(number: int, error: StudentError, cells: Cells) -> Text:
    """That a cell of a notebook stopped with an error, for its student: nothing hidden has been seen by then."""
    where = place(cells, error.line) if error.line else Text(f"code cell {number}", f"第 {number} 个代码单元格")
    said = str(error).rstrip(".")[:300]
    return Text(
        f"Code cell {number} stopped: {said} ({where.en}). The other cells were run.",
        f"第 {number} 个代码单元格出错：{said}（{where.zh}）。其余单元格照常运行。",
    )

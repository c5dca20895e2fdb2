"""What a student sees after `autograder check`: every visible check, the failed ones with all there is to know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text as Line

from autograder.model.course import Topic
from autograder.model.picture import Picture
from autograder.model.result import CheckResult, Outcome, TopicResult
from autograder.model.text import Text
from autograder.reports.clean import clean

_MARK = {Outcome.PASSED: ("✓", "green"), Outcome.SKIPPED: ("–", "dim")}
_HINT = Text("hint: ", "提示：")
_ALL = Text("All {0} visible checks pass.", "{0} 项可见检查全部通过。")
_SOME = Text("{0} of {1} visible checks pass.", "{1} 项可见检查中通过了 {0} 项。")
_HIDDEN = Text(
    " {0} more checks stay hidden and decide the points when your course grades you: other inputs, stricter rules.",
    "另有 {0} 项隐藏检查，由课程评分时运行并决定得分：输入不同，要求更严。",
)
_NO_PLOTS = Text(
    "Your result can be drawn, in {0} picture(s), with Matplotlib: pip install 'autograder[plots]'",
    "安装 Matplotlib 后可以画出你的结果（{0} 幅图）：pip install 'autograder[plots]'",
)
_LONGEST = 1500


def check_report(topic: Topic, result: TopicResult, hidden: int, language: str) -> Iterator[RenderableType]:
    """The parts to print, in order. `hidden` is how many checks only the grader has."""
    titles = {task.name: task.title for task in topic.tasks}
    task = ""
    for check in result.checks:
        if check.task != task:
            task = check.task
            yield Line(f"\n{task}  ", style="bold").append(titles.get(task, Text()).to(language), style="not bold dim")
        yield from _check(check, language)
    passed = sum(check.outcome is Outcome.PASSED for check in result.checks)
    whole = _ALL if passed == len(result.checks) else _SOME
    yield Line("\n" + whole.to(language).format(passed, len(result.checks)), style="bold").append(
        _HIDDEN.to(language).format(hidden) if hidden else "", style="not bold"
    )


def picture_report(drawn: Sequence[tuple[Picture, Path | None]], language: str) -> Iterator[RenderableType]:
    """What was drawn and where it lies; how to get what could not be drawn."""
    for picture, path in drawn:
        if path is not None:
            yield Line("\n" + picture.title.to(language), style="bold")
            yield Line(f"  {path}", style="cyan", no_wrap=True, overflow="ignore")
    missing = sum(path is None for _, path in drawn)
    if missing:
        yield Line("\n" + _NO_PLOTS.to(language).format(missing), style="dim")


def _check(check: CheckResult, language: str) -> Iterator[RenderableType]:
    mark, style = _MARK.get(check.outcome, ("✗", "red"))
    yield Line(f"  {mark} ", style=style).append(check.check, style="default")
    if check.outcome is Outcome.PASSED:
        return
    yield _indented(check.message.to(language))
    if check.values:
        yield _indented(check.values.to(language), "cyan")
    if check.outcome is not Outcome.SKIPPED and check.reason not in ("not-started", "import") and check.hint:
        yield _indented(f"{_HINT.to(language)}{check.hint.to(language)}", "yellow")


def _indented(text: str, style: str = "default") -> Padding:
    text = clean(text)
    text = text if len(text) <= _LONGEST else text[:_LONGEST] + " ..."
    return Padding(Line(text, style=style), (0, 0, 0, 6))

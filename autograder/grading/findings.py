"""From the exception that ended a check to what the student and the staff are told.

For a hidden check the student sees: the call by shapes and types, the kind of failure, the check's own hint. Never an
input, an expected value, or text that student code could have filled with one (an exception's message, its class name).
"""

from __future__ import annotations

import errno
import re
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import autograder
from autograder.checks.calls import describe_call
from autograder.checks.feedback import CheckFailure, clean, exception_name
from autograder.errors import IsolationError, SandboxEnded, StudentError, WorkerLost
from autograder.grading.seat import Circumstances, ImportFailed
from autograder.grading.words import BROKEN, ENDED, NOT_STARTED, OURS, UNUSABLE
from autograder.model.notebook import in_cells, place
from autograder.model.result import Outcome
from autograder.model.text import Text

_BY_VALUES = (ArithmeticError, AttributeError, LookupError, RuntimeError, StopIteration, TypeError, ValueError)
_SHORTAGES = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOSPC, errno.EDQUOT, errno.EAGAIN, errno.EIO)
_FRAME = re.compile(r'^  File "([^"\n]*)", line \d+', re.MULTILINE)
_UNINDENTED = re.compile(r"^\S", re.MULTILINE)
_STRAY_SPACE = re.compile("(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_MISSING_SPACE = re.compile("(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9)\\]])(?=[\u4e00-\u9fff])")
_COLON = Text(": ", "：")
_OURS = str(Path(autograder.__file__).parent)
_OUT_OF_MEMORY = ("can't allocate memory", "cannot allocate memory", "std::bad_alloc", "defaultcpuallocator")
_NO_PROCESS = ("resource temporarily unavailable", "can't start new thread")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one failing case means."""

    outcome: Outcome
    reason: str
    message: Text
    values: Text = field(default_factory=Text)
    detail: str = ""
    fraction: float = 0.0
    measured: Mapping[str, float] = field(default_factory=dict)


def is_loss(error: BaseException) -> bool:
    """Whether the machine failed, not a check nor a student: no result comes of that, the job has to be tried again."""
    if isinstance(error, (StudentError, AssertionError)):  # a student's MemoryError is one of both kinds
        return False
    short = isinstance(error, OSError) and error.errno in _SHORTAGES
    return short or isinstance(error, (WorkerLost, IsolationError, MemoryError))


def find(error: BaseException, case: Circumstances) -> Finding:
    """The finding for an exception that ended a check."""
    found = _find(error, case)
    return replace(found, message=Text(found.message.en, _spaced(found.message.zh)))


def _spaced(zh: str) -> str:
    """With a space between Chinese and anything else, and none inside of Chinese, whatever was put together."""
    return _MISSING_SPACE.sub(" ", _STRAY_SPACE.sub("", zh))


def _find(error: BaseException, case: Circumstances) -> Finding:
    if isinstance(error, ImportFailed):
        return _import(error.cause)
    called = describe_call(*case.call, values=not case.hidden) if case.call else Text()
    if isinstance(error, SandboxEnded):
        return _ended(error, called)
    if isinstance(error, StudentError):
        return _raised(error, case, called)
    if isinstance(error, CheckFailure):
        return _failure(error, called)
    if isinstance(error, AssertionError):
        said = _said(error)
        text = said if not case.hidden else ""
        message = Text("This does not hold for your code.", "你的代码不满足这一条。")
        return Finding(Outcome.FAILED, "property", message, Text(text, text), _place(error) + said)
    return _broken(error, called, case.asked)


def _broken(error: BaseException, called: Text, asked: bool) -> Finding:
    """A check that came to no judgement."""
    if asked and _by_a_value(error):
        subject = called + _COLON if called else Text()
        return Finding(Outcome.FAILED, BROKEN, subject + UNUSABLE, detail=_trace(error))
    return Finding(Outcome.INTERNAL, "internal", OURS, detail=_trace(error))


def _by_a_value(error: BaseException) -> bool:
    """Whether the check broke on what the student's code returned. A check is proven on right answers before it is
    used, so what breaks it later, outside of our own code, is a value that its author did not foresee. Were it our
    fault, every student could hold up the whole class by returning one."""
    if not isinstance(error, _BY_VALUES) or any(part in str(error).lower() for part in _OUT_OF_MEMORY):
        return False
    return not any(frame.f_code.co_filename.startswith(_OURS) for frame, _ in traceback.walk_tb(error.__traceback__))


def _failure(error: CheckFailure, called: Text) -> Finding:
    outcome = Outcome(getattr(error, "outcome", "failed"))
    prefix = called + _COLON if called else Text()
    shown = Text(error.values.en, error.values.zh or error.values.en)
    detail = "\n".join(part for part in (called.en, error.summary.en, error.values.en) if part)
    return Finding(outcome, error.reason, prefix + error.summary, shown, detail, error.fraction, dict(error.measured))


def _import(cause: StudentError | SandboxEnded) -> Finding:
    if isinstance(cause, SandboxEnded):
        found = _ended(cause, Text())
        lead = Text("While your file was being imported: ", "导入你的文件时：")
        return Finding(found.outcome, "import", lead + found.message, detail=found.detail)
    line = f" (line {cause.line})" if cause.line else ""
    line_zh = f"（第 {cause.line} 行）" if cause.line else ""
    message = Text(
        f"Your file can't be imported{line}: {cause}. Until it can, no check can run.",
        f"无法导入你的文件{line_zh}：{cause}。在修好之前，任何检查都无法运行。",
    )
    outcome = _limit_of(cause) or Outcome.FAILED
    return Finding(outcome, "import", message, Text(cause.trace, cause.trace), cause.trace)


def _ended(error: SandboxEnded, called: Text) -> Finding:
    outcome = Outcome(error.outcome)
    if outcome is Outcome.INTERNAL:
        return Finding(outcome, "internal", OURS, detail=error.what)
    text = ENDED[outcome]
    lead = called + _COLON if called else Text()
    return Finding(outcome, "limit" if outcome is not Outcome.CRASH else "crash", lead + text, detail=error.what)


def _raised(error: StudentError, case: Circumstances, called: Text) -> Finding:
    if error.kind == "NotImplementedError":
        return Finding(Outcome.FAILED, "not-started", NOT_STARTED, detail=error.trace)
    subject = called or Text("Your code", "你的代码")
    limit = _limit_of(error)
    if limit is not None:
        return Finding(limit, "limit", subject + _COLON + ENDED[limit], detail=error.trace)
    said = str(error).rstrip(".")
    what = exception_name(error) if case.hidden else Text(said, said)
    where = place(case.cells, error.line)
    line = Text(f" in {where.en}", f"（{where.zh}）") if error.line else Text()
    message = subject + Text(" raised ", "抛出 ") + what + line + Text(".", "。")
    trace = in_cells(_own_part(error.trace), case.cells)
    values = Text() if case.hidden else Text(trace, trace)
    return Finding(Outcome.FAILED, "exception", message, values, error.trace)


def _own_part(trace: str) -> str:
    """A traceback without what is below the last frame of the student's own files: torch's frames explain nothing."""
    frames = [(found.start(), found[1].startswith("/")) for found in _FRAME.finditer(trace)]
    own = [place for place, (_, foreign) in enumerate(frames) if not foreign]
    if not own or own[-1] + 1 == len(frames):
        return trace
    below = frames[own[-1] + 1][0]
    end = _UNINDENTED.search(trace, below)
    return trace[:below] + (trace[end.start() :] if end else "")


def _limit_of(error: StudentError) -> Outcome | None:
    """A student's exception that a limit of the sandbox caused. A claim: it only chooses between words, all worth 0."""
    text = error.message.lower()
    if isinstance(error, MemoryError) or any(part in text for part in _OUT_OF_MEMORY):
        return Outcome.MEMORY
    if "no space left on device" in text or "file too large" in text:
        return Outcome.DISK
    if "too many open files" in text:
        return Outcome.FILES
    if error.kind == "TooLarge":  # the guest's own word for an answer that no message holds
        return Outcome.MESSAGE
    if any(part in text for part in _NO_PROCESS) or ("fork" in error.trace and error.kind == "PermissionError"):
        return Outcome.PROCESSES
    return None


def _said(error: AssertionError) -> str:
    """What a plain assert of the check says; it may hold any value of the student's."""
    try:
        return clean(str(error))
    except Exception:  # Python refuses to write very large integers, for one
        return ""


def _place(error: BaseException) -> str:
    """The traceback without the message, which may be megabytes of a student's text."""
    return "".join(traceback.format_tb(error.__traceback__, limit=-6)) + f"{type(error).__name__}: "


def _trace(error: BaseException) -> str:
    return "".join(traceback.format_exception(error, limit=-6))[-6000:]

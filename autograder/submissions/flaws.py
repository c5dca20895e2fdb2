"""What can be wrong with one entry of an upload, in the words a student reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.model.submission import Problem
from autograder.model.text import Text

# code -> (does it spoil the whole submission?, what is wrong)
SAYINGS: dict[str, tuple[bool, Text]] = {
    "outside": (True, Text("the path leads out of the archive (`..`)", "路径指向压缩包之外(`..`)")),
    "absolute": (True, Text("the path is absolute", "路径是绝对路径")),
    "drive": (True, Text("the path names a drive", "路径带有盘符")),
    "backslash": (True, Text("the name holds a backslash", "名称里有反斜杠")),
    "control": (True, Text("the name holds control or invisible characters", "名称里有控制字符或不可见字符")),
    "not-utf8-name": (False, Text("the name is not UTF-8", "名称不是 UTF-8 编码")),
    "too-deep": (False, Text("the path is too long or too deep", "路径过长或层次过深")),
    "link": (True, Text("it is a link, and links are never followed", "这是一个链接,链接不会被跟随")),
    "special": (True, Text("it is a device, pipe or socket", "这是设备、管道或套接字")),
    "encrypted": (True, Text("it is encrypted", "它被加密了")),
    "method": (True, Text("its compression method is not read here", "不支持它的压缩方式")),
    "duplicate": (True, Text("the same name stands there twice", "同一名称出现了两次")),
    "bomb": (True, Text("it unpacks to far more than it holds", "解压后的大小远超压缩包本身")),
    "refused": (True, Text("the archive is refused", "压缩包被拒绝")),
    "damaged": (True, Text("it is damaged", "它已损坏")),
    "unreadable": (True, Text("it could not be read", "无法读取")),
    "too-large": (False, Text("it is larger than allowed", "超过了允许的大小")),
    "too-much": (True, Text("all files together are larger than allowed", "所有文件合计超过了允许的大小")),
    "too-many": (True, Text("there are more files than allowed", "文件数量超过了上限")),
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong at `path` (as far as it is safe to say), for example ("ada/softmax.py", "link")."""

    path: str
    code: str
    detail: str = ""  # the name as it stands in the archive, escaped; or a size

    @property
    def fatal(self) -> bool:
        return SAYINGS[self.code][0]

    @property
    def text(self) -> Text:
        where = self.detail or self.path or "."
        return Text(f"{where}: ") + SAYINGS[self.code][1]


def problems(flaws: Sequence[Flaw], nothing_left: bool = False) -> list[Problem]:
    """One Problem for all flaws that spoil the submission, one for those that only cost a file.

    With `nothing_left`, what was left out is missed: then every flaw spoils the submission.
    """
    made = []
    for fatal in (True, False):
        kind = [flaw for flaw in flaws if (flaw.fatal or nothing_left) is fatal]
        if kind:
            code = _code(kind, fatal)
            made.append(Problem(code, _sentence(kind, code), fatal))
    return made


def _code(kind: list[Flaw], fatal: bool) -> str:
    if {flaw.code for flaw in kind} <= {"too-large", "too-much", "too-many"}:
        return "too-large"
    return "unsafe-archive" if fatal else "left-out"


def _sentence(kind: list[Flaw], code: str) -> Text:
    listed = Text("; ".join(flaw.text.en for flaw in kind[:3]), ";".join(flaw.text.zh for flaw in kind[:3]))
    if len(kind) > 3:
        listed += Text(f"; and {len(kind) - 3} more", f";另有 {len(kind) - 3} 处")
    if code == "unsafe-archive":
        return Text(
            f"The upload can't be read safely. {listed.en}. Hand in plain files with plain names.",
            f"提交的内容无法安全读取。{listed.zh}。请只提交普通文件,使用普通的文件名。",
        )
    return Text(
        f"Left out: {listed.en}. Hand in only the code you wrote and small data.",
        f"已忽略:{listed.zh}。请只提交你写的代码和少量数据。",
    )

"""Sandboxes without PyTorch and with a stand-in guest, so that a test of the wall itself takes milliseconds."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

from autograder.model.course import Limits
from autograder.sandbox.launcher import Zygote

STAND_IN = {"stand_in.py": Path(__file__).with_name("stand_in.py")}


def cold_zygote(**more: Any) -> Zygote:
    """A zygote that starts in 0.1 s: no PyTorch, no canary."""
    files = {**STAND_IN, **more.pop("files", {})}
    return Zygote(preload=None, guest="stand_in", files=files, prove=False, **more)


class Inside:
    """A sandbox to ask: `inside("1 + 1")` is 2, `inside.error("1 / 0")` is "ZeroDivisionError: ..."."""

    def __init__(self, zygote: Zygote, **limits: float) -> None:
        self.process = zygote.spawn(Limits(**limits))
        self.process.sock.settimeout(20)
        self._lines = self.process.sock.makefile("rwb")

    def __enter__(self) -> Inside:
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.close()
        self.process.close()

    def send(self, expression: str) -> None:
        self._lines.write(json.dumps(expression).encode() + b"\n")
        self._lines.flush()

    def _ask(self, expression: str) -> tuple[bool, str]:
        self.send(expression)
        good, text = json.loads(self._lines.readline())
        return good, text

    def __call__(self, expression: str) -> Any:
        good, text = self._ask(expression)
        assert good, text
        return ast.literal_eval(text)

    def error(self, expression: str) -> str:
        good, text = self._ask(expression)
        assert not good, f"{expression} was not refused: {text}"
        return text

"""Submissions in a sandbox, behind the wall and in a plain child process: checks must see the same in both."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator

import pytest

from autograder.model.course import Limits
from autograder.sandbox.host import Host
from autograder.sandbox.plain import PlainProcess
from autograder.sandbox.remote import Submission

Start = Callable[..., tuple[Host, Submission]]


@pytest.fixture(params=["wall", "plain"])
def start(request: pytest.FixtureRequest) -> Iterator[Start]:
    """`start(source, **limits)` -> the host and the loaded submission."""
    hosts: list[Host] = []

    def begin(source: str, **limits: float) -> tuple[Host, Submission]:
        wanted = Limits(**limits)  # type: ignore[arg-type]
        spawn = request.getfixturevalue("zygote").spawn if request.param == "wall" else PlainProcess
        process = spawn(wanted)
        host = Host(process, wanted)
        hosts.append(host)
        host.hello()
        code = textwrap.dedent(source)
        names = host.request("load", {"work.py": code.encode()}, "work")
        return host, Submission(host, names, code, "cpu")

    yield begin
    for host in hosts:
        host.close()


@pytest.fixture
def load(start: Start) -> Callable[..., Submission]:
    return lambda source, **limits: start(source, **limits)[1]

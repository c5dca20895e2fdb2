"""One sandbox behind the wall and one without, for all tests of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from autograder.model.course import Limits
from autograder.sandbox.host import Host
from autograder.sandbox.plain import PlainProcess
from autograder.sandbox.remote import Submission

Load = Callable[[str], Submission]


@pytest.fixture(scope="module", params=["wall", "plain"])
def load(request: pytest.FixtureRequest) -> Iterator[Load]:
    """`load(source)` -> the submission of that source; the same one for the same source."""
    loaded: dict[str, Submission] = {}
    limits = Limits(cpu_s=600, wall_s=600, memory_mb=2048)

    def begin(source: str) -> Submission:
        if source not in loaded:
            spawn = request.getfixturevalue("zygote").spawn if request.param == "wall" else PlainProcess
            host = Host(spawn(limits), limits)
            host.hello()
            names = host.request("load", {"work.py": source.encode()}, "work")
            loaded[source] = Submission(host, names, source, "cpu")
        loaded[source]._host.begin(600, 600)
        return loaded[source]

    yield begin
    for submission in loaded.values():
        submission._host.close()

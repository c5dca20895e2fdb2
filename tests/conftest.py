"""What several rooms' tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.sandbox.launcher import Zygote


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """One warm zygote for the whole session, proven by its canary."""
    with Zygote() as zygote:
        yield zygote

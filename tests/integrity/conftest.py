"""A store with a small class in it, and the hand that changes it."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from signed_class import HAND, fill

from autograder.store.store import Store


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("signed")
    with Store.open(folder / "class.db", hand=HAND) as store:
        fill(store)
    return folder


@pytest.fixture
def database(made_once: Path, tmp_path: Path) -> Path:
    """Results 1 to 4, submissions 1 and 2, entries 1 to 10."""
    shutil.copytree(made_once, tmp_path / "place")
    return tmp_path / "place" / "class.db"


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    with Store.open(database, hand=HAND) as opened:
        yield opened


@pytest.fixture
def edit(database: Path) -> Callable[..., None]:
    """edit("UPDATE ...", ...): somebody with sqlite3, who knows how to take the triggers away."""

    def run(*statements: str) -> None:
        with contextlib.closing(sqlite3.connect(database)) as raw:
            for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                raw.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                raw.execute(statement)
            raw.commit()

    return run

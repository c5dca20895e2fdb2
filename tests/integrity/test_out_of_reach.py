"""Student code sees neither the keys nor the results, wherever they lie."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "sandbox"))

from talking import Inside, cold_zygote

from autograder.sandbox import runtime
from autograder.store.store import Store

THIEF = "[open(os.path.join(top, name), 'rb').read() for top, _, names in os.walk({!r}) for name in names]"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A store below a folder that every sandbox sees, as one in the environment of Python would be."""
    shared = tmp_path / "environment"
    (shared / "lib").mkdir(parents=True)
    (shared / "lib" / "module.py").write_text("x = 1")
    visible = runtime.visible()
    monkeypatch.setattr(runtime, "visible", lambda: [*visible, str(shared)])
    (shared / "grades").mkdir()
    Store.open(shared / "grades" / "class.db").close()
    return shared


def test_a_folder_that_is_not_hidden_is_stolen_from(place):
    """So that the next test means something."""
    with cold_zygote() as zygote, Inside(zygote) as inside:
        assert inside(THIEF.format(str(place / "lib"))) == [b"x = 1"]
        assert inside(f"os.path.exists({str(place / 'grades' / 'class.db')!r})") is True


def test_the_keys_and_the_results_are_not_there(place):
    grades = place / "grades"
    keys = grades / "class.db-keys"
    assert list(keys.glob("*.key"))
    with cold_zygote(hide=[grades, keys]) as zygote, Inside(zygote) as inside:
        assert inside(THIEF.format(str(place / "lib"))) == [b"x = 1"]
        assert inside(THIEF.format(str(grades))) == []
        assert inside(f"os.listdir({str(grades)!r})") == []
        for path in (*keys.iterdir(), grades / "class.db"):
            assert inside(f"os.path.exists({str(path)!r})") is False


def test_keys_elsewhere_than_the_results_are_hidden_too(place):
    safe = place / "safe" / "class.db-keys"
    safe.mkdir(parents=True)
    (safe / "x.key").write_text("secret")
    with cold_zygote(hide=[place / "grades", safe]) as zygote, Inside(zygote) as inside:
        assert inside(THIEF.format(str(place / "safe"))) == []


def test_every_folder_to_hide_reaches_the_grader_process():
    from autograder.engine.local import worker_command

    assert worker_command("wall", "cpu", Path("/a"), Path("/b"))[-2:] == ["/a", "/b"]

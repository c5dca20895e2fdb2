"""Who works on the store: a name for the trail, the place of the keys, and a look at whether all is as written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from autograder.cli import output
from autograder.errors import AutograderError, NotAsWritten

if TYPE_CHECKING:
    from autograder.model.text import Text
    from autograder.signing.folder import KeyFolder
    from autograder.store.findings import Audit
    from autograder.store.pen import Hand
    from autograder.store.store import Store

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
DATABASE = "autograder.db"  # in the folder of the course


def db_option(command: Decorated) -> Decorated:
    """`--db PATH`."""
    kind = click.Path(path_type=Path)
    return click.option("--db", "database", type=kind, help=f"Where results are ({DATABASE} in the course).")(command)


def keys_option(command: Decorated) -> Decorated:
    """`--keys DIR`, as every command that signs or verifies has it."""
    return click.option(
        "--keys",
        envvar="AUTOGRADER_KEYS",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="Where the folder of the signing keys is (beside the database, or `keys` in grading.yml).",
    )(command)


def now() -> str:
    """ISO 8601 with zone, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def who() -> str:
    """user@host: what the trail remembers of the person at the terminal."""
    import getpass
    import socket

    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a user id without a name
        import os

        user = f"uid {os.getuid()}"
    return output.safe(f"{user}@{socket.gethostname()}")


def hand(root: Path, keys: Path | None) -> Hand:
    from autograder.store.pen import Hand
    from autograder.submissions.due import read_rules

    return Hand(who(), now, keys or read_rules(root).keys)


def open_store(root: Path, database: Path | None, keys: Path | None) -> Store:
    """The store of the course at `root`, for the person at the terminal."""
    from autograder.store.store import Store

    return Store.open(database or root / DATABASE, hand=hand(root, keys))


def key_folder(root: Path, database: Path | None, keys: Path | None) -> KeyFolder:
    """Its keys, without opening it."""
    from autograder.signing.folder import KeyFolder, keys_beside
    from autograder.submissions.due import read_rules

    return KeyFolder(keys_beside((database or root / DATABASE).absolute(), keys or read_rules(root).keys))


def sound(store: Store, *, unverified: bool = False) -> dict[int, str]:
    """Refuse to go on with a database that another hand has changed: NotAsWritten says what. With `unverified`, say it
    on stderr and give the flags for the results that are concerned."""
    found = store.audit(thorough=False)
    if found.holds:
        return {}
    if not unverified:
        raise refusal(store.path, found)
    output.say(f"WARNING: {told(store.path, found)}")
    spoilt = found.spoilt()
    return {
        one.row: f"NOT AS GRADED: {one.what.en}" for one in found.findings if one.area == "result" and one.row in spoilt
    }


def refusal(path: Path, found: Audit) -> NotAsWritten:
    return NotAsWritten(told(path, found), now="`autograder audit` says everything; docs/integrity.md says what to do")


def told(path: Path, found: Audit, most: int = 3) -> str:
    """The first findings, in a few lines."""
    speak = output.language()
    lines = [line(one.where, one.what, speak) for one in found.findings[:most]]
    more = len(found.findings) - most
    head = {
        "en": f"{path}: what is stored is not what the autograder wrote, so no score is taken from it",
        "zh": f"{path}：数据库内容与自动评分程序写入的不一致，因此不采用其中的任何分数",
    }[speak]
    return "\n  ".join([head, *lines, *([f"... {more}"] if more > 0 else [])])


def line(where: Text, what: Text, speak: str) -> str:
    return f"{where.to(speak)}{'：' if speak == 'zh' else ': '}{what.to(speak)}"


def note(store: Store, what: str, subject: str, **details: Any) -> None:
    """Tell the trail what was done beside the store. What was done stays done if it can't be told."""
    try:
        store.note(what, subject, now(), details=details)
    except AutograderError as fault:
        output.say(f"warning: this could not be noted in the trail: {fault}")

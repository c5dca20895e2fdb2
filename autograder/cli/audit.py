"""`autograder audit` and `autograder keys`: is everything as it was written, and who signs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli import output
from autograder.cli.hand import DATABASE, db_option, keys_option, line, now, open_store
from autograder.cli.workspace import course_option, need_course
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.signing.keys import PublicKey
    from autograder.store.findings import Audit
    from autograder.store.store import Store

MOST = 100  # findings shown; --json has them all
AREAS = {
    "key": ("keys", "密钥"),
    "trail": ("entries of the trail", "审计记录条目"),
    "result": ("results", "结果"),
    "receipt": ("receipts", "回执"),
    "submission": ("submissions", "提交"),
    "run": ("runs", "运行"),
    "meta": ("settings", "设置"),
}
WORDS = {
    "en": ("what", "how many", "fine", "bad", "everything is as it was written", "{n} faults", "to know"),
    "zh": ("内容", "数量", "正常", "异常", "一切与写入时一致", "{n} 处异常", "请注意"),
}


@click.command()
@db_option
@keys_option
@click.option("--public", type=click.Path(path_type=Path), help="Believe the public keys in this file and no others.")
@click.option("--head", is_flag=True, help="Print only the end of the trail, to be kept somewhere else.")
@click.option("--kept", "heads", multiple=True, metavar="HEAD", help="An end of the trail you kept: it must be in it.")
@click.option("--set-aside", "aside", is_flag=True, help="Take results that do not hold out of the count (with --why).")
@click.option("--why", default="", metavar="TEXT", help="The reason, for the trail.")
@course_option
@output.json_option
def audit(  # noqa: PLR0913  # one argument per option
    *,
    database: Path | None,
    keys: Path | None,
    public: Path | None,
    head: bool,
    heads: tuple[str, ...],
    aside: bool,
    why: str,
    course_dir: Path | None,
    as_json: bool,
) -> None:
    """Verify keys, trail, results, receipts and every other row of the results' database.

    Says what was changed by another hand: where, what it says, what was written. Exits with 1 if anything was.
    --set-aside takes such results out of the count; the next `grade` grades those submissions again.
    """
    root = need_course(course_dir, Path.cwd())
    _must_exist(database or root / DATABASE)
    if aside and not why.strip():
        raise UsageError("--set-aside needs a reason for the trail", now="add --why TEXT")
    with open_store(root, database, keys) as store:
        if aside:
            output.say(f"{store.set_aside(now(), why)} results set aside\n  -> autograder grade")
        found = store.audit(trusted=_trusted(public), heads=heads)
        if as_json:
            output.print_json(_plain(store, found))
        elif head:
            output.answer(found.head)
        else:
            _show(found)
    output.leave(output.FINE if found.holds else output.WANTING)


def _must_exist(database: Path) -> None:
    if not database.is_file():
        raise UsageError("no results here yet", where=str(database), now="run `autograder grade`, or name it with --db")


def _trusted(file: Path | None) -> dict[str, PublicKey] | None:
    from autograder.signing.keys import read_public

    if file is None:
        return None
    try:
        return read_public(file.read_bytes(), str(file))
    except OSError as fault:
        raise UsageError(f"can't be read: {fault.strerror}", where=str(file), now="check the path") from None


def _plain(store: Store, found: Audit) -> dict[str, Any]:
    return {
        "holds": found.holds,
        "database": store.path,
        "head": found.head,
        "key": found.key,
        "checked": dict(found.checked),
        "faults": [
            {"area": one.area, "row": one.row}
            | {"where": one.where.en, "what": one.what.en, "now": one.now.en}
            | {"zh": f"{one.where.zh}：{one.what.zh} -> {one.now.zh}"}
            for one in found.findings
        ],
        "notes": [{"en": note.en, "zh": note.zh} for note in found.notes],
    }


def _show(found: Audit) -> None:
    from rich.table import Table

    speak = output.language()
    what, many, fine, bad, whole, faults, to_know = WORDS[speak]
    table = Table()
    for heading in (what, many, fine, bad):
        table.add_column(heading, justify="left" if heading == what else "right")
    for area, names in AREAS.items():
        count, wrong = found.checked[area], found.bad(area)
        name = names[speak == "zh"]
        table.add_row(name, str(count), str(max(0, count - wrong)), str(wrong or ""), style="red" if wrong else None)
    output.console().print(table)
    for one in found.findings[:MOST]:
        output.answer(f"✗ {line(one.where, one.what, speak)}\n  -> {one.now.to(speak)}")
    if len(found.findings) > MOST:
        output.answer(f"... {len(found.findings) - MOST}; --json")
    for note in found.notes:
        output.answer(f"{to_know}: {note.to(speak)}")
    output.answer(whole if found.holds else faults.format(n=len(found.findings)))
    output.answer(f"{found.head}  ({found.key})")


@click.group(invoke_without_command=True)
@db_option
@keys_option
@course_option
@click.pass_context
def keys(ctx: click.Context, database: Path | None, keys: Path | None, course_dir: Path | None) -> None:
    """The keys that sign results, receipts and the trail: which there are, and making a new one."""
    ctx.obj = (need_course(course_dir, Path.cwd()), database, keys)
    if ctx.invoked_subcommand is None:
        ctx.invoke(show)


@keys.command()
@click.pass_context
@output.json_option
def show(ctx: click.Context, as_json: bool = False) -> None:
    """The keys of the course; no private one is ever shown."""
    with _store(ctx) as store:
        rows = store.keys()
        where = store.key_place
    if as_json:
        output.print_json({"folder": where, "keys": [dict(row) for row in rows]})
        return
    for row in rows:
        output.answer(f"{row['id']}  {row['since']} -> {row['until'] or ''}")
    output.say(f"in {where}")


@keys.command()
@click.option("--why", required=True, metavar="TEXT", help="The reason, for the trail.")
@click.pass_context
def rotate(ctx: click.Context, why: str) -> None:
    """Sign with a new key from now on. The old one introduces it, then its private half is deleted."""
    with _store(ctx) as store:
        _told(store, *store.rotate_key(why))


@keys.command()
@click.option("--why", required=True, metavar="TEXT", help="The reason, for the trail.")
@click.pass_context
def replace(ctx: click.Context, why: str) -> None:
    """Sign with a new key because the old one is lost. Nobody introduces it, and every audit says so."""
    with _store(ctx) as store:
        _told(store, *store.replace_key(why))


def _store(ctx: click.Context) -> Store:
    root, database, keys = ctx.obj
    _must_exist(database or root / DATABASE)
    return open_store(root, database, keys)


def _told(store: Store, old: str, new: str) -> None:
    output.answer(f"{old} -> {new}")
    output.say(f"in {store.key_place}\n  -> back it up, and give students the new public key: autograder release DIR")

"""Every row that the trail vouches for, held against its last word on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from autograder.errors import StoreError
from autograder.model.text import Text
from autograder.store.aside import ASIDE
from autograder.store.audit_trail import Told, Walk
from autograder.store.facts import VOUCHED, facts
from autograder.store.findings import AGAIN, COPY
from autograder.store.results import check_columns, unpack
from autograder.store.schema import check_result, result
from autograder.store.trail import result_message

NAMES = {
    "result": Text("result {id} ({student}, {topic})", "结果 {id}（{student}，{topic}）"),
    "submission": Text("submission {id} ({student}, {topic})", "提交 {id}（{student}，{topic}）"),
    "receipt": Text("receipt {id} ({student}, {topic})", "回执 {id}（{student}，{topic}）"),
    "run": Text("run {id}", "运行 {id}"),
    "meta": Text("setting {id}", "设置 {id}"),
    "key": Text("key {id}", "密钥 {id}"),
}
LONG = ("data", "details", "options", "source", "value")  # kept as hashes, so neither side can be shown


def compare(connection: Connection, walk: Walk) -> None:
    """Rows that were changed, put there, or taken away."""
    left = dict(walk.rows)
    for table in VOUCHED:
        for row in connection.execute(select(VOUCHED[table])).mappings():
            walk.book.checked[table] += 1
            now = facts(table, dict(row))
            told = left.pop((table, now["id"]), None)
            if told is None:
                what = "no entry of the trail tells of it: another hand put it there, or the trail was cut off"
                _fault(walk, table, now, Text(what, "审计记录中没有对应条目：由他人写入，或审计记录被截断"))
            elif different := _differences(told, now):
                en, zh = "; ".join(one.en for one in different), "；".join(one.zh for one in different)
                _fault(walk, table, told.facts, Text(en, zh))
    for (table, _), told in left.items():
        what = f"it is gone; entry {told.entry} tells of it"
        if table in VOUCHED:
            _fault(walk, table, told.facts, Text(what, f"已不存在；条目 {told.entry} 记录过它"))


def _differences(told: Told, now: Mapping[str, Any]) -> list[Text]:
    found = []
    for name in now:
        before, value = told.facts.get(name), now[name]
        if before == value and type(before) is type(value):
            continue
        if name in LONG:
            found.append(Text(f"{name} is not what entry {told.entry} vouches for", f"{name} 与条目 {told.entry} 不符"))
        else:
            found.append(
                Text(
                    f"{name} is {value!r}, entry {told.entry} says {before!r}",
                    f"{name} 为 {value!r}，条目 {told.entry} 记录为 {before!r}",
                )
            )
    return found


def signatures(connection: Connection, walk: Walk) -> None:
    """The signature of every result by itself, and its checks as other tables have them."""
    listed: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for check in connection.execute(select(check_result).order_by(check_result.c.position)).mappings():
        listed[check["result_id"]].append(dict(check))
    for each in connection.execute(select(result)).mappings():
        row = dict(each)
        now = facts("result", row)
        told = walk.rows.get(("result", row["id"]))
        key = walk.keys.get(row["key"] or "")
        message = result_message(walk.store, row["trail"], now)
        if row["signature"] is None or key is None:
            _fault(walk, "result", now, Text("it carries no signature of a known key", "没有已知密钥的签名"))
        elif not key.holds("result", message, row["signature"]):
            what = f"its signature by key {key.id} does not fit what it says"
            _fault(walk, "result", now, Text(what, f"密钥 {key.id} 的签名与其内容不符"))
        elif told and row["trail"] != told.whole:
            what = f"it says that entry {row['trail']} came with it; that was entry {told.whole}"
            _fault(walk, "result", now, Text(what, f"自称对应条目 {row['trail']}，实为条目 {told.whole}"))
        _checks(walk, row, now, listed.pop(row["id"], []))
    for number in listed:
        orphans = Text("checks of a result that is not there", "所属结果不存在的检查记录")
        walk.book.fault("result", Text(f"result {number}", f"结果 {number}"), orphans, AGAIN, number)


def _checks(walk: Walk, row: Mapping[str, Any], now: Mapping[str, Any], listed: list[dict[str, Any]]) -> None:
    """The rows of `check_result` are drawn from the packed result; item analysis reads them."""
    try:
        expected = check_columns(unpack(row["data"]), row["id"])
    except (StoreError, TypeError) as fault:
        if row["redone"] == ASIDE:
            return
        _fault(walk, "result", now, Text(f"can't be read: {fault}", f"无法读取：{fault}"))
        return
    for check in expected:
        check["counts"] = int(row["replaced_at"] is None)
    for number in range(max(len(expected), len(listed))):
        want = expected[number] if number < len(expected) else {}
        have = listed[number] if number < len(listed) else {}
        name = (want or have)["check_id"]
        odd = [
            f"{key} is {have.get(key)!r}, not {want.get(key)!r}"
            for key in want or have
            if have.get(key) != want.get(key)
        ]
        if odd:
            what = f"its check {name}, as listed in check_result, is not the graded one: {'; '.join(odd)}"
            _fault(walk, "result", now, Text(what, f"check_result 中的检查 {name} 与评分结果不符：{'；'.join(odd)}"))


def _fault(walk: Walk, table: str, row: Mapping[str, Any], what: Text) -> None:
    names = {name: row.get(name, "?") for name in ("id", "student", "topic")}
    where = Text(NAMES[table].en.format(**names), NAMES[table].zh.format(**names))
    walk.book.fault(table, where, what, AGAIN if table == "result" else COPY, row["id"])

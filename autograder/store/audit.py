"""The audit: keys, trail, results, receipts and every other row, in one moment of the database."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, select

from autograder.errors import SigningError, UploadError
from autograder.model.text import Text
from autograder.signing.folder import KeyFolder
from autograder.signing.keys import PublicKey
from autograder.store.audit_rows import compare, signatures
from autograder.store.audit_trail import Walk
from autograder.store.findings import Audit, Notebook
from autograder.store.schema import key, receipt
from autograder.store.trail import entries
from autograder.submissions.countersign import signature_faults

KEYS = Text("the keys", "密钥")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What is known from outside the database: whose signatures to believe, and how far the trail had come."""

    trusted: dict[str, PublicKey]
    heads: tuple[str, ...] = ()  # "<number>:<hash>", from wherever somebody kept them
    private: frozenset[str] = frozenset()  # the keys whose private halves lie here


def anchor(folder: KeyFolder, book: Notebook) -> Anchor:
    """What the folder of keys knows."""
    try:
        owned = folder.owned()
        trusted = folder.public() | owned
    except SigningError as fault:
        book.fault("key", Text(fault.where, fault.where), Text(fault.what, fault.what), Text(fault.now, fault.now))
        return Anchor({})
    return Anchor(trusted, (folder.head(),) if folder.head() else (), frozenset(owned))


def audit(connection: Connection, known: Anchor, book: Notebook, *, thorough: bool = True) -> Audit:
    """Everything. Without `thorough` the signatures are taken from the last entry's, which covers all before it: enough
    to know that every value is the one that was written, in a fraction of the time."""
    walk = Walk(_keys(connection, book) | known.trusted, book, thorough)
    walk.over(entries(connection))
    _trust(walk, known)
    compare(connection, walk)
    if thorough:
        signatures(connection, walk)
        _receipts(connection, walk)
    head, signer = (walk.last.head, walk.last.key) if walk.last else ("", "")
    public = walk.keys[signer].raw.hex() if signer in walk.keys else ""
    return Audit(book.checked, tuple(book.findings), tuple(book.notes), head, signer, public)


def _keys(connection: Connection, book: Notebook) -> dict[str, PublicKey]:
    found = {}
    for row in connection.execute(select(key)):
        try:
            public = PublicKey(bytes.fromhex(row.public))
        except (ValueError, TypeError):
            public = PublicKey(b"")
        if public.id == row.id:
            found[row.id] = public
        else:
            what = Text("its public half is not the one of that name", "公钥与其编号不符")
            book.fault("key", Text(f"key {row.id}", f"密钥 {row.id}"), what, row=row.id)
    return found


def _trust(walk: Walk, known: Anchor) -> None:
    """The database's own word on its keys proves nothing."""
    if walk.last is None:
        return
    signer = walk.last.key
    if not known.trusted:
        what = "there is no key to hold the signatures against"
        now = "name the folder that has it (--keys), or a public key you trust (--public)"
        walk.book.fault(
            "key",
            KEYS,
            Text(what, "没有可用来核对签名的密钥"),
            Text(now, "请用 --keys 指定密钥文件夹，或用 --public 指定可信的公钥"),
        )
    elif signer not in known.trusted:
        ours = ", ".join(sorted(known.trusted))
        what = f"the database is signed by key {signer}; known here: {ours}"
        walk.book.fault("key", KEYS, Text(what, f"数据库由密钥 {signer} 签名；此处已知的是：{ours}"))
    for former in sorted(known.private - {signer}):
        en = f"the private half of key {former}, which signs no more, still lies in the folder of keys: delete it"
        walk.book.notes.append(Text(en, f"已停用的密钥 {former} 的私钥仍在密钥文件夹中：请删除"))
    for head in known.heads:
        _reached(walk, head)


def _reached(walk: Walk, head: str) -> None:
    """An entry that somebody has seen must still be there."""
    number, _, seen = head.partition(":")
    found = walk.heads.get(int(number)) if number.isdecimal() else None
    if found == seen:
        return
    end = walk.last.number if walk.last else 0
    if number.isdecimal() and int(number) > end:
        en = f"it ends with entry {end}, but entry {number} has been seen: it was cut off, or the database was set back"
        zh = f"止于条目 {end}，但曾见过条目 {number}：记录被截断，或数据库被恢复到旧状态"
    else:
        en = f"its entry {number} is not the one that was seen ({seen[:16]}...): it was written anew"
        zh = f"条目 {number} 不是曾经见过的那一条（{seen[:16]}...）：记录被重写"
    walk.book.fault("trail", Text("the trail", "审计记录"), Text(en, zh))


def _receipts(connection: Connection, walk: Walk) -> None:
    for row in connection.execute(select(receipt)):
        try:
            faults = signature_faults(json.loads(row.data), walk.keys)
        except (ValueError, TypeError, UploadError):
            faults = ["it can't be read"]
        for fault in faults:
            where = Text(
                f"receipt {row.id} ({row.student}, {row.topic})", f"回执 {row.id}（{row.student}，{row.topic}）"
            )
            walk.book.fault("receipt", where, Text(fault, fault), row=row.id)

"""The trail, read from its beginning: is it whole, is every entry its author's, and what must the rows be now?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from autograder.model.text import Text
from autograder.signing.keys import PublicKey
from autograder.store.facts import Facts
from autograder.store.findings import Notebook
from autograder.store.trail import Entry


@dataclass(slots=True)
class Told:
    """The last word on a row, and the entry that told all of it."""

    facts: Facts
    entry: int  # the last that told of it
    whole: int  # the last that told every value


Rows = dict[tuple[str, object], Told]


@dataclass(slots=True)
class Walk:
    """Goes over the entries in order. Not every signature must be looked at: a sound one covers all before it."""

    keys: dict[str, PublicKey]
    book: Notebook
    thorough: bool
    store: str = ""
    rows: Rows = field(default_factory=dict)
    last: Entry | None = None
    heads: dict[int, str] = field(default_factory=dict)
    _key: str = ""
    _latest: str = ""

    def over(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self.book.checked["trail"] += 1
            self._links(entry)
            self._says(entry)
            self._key_of(entry)
            if self.thorough:
                self._signed(entry)
            self._clock(entry)
            self.last = entry
            self.heads[entry.number] = entry.hash
        if self.last is None:
            self._fault(None, Text("the trail is empty: every entry was deleted", "审计记录为空：所有条目都被删除"))
        elif not self.thorough:
            self._signed(self.last)

    def _links(self, entry: Entry) -> None:
        before = self.last.number if self.last else 0
        if entry.number != before + 1:
            gone = f"{before + 1}" if entry.number == before + 2 else f"{before + 1} to {entry.number - 1}"
            range_zh = gone.replace(" to ", " 至 ")
            self._fault(entry, Text(f"entries before it are missing: {gone}", f"之前的条目缺失：{range_zh}"))
        elif entry.previous != (self.last.hash if self.last else ""):
            what = "does not follow on the entry before it: one of the two was changed, moved or put there"
            self._fault(entry, Text(what, "与前一条目不衔接：其中之一被修改、移动或插入"))

    def _says(self, entry: Entry) -> None:
        try:
            told = entry.told()
            if self.last is None:
                self.store = str(told["store"])
            self._take(entry, told.get("rows", []))
        except (ValueError, KeyError, TypeError, AttributeError):
            self._fault(entry, Text("its details can't be read: they were changed", "其详细内容无法读取：已被修改"))
        if entry.hashed(self.store) != entry.hash:
            what = "was changed: it does not have the hash of what it says"
            self._fault(entry, Text(what, "被修改过：内容与其哈希值不符"))

    def _take(self, entry: Entry, rows: Iterable[Facts]) -> None:
        for facts in rows:
            name = (facts["table"], facts["id"])
            known = self.rows.get(name)
            if facts.get("gone"):
                self.rows.pop(name, None)
            elif known is None or "data" in facts:
                self.rows[name] = Told(dict(facts), entry.number, entry.number)
            else:
                known.facts |= facts
                known.entry = entry.number

    def _key_of(self, entry: Entry) -> None:
        if entry.key != self._key and self._key:
            introduced = self.last and (self.last.what, self.last.subject) == ("key.rotated", entry.key)
            if entry.what == "key.replaced":
                said = f"{entry.at} {entry.who}: {entry.why}"
                en = f"entry {entry.number}: key {self._key} was replaced by {entry.key} without its consent ({said})"
                zh = f"条目 {entry.number}：密钥 {self._key} 未经其签名认可即被 {entry.key} 取代（{said}）"
                self.book.notes.append(Text(en, zh))
            elif not (introduced and entry.what == "key.begun"):
                what = f"is signed by key {entry.key}, which nobody introduced; {self._key} was in force"
                self._fault(entry, Text(what, f"由未被引入的密钥 {entry.key} 签名；当时有效的是 {self._key}"))
        self._key = entry.key

    def _signed(self, entry: Entry) -> None:
        key = self.keys.get(entry.key)
        if key is None:
            self._fault(entry, Text(f"is signed by the unknown key {entry.key}", f"由未知密钥 {entry.key} 签名"))
        elif not entry.signed_by(key):
            what = f"its signature is not that of key {entry.key}: it was written or changed by another hand"
            self._fault(entry, Text(what, f"其签名不是密钥 {entry.key} 所作：由他人写入或修改"))

    def _clock(self, entry: Entry) -> None:
        if entry.at < self._latest:
            en = f"entry {entry.number} is dated {entry.at}, an earlier one {self._latest}: a clock was set back"
            zh = f"条目 {entry.number} 的时间 {entry.at} 早于之前的条目（{self._latest}）：时钟曾被调回"
            self.book.notes.append(Text(en, zh))
        self._latest = max(self._latest, entry.at)

    def _fault(self, entry: Entry | None, what: Text) -> None:
        if entry is None:
            self.book.fault("trail", Text("the trail", "审计记录"), what)
        else:
            told = f"{entry.what} {entry.subject}".strip()
            where = Text(f"entry {entry.number} ({told})", f"条目 {entry.number}（{told}）")
            self.book.fault("trail", where, what, row=entry.number)

"""The tables. Times are ISO 8601 text with zone, so that every database sorts and shows them the same way.

`result` holds one row per grading, never overwritten. Three columns say what it is worth today:
  replaced_at  NULL for the one result that counts for this student and topic; else when another took its place
  redone       0 for the result that stands under its identity; 1 after a regrade, on purpose or for our own failure;
               2 for a row that another hand has changed and that was set aside
  data         the whole TopicResult, compressed JSON, rebuilt exactly; the columns are for looking it up
`claim` holds what runs are grading now, so that two runs on one database share the work instead of doubling it.
`trail` is only ever added to: each entry is signed, holds the hash of the one before, and says what it changed in the
other tables, value by value. So whatever was changed without an entry shows. docs/integrity.md has the whole story.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

VERSION = "0002"  # the newest migration; a test holds them together

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

run = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text),
    Column("options", Text, nullable=False),  # JSON: what to grade and how, enough to go on after a crash
)

submission = Table(
    "submission",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("student", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("submitted_at", Text),
    Column("source", Text, nullable=False),
    Column("details", Text, nullable=False),  # JSON: names, sizes and hashes of the files; what was wrong with them
    Column("recorded_at", Text, nullable=False),
    UniqueConstraint("student", "topic", "digest", name="submission_once"),
)

IDENTITY = ("student", "topic", "submission", "checks_digest", "grader", "device", "seed", "isolation")

result = Table(
    "result",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", Integer, ForeignKey("run.id"), nullable=False),
    Column("student", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("submission", Text, nullable=False),
    Column("checks_digest", Text, nullable=False),
    Column("grader", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("isolation", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("points", Float, nullable=False),
    Column("max_points", Float, nullable=False),
    Column("flags", Integer, nullable=False),
    Column("finished_at", Text, nullable=False),
    Column("replaced_at", Text),
    Column("redone", Integer, nullable=False, server_default=text("0")),
    Column("data", LargeBinary, nullable=False),
    Column("trail", Integer),  # the entry of the trail that came with it
    Column("key", Text),  # who signed it
    Column("signature", LargeBinary),
)
_stands = text("redone = 0")
_counts = text("replaced_at IS NULL")
Index(
    "result_once", *(result.c[name] for name in IDENTITY), unique=True, sqlite_where=_stands, postgresql_where=_stands
)
Index(
    "result_counts",
    *(
        result.c[name]
        for name in ("student", "topic", "outcome", "points", "max_points", "flags", "isolation", "replaced_at")
    ),
    sqlite_where=_counts,
    postgresql_where=_counts,
)
Index("result_current", result.c.topic, result.c.student, unique=True, sqlite_where=_counts, postgresql_where=_counts)
Index("result_history", result.c.student, result.c.topic, result.c.id)
Index("result_run", result.c.run_id)

check_result = Table(
    "check_result",
    metadata,
    Column("result_id", Integer, ForeignKey("result.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("topic", Text, nullable=False),
    Column("check_id", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("points", Float, nullable=False),
    Column("max_points", Float, nullable=False),
    Column("reason", Text, nullable=False),
    Column("counts", Integer, nullable=False),  # 1 while its result counts: item analysis reads one index only
    PrimaryKeyConstraint("result_id", "position"),
    sqlite_with_rowid=False,
)
Index(
    "check_items",
    *(check_result.c[name] for name in ("topic", "check_id", "outcome", "reason", "points", "max_points", "counts")),
    sqlite_where=text("counts = 1"),
    postgresql_where=text("counts = 1"),
)

claim = Table(
    "claim",
    metadata,
    Column("identity", Text, primary_key=True),
    Column("run_id", Integer, ForeignKey("run.id"), nullable=False),
    sqlite_with_rowid=False,
)

key = Table(
    "key",
    metadata,
    Column("id", Text, primary_key=True),
    Column("public", Text, nullable=False),  # its 32 bytes in hexadecimal
    Column("since", Text, nullable=False),
    Column("until", Text),
)

trail = Table(
    "trail",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),  # 1, 2, 3, ... without a gap
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("details", Text, nullable=False),  # JSON; "rows" are the values it gave to rows of other tables
    Column("previous", Text, nullable=False),  # the hash of the entry before; "" in the first
    Column("hash", Text, nullable=False),
    Column("key", Text, ForeignKey("key.id"), nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

receipt = Table(
    "receipt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("student", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("archive_sha256", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("data", Text, nullable=False),  # the signed receipt, as JSON
    UniqueConstraint("student", "topic", "archive_sha256", name="receipt_once"),
)

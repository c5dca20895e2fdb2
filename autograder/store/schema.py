"""The tables. Times are ISO 8601 text with zone, so that every database sorts and shows them the same way.

`result` holds one row per grading, never overwritten. Three columns say what it is worth today:
  replaced_at  NULL for the one result that counts for this student and topic; else when another took its place
  redone       0 for the result that stands under its identity; 1 after a regrade, on purpose or for our own failure
  data         the whole TopicResult, compressed JSON, rebuilt exactly; the columns are for looking it up
`claim` holds what runs are grading now, so that two runs on one database share the work instead of doubling it.
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

VERSION = "0001"  # the newest migration; a test holds them together

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

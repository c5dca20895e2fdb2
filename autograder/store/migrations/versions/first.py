"""The first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

IDENTITY = ["student", "topic", "submission", "checks_digest", "grader", "device", "seed", "isolation"]
MATRIX = ["student", "topic", "outcome", "points", "max_points", "flags", "isolation", "replaced_at"]
ITEMS = ["topic", "check_id", "outcome", "reason", "points", "max_points", "counts"]


def upgrade() -> None:
    """What happened: settings, runs, uploads, claims; then what came of it."""
    op.create_table("meta", sa.Column("key", sa.Text, primary_key=True), _text("value"))
    op.create_table("run", _id(), _text("started_at"), _text("finished_at", True), _text("options"))
    op.create_table(
        "submission",
        _id(),
        *map(_text, ("student", "topic", "digest")),
        sa.Column("attempt", sa.Integer, nullable=False),
        _text("submitted_at", True),
        *map(_text, ("source", "details", "recorded_at")),
        sa.UniqueConstraint("student", "topic", "digest", name="submission_once"),
    )
    op.create_table(
        "claim",
        sa.Column("identity", sa.Text, primary_key=True),
        _ref("run_id", "run.id"),
        sqlite_with_rowid=False,
    )
    _create_result()
    _create_check_result()


def _create_result() -> None:
    op.create_table(
        "result",
        _id(),
        _ref("run_id", "run.id"),
        *map(_text, ("student", "topic", "submission", "checks_digest", "grader", "device")),
        sa.Column("seed", sa.BigInteger, nullable=False),
        *map(_text, ("isolation", "outcome")),
        *map(_float, ("points", "max_points")),
        sa.Column("flags", sa.Integer, nullable=False),
        _text("finished_at"),
        _text("replaced_at", True),
        sa.Column("redone", sa.Integer, server_default=sa.text("0"), nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_index("result_once", "result", IDENTITY, unique=True, **_where("redone = 0"))
    op.create_index("result_current", "result", ["topic", "student"], unique=True, **_where("replaced_at IS NULL"))
    op.create_index("result_counts", "result", MATRIX, **_where("replaced_at IS NULL"))
    op.create_index("result_history", "result", ["student", "topic", "id"])
    op.create_index("result_run", "result", ["run_id"])


def _create_check_result() -> None:
    op.create_table(
        "check_result",
        _ref("result_id", "result.id"),
        sa.Column("position", sa.Integer, nullable=False),
        *map(_text, ("topic", "check_id", "outcome")),
        *map(_float, ("points", "max_points")),
        _text("reason"),
        sa.Column("counts", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("result_id", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("check_items", "check_result", ITEMS, **_where("counts = 1"))


def downgrade() -> None:
    for table in ("check_result", "result", "claim", "submission", "run", "meta"):
        op.drop_table(table)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _text(name: str, empty: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=empty)


def _float(name: str) -> sa.Column[float]:
    return sa.Column(name, sa.Float, nullable=False)


def _ref(name: str, target: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(target), nullable=False)


def _where(condition: str) -> dict[str, Any]:
    """A partial index, in the words of both databases."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}

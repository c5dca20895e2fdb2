"""Signatures, the trail, keys and receipts. What was stored before is signed right after, by `store.founding`.

A later migration that copies the table `result` or `trail` ("batch" in Alembic's words) loses the triggers and has to
make them again: `guards` lists them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from autograder.store.guards import guards

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    for column in (sa.Column("trail", sa.Integer), _text("key", True), sa.Column("signature", sa.LargeBinary)):
        op.add_column("result", column)
    op.create_table(
        "key", sa.Column("id", sa.Text, primary_key=True), _text("public"), _text("since"), _text("until", True)
    )
    op.create_table(
        "trail",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        *map(_text, ("at", "who", "what", "subject", "why", "details", "previous", "hash")),
        sa.Column("key", sa.Text, sa.ForeignKey("key.id"), nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer, primary_key=True),
        *map(_text, ("student", "topic", "content", "archive_sha256", "received_at", "data")),
        sa.UniqueConstraint("student", "topic", "archive_sha256", name="receipt_once"),
    )
    for statement in guards(op.get_bind().dialect.name):
        op.execute(statement)


def _text(name: str, empty: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=empty)

"""The table of what places say besides the packs."""

from typing import Any

from sqlalchemy import Column, Index, String, Table, Text, text

from core.local_content import ChangeState
from db.columns import NEVER_AGAIN, Id, Json, Moment, metadata


def _only(state: ChangeState) -> dict[str, Any]:
    where = text(f"state = '{state.value}'")
    return {"unique": True, "sqlite_where": where, "postgresql_where": where}


content_changes = Table(
    "content_changes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("locality", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("before", Json, nullable=False),
    Column("after", Json, nullable=False),
    Column("ground", String(64), nullable=False),  # SHA-256 of what the packs said of it
    Column("state", String(20), nullable=False, index=True),
    Column("proposed_by", String(80), nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("settled_by", String(80)),
    Column("settled_at", Moment),
    Column("why", Text, nullable=False),
    Index("ix_content_changes_about", "locality", "kind", "subject", "id"),
    # One of a thing is told at a time, and one waits.
    Index("uq_content_changes_in_force", "locality", "kind", "subject", **_only(ChangeState.IN_FORCE)),
    Index("uq_content_changes_proposed", "locality", "kind", "subject", **_only(ChangeState.PROPOSED)),
    **NEVER_AGAIN,
)

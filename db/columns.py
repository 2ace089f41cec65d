"""What the tables are made of: moments, numbers of rows, and where all tables are known.

Times are aware and UTC inside Python; in the database they are microseconds since 1970, which SQLite and PostgreSQL
order, compare and index alike.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, MetaData, TypeDecorator
from sqlalchemy.engine import Dialect

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware moment as integer microseconds since 1970-01-01 UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Raises TypeError on a moment without a zone."""
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Back to an aware moment in UTC."""
        return None if value is None else EPOCH + value * MICROSECOND


# SQLite gives its fast, self-filling row ids to INTEGER only.
Id = BigInteger().with_variant(Integer, "sqlite")
# A number that was somebody's is nobody's later, though its row is gone: keys of replies, positions of a page in its
# history and the audit log rest on it. SQLite must be told so, PostgreSQL does it anyway.
NEVER_AGAIN: dict[str, Any] = {"sqlite_autoincrement": True}
# "none_as_null": an absent value is SQL's NULL, so that "is it still there" is one condition on both databases.
Json = JSON(none_as_null=True)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

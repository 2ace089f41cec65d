"""Every row as a line of JSON: a backup that either database can write and either can read back.

So it is also the way from SQLite to PostgreSQL. Reading and writing go table by table in small groups: memory does not
grow with the database.
"""

import base64
import json
from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import date, datetime
from typing import IO, Any

from sqlalchemy import Date, LargeBinary, Table, func, insert, select, text
from sqlalchemy.exc import StatementError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from core.errors import StorageError
from db import schema
from db.columns import EPOCH, MICROSECOND, Id, Moment
from db.models import metadata

GROUP = 500  # rows read or written at once


async def write_rows(engine: AsyncEngine, out: IO[str]) -> int:
    """Write all rows of one moment; gives how many. The first line names the database's version."""
    count = 0
    async with engine.connect() as opened:
        connection = await opened.execution_options(reading=True)
        if engine.dialect.name == "postgresql":
            # One moment for all tables, whatever others write meanwhile; SQLite's reader sees one anyway.
            await connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        out.write(json.dumps({"chungtay": schema.HEAD}) + "\n")
        for table in metadata.sorted_tables:
            async with connection.stream(select(table)) as rows:
                async for group in rows.partitions(GROUP):
                    for row in group:
                        line = [table.name, _to_json(table, dict(row._mapping))]
                        out.write(json.dumps(line) + "\n")  # in ASCII: half a pair of signs has no other form
                        count += 1
    return count


async def nothing_more(_: AsyncConnection) -> None:
    """Leave the rows as they came."""


async def read_rows(
    engine: AsyncEngine, lines: Iterable[str], *, finish: Callable[[AsyncConnection], Awaitable[None]] = nothing_more
) -> int:
    """Put the rows of a backup into an empty database of the same version; gives how many.

    `finish` may do more in the same transaction. Raises StorageError when the database is not empty, or the backup is
    damaged or of another version; then nothing has changed.
    """
    entries = _entries(lines)
    version = next(entries, None)
    if version != {"chungtay": schema.HEAD}:
        raise StorageError(
            "this is not a backup of this version of the program",
            where="backup",
            mend=f"restore it with the program that wrote it (this one is {schema.HEAD}), then upgrade",
        )
    async with engine.begin() as connection:
        await _demand_empty(connection)
        try:
            count = await _insert_all(connection, entries)
        except (ValueError, TypeError, KeyError, AttributeError, StatementError) as error:
            raise StorageError("damaged", where="backup", mend="take another copy") from error
        await _move_sequences(connection)
        await finish(connection)
    return count


async def _insert_all(connection: AsyncConnection, entries: Iterator[Any]) -> int:
    count, table = 0, metadata.sorted_tables[0]
    group: list[dict[str, Any]] = []
    for name, row in entries:
        if name != table.name or len(group) == GROUP:
            count += await _insert(connection, table, group)
            group, table = [], metadata.tables[name]
        group.append(_from_json(table, row))
    return count + await _insert(connection, table, group)


def _entries(lines: Iterable[str]) -> Iterator[Any]:
    for number, line in enumerate(lines, 1):
        try:
            yield json.loads(line)
        except ValueError:
            raise StorageError("damaged", where=f"backup, line {number}", mend="take another copy") from None


async def _demand_empty(connection: AsyncConnection) -> None:
    for table in metadata.sorted_tables:
        if table.name != "channel_accounts" and (await connection.execute(select(table).limit(1))).first() is not None:
            raise StorageError(
                "the database is not empty", where="restore", mend="point CHUNGTAY_DATA_DIR to an empty folder"
            )
    await connection.execute(metadata.tables["channel_accounts"].delete())


async def _insert(connection: AsyncConnection, table: Table, rows: list[dict[str, Any]]) -> int:
    if rows:
        await connection.execute(insert(table), rows)
    return len(rows)


async def _move_sequences(connection: AsyncConnection) -> None:
    # PostgreSQL's own numbering does not look at rows that brought their numbers along.
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        for column in table.primary_key.columns:
            if column.type is Id and column.autoincrement is not False and not column.foreign_keys:
                highest = (await connection.execute(select(func.max(column)))).scalar()
                if highest is not None:
                    name = func.pg_get_serial_sequence(table.name, column.name)
                    await connection.execute(select(func.setval(name, highest)))


def _to_json(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in row.items() if value is not None and name in table.c}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value - EPOCH) // MICROSECOND
    if isinstance(value, date):
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _from_json(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {column.name: _real(column.type, row.get(column.name)) for column in table.columns}


def _real(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Moment):
        return EPOCH + value * MICROSECOND
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return base64.b64decode(value, validate=True) if isinstance(kind, LargeBinary) else value

"""The history of a conversation."""

from collections.abc import Sequence

from sqlalchemy import func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.contacts import URN
from core.delivery import DeliveryStatus
from core.messages import Attachment, OutboundMessage, attachment_from_json
from core.records import Direction, HistoryMessage, NewMessage
from db.models import deliveries, message_files, messages

SHOWN = (DeliveryStatus.SENT, DeliveryStatus.DELIVERED)


class SqlMessages:
    """See core.storage.Messages."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def add(self, new: Sequence[NewMessage]) -> None:
        """Write inbound bubbles."""
        await insert_messages(
            self._db,
            [
                {
                    "account": one.urn.account,
                    "path": one.urn.path,
                    "contact_id": one.contact_id,
                    "direction": Direction.IN,
                    "at": one.at,
                    "body": OutboundMessage(text=one.text, attachments=one.attachments).to_json(),
                    "external_id": one.external_id,
                }
                for one in new
            ],
            [one.attachments for one in new],
        )

    async def history(self, urn: URN, *, after: int = 0, limit: int = 200) -> list[HistoryMessage]:
        """Bubbles after a position, oldest first; of a longer history the newest `limit`."""
        newest = (
            select(messages.c.id, messages.c.direction, messages.c.at, messages.c.body, messages.c.external_id)
            .join(deliveries, deliveries.c.message_id == messages.c.id, isouter=True)
            .where(messages.c.account == urn.account, messages.c.path == urn.path, messages.c.id > after)
            .where(or_(messages.c.direction == Direction.IN, deliveries.c.status.in_(SHOWN)))
            .order_by(messages.c.id.desc())
            .limit(limit)
        )
        rows = (await self._db.execute(newest)).all()
        return [
            HistoryMessage(
                id=row.id,
                direction=Direction(row.direction),
                at=row.at,
                message=OutboundMessage.from_json(row.body),
                external_id=row.external_id,
            )
            for row in reversed(rows)
        ]

    async def find_file(self, sha256: str) -> Attachment | None:
        """The description of a file that some message carries."""
        row = (
            await self._db.execute(
                select(messages.c.body)
                .join(message_files, message_files.c.message_id == messages.c.id)
                .where(message_files.c.sha256 == sha256)
                .limit(1)
            )
        ).first()
        items = [attachment_from_json(item) for item in row.body["attachments"]] if row else []
        return next((item for item in items if item.sha256 == sha256), None)


async def insert_messages(
    db: AsyncConnection, rows: list[dict[str, object]], attachments: Sequence[Sequence[Attachment]]
) -> list[int]:
    """Write bubbles and note which files they carry; gives their ids in the same order."""
    ids = await (_insert_alone(db, rows) if db.dialect.name == "sqlite" else _insert_among_others(db, rows))
    files = {(message_id, item.sha256) for message_id, items in zip(ids, attachments, strict=True) for item in items}
    if files:
        await db.execute(insert(message_files), [{"message_id": one, "sha256": sha} for one, sha in sorted(files)])
    return ids


async def _insert_alone(db: AsyncConnection, rows: list[dict[str, object]]) -> list[int]:
    # SQLite has one writer at a time, so what is written at once has numbers in a row; asked for each number, it would
    # be given row by row.
    await db.execute(insert(messages), rows)
    last = (await db.execute(select(func.max(messages.c.id)))).scalar_one()
    return list(range(last - len(rows) + 1, last + 1))


async def _insert_among_others(db: AsyncConnection, rows: list[dict[str, object]]) -> list[int]:
    made = await db.execute(insert(messages).returning(messages.c.id, sort_by_parameter_order=True), rows)
    return list(made.scalars())

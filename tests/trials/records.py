"""What the database says about a crowd's messages, read from outside, also while the service is dead."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from content.wording import wording
from core.delivery import DeliveryStatus
from core.records import AuditVerdict
from db.models import deliveries, inbound_updates, messages
from db.unit_of_work import SqlStorage
from tests.trials.crowd import Speaker

DONE = (DeliveryStatus.SENT, DeliveryStatus.DELIVERED)
# A question's code is drawn by chance and differs each time.
PRIVATE = wording("vi").text("private.said")
CODE = re.compile(r"\b[2-9CHKMNPRTVX]{3} [2-9CHKMNPRTVX]{3}\b")


@dataclass
class Record:
    """One person's messages and what came of them."""

    updates: dict[str, Any] = field(default_factory=dict)  # external id -> row, in the order of storing
    heard: list[str] = field(default_factory=list)  # texts, in the order of the history
    said: list[Any] = field(default_factory=list)  # outbox rows with their bodies, in the order of the history

    def replies_to(self, update_id: int) -> list[Any]:
        """The replies to one update, by their keys."""
        return [row for row in self.said if row.dedup_key.startswith(f"reply:{update_id}:")]

    def bodies(self) -> list[str]:
        """What was said, with the codes of questions masked."""
        return [CODE.sub("### ###", repr(row.body)) for row in self.said]


async def read(engine: AsyncEngine, people: Sequence[Speaker]) -> dict[str, Record]:
    """The records of these people, by their names."""
    names = {one.path: one.name for one in people}
    found: dict[str, Record] = defaultdict(Record)
    async with engine.connect() as connection:
        u = inbound_updates.c
        rows = await connection.execute(select(u.id, u.external_id, u.handled_at).order_by(u.id))
        for row in rows:
            name = row.external_id.removeprefix("form-").partition("-")[0]
            if name in names.values():
                found[name].updates[row.external_id] = row
        said = (
            select(messages.c.path, messages.c.direction, messages.c.body, deliveries)
            .join(deliveries, deliveries.c.message_id == messages.c.id, isouter=True)
            .where(messages.c.path.in_(names))
            .order_by(messages.c.id)
        )
        for row in await connection.execute(said):
            record = found[names[row.path]]
            if row.direction == "in":
                record.heard.append(row.body["text"])
            else:
                record.said.append(row)
    return found


def unanswered(people: Sequence[Speaker], records: dict[str, Record]) -> int:
    """How many acknowledged messages nobody has answered yet: not handled, or a reply of theirs is still to go."""
    waiting = 0
    for one in people:
        record = records.get(one.name, Record())
        for number in range(one.acknowledged):
            row = next((row for key, row in record.updates.items() if key.startswith(one.id_of(number))), None)
            replies = record.replies_to(row.id) if row is not None else []
            answered = row is not None and row.handled_at is not None and all(one.status in DONE for one in replies)
            waiting += not answered
    return waiting


async def is_quiet(engine: AsyncEngine) -> bool:
    """Whether nothing waits to be handled or to be sent."""
    unhandled = select(func.count()).where(inbound_updates.c.handled_at.is_(None))
    unsent = select(func.count()).where(deliveries.c.status.not_in(DONE))
    async with engine.connect() as connection:
        counts = [(await connection.execute(one)).scalar_one() for one in (unhandled, unsent)]
    return counts == [0, 0]


async def audit(engine: AsyncEngine) -> AuditVerdict:
    """Whether the log is whole."""
    async with SqlStorage(engine).read() as uow:
        return await uow.audit.verify()


def faults(people: Sequence[Speaker], records: dict[str, Record], expected: dict[int, list[list[str]]]) -> list[str]:
    """What went wrong, in words; `expected` has the replies to each line of each script, as said without a kill."""
    return [
        f"{one.name}: {fault}"
        for one in people
        for fault in _faults(one, records.get(one.name, Record()), expected[one.script])
    ]


def _as_said(heard: Sequence[str], lines: Sequence[str]) -> bool:
    """Whether each line is in the history; what was told in private stands there as no more than that."""
    return len(heard) == len(lines) and all(one in (line, PRIVATE) for one, line in zip(heard, lines, strict=True))


def _faults(speaker: Speaker, record: Record, expected: list[list[str]]) -> list[str]:
    stored = list(record.updates.values())
    # The one after the last acknowledged may have been stored when its acknowledgement was cut off.
    if not speaker.acknowledged <= len(stored) <= speaker.acknowledged + 1:
        return [f"{speaker.acknowledged} messages were acknowledged, {len(stored)} are stored"]
    wrong = [f"update {row.id} is not handled" for row in stored if row.handled_at is None]
    if not _as_said(record.heard, speaker.lines[: len(stored)]):
        wrong.append(f"heard {record.heard}")
    keys = [f"reply:{row.id}:{n}" for row, texts in zip(stored, expected, strict=False) for n in range(len(texts))]
    if [row.dedup_key for row in record.said] != keys:
        wrong.append(f"replies {[row.dedup_key for row in record.said]} instead of {keys}")
    elif record.bodies() != [text for texts in expected[: len(stored)] for text in texts]:
        wanted = [text for texts in expected[: len(stored)] for text in texts]
        at = next(n for n, pair in enumerate(zip(record.bodies(), wanted, strict=False)) if len({*pair}) > 1)
        wrong.append(f"reply {at} is not the one to these words: {record.bodies()[at]} instead of {wanted[at]}")
    return wrong + [f"{row.dedup_key} is {row.status}" for row in record.said if row.status not in DONE]

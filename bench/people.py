"""A province's worth of a console: people, questions, notices, figures, tasks and words that were not understood."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.catalogue import Catalogue
from content.targets import goals_of
from core.campaigns import CampaignState, read_notice
from core.contacts import LISTED, ContactStatus, Purpose
from core.misreadings import MisreadingState
from core.questions import QuestionState
from core.tasks import TaskState
from db.campaign_tables import campaign_counts, campaigns
from db.engine import is_sqlite
from db.models import (
    addresses,
    channel_accounts,
    consents,
    contacts,
    deliveries,
    misreadings,
    question_entries,
    questions,
)
from db.place_tables import reported_figures, tasks

PEOPLE, QUESTIONS, NOTICES, TASKS, MISREAD = 100_000, 20_000, 200, 500, 5_000
LEDGER = 100_000  # messages of notice 1
ENTERED = 12  # figures of each goal
ACCOUNT = "telegram.main"
HAMLETS = 20  # in each place
AT_ONCE = 5_000  # rows of one statement
DAYS = 365
WORDS = "Nhà tôi dột, có được giúp sửa nhà không? Tôi ở cuối thôn, đi lại khó."

Row = dict[str, Any]


async def fill(engine: AsyncEngine, content: Catalogue, now: datetime) -> None:
    """All of it, the same in every run. The tables are there and empty."""
    chance, places = random.Random(10), list(content.localities)
    async with engine.begin() as connection:
        account = {"id": ACCOUNT, "kind": "telegram", "created_at": now}
        await connection.execute(insert(channel_accounts).values(account))
        for table, rows in _rows(chance, content, places, now).items():
            await _insert(connection, table, rows)
    if not is_sqlite(str(engine.url)):
        async with engine.connect() as connection:  # a server does it by itself within a minute
            await connection.execute(text("ANALYZE"))
            await connection.commit()


async def _insert(connection: AsyncConnection, table: Table, rows: Sequence[Row]) -> None:
    for begin in range(0, len(rows), AT_ONCE):
        await connection.execute(insert(table), rows[begin : begin + AT_ONCE])


def _rows(
    chance: random.Random, content: Catalogue, places: Sequence[str], now: datetime
) -> Mapping[Table, Sequence[Row]]:
    people = [_person(chance, number, places, now) for number in range(1, PEOPLE + 1)]
    asked = [_question(chance, content, number, people, now) for number in range(1, QUESTIONS + 1)]
    return {
        contacts: people,
        addresses: [_address(one) for one in people],
        consents: [_consent(one, now) for one in people if one["id"] % 5],
        questions: asked,
        question_entries: [entry for one in asked for entry in _entries(one)],
        campaigns: [_notice(number, places, now) for number in range(1, NOTICES + 1)],
        campaign_counts: [
            {"campaign_id": number, "status": state, "count": 500}
            for number in range(1, NOTICES + 1)
            for state in ("sent", "failed", "in_doubt")
        ],
        deliveries: [_sent(one, now) for one in people[:LEDGER]],
        reported_figures: _figures(content, now),
        tasks: [_task(chance, content, number, places, now) for number in range(1, TASKS + 1)],
        misreadings: [_misread(people[number], number, now) for number in range(1, MISREAD + 1)],
    }


def _person(chance: random.Random, number: int, places: Sequence[str], now: datetime) -> Row:
    return {
        "id": number,
        "locality": places[0] if number % 2 else chance.choice(places),
        "hamlet": f"Thôn {chance.randrange(HAMLETS) + 1}",
        "language": "vi",
        "status": ContactStatus.ACTIVE.value,
        "household_status": chance.choice(("poor", "near-poor", "newly-escaped", "average")),
        "household_id": number,
        "name": f"Y Người {number}",
        "created_at": now - timedelta(days=chance.randrange(DAYS)),
    }


def _address(person: Row) -> Row:
    return {
        "account": ACCOUNT,
        "path": str(person["id"]),
        "contact_id": person["id"],
        "created_at": person["created_at"],
    }


def _consent(person: Row, now: datetime) -> Row:
    return {
        "contact_id": person["id"],
        "purpose": Purpose.NOTICES.value,
        "granted_at": person["created_at"],
        "expires_at": now + timedelta(days=30),
        "wording": f"{LISTED} of the bench",
    }


def _question(chance: random.Random, content: Catalogue, number: int, people: Sequence[Row], now: datetime) -> Row:
    asker, came = people[chance.randrange(PEOPLE)], now - timedelta(minutes=chance.randrange(DAYS * 1_440))
    waits = number % 20 == 0
    answered = None if waits else came + timedelta(hours=chance.randrange(1, 120))
    return {
        "id": number,
        "code": f"B{number:06}",
        "contact_id": asker["id"],
        "locality": asker["locality"],
        "office": chance.choice([one.id for one in content.localities[asker["locality"]].offices]),
        "topic": chance.choice(list(content.topics)),
        "state": (QuestionState.OPEN if waits else QuestionState.ANSWERED).value,
        "urgent": number % 400 == 0,
        "created_at": came,
        "due_at": came + timedelta(days=3),
        "version": 1,
        "answered_at": answered,
        "late": None if answered is None else answered > came + timedelta(days=3),
    }


def _entries(question: Row) -> list[Row]:
    body = {"text": WORDS, "attachments": []}
    about = {"question_id": question["id"], "officer": None, "body": body}
    asked = {**about, "author": "citizen", "at": question["created_at"]}
    if question["answered_at"] is None:
        return [asked]
    return [asked, {**about, "author": "officer", "officer": "Lan", "at": question["answered_at"]}]


def _notice(number: int, places: Sequence[str], now: datetime) -> Row:
    data = {
        "kind": "notice",
        "title": f"Lớp may {number}",
        "source": "Thông báo của phường",
        "text": {"vi": "Mở lớp may sáng thứ Hai. Học không mất tiền."},
        "audience": {"localities": [places[number % len(places)] if number > 1 else places[0]]},
    }
    notice, began = read_notice(data), now - timedelta(hours=number * 12)
    state = (CampaignState.SUBMITTED if number > NOTICES - 20 else CampaignState.FINISHED).value
    begun = state == CampaignState.FINISHED
    return {
        "id": number,
        "state": state,
        "notice": notice.plain(),
        "urgent": False,
        "on_doubt": notice.on_doubt.value,
        "created_by": "Lan",
        "created_at": began,
        "submitted_by": "Lan",
        "approved_by": "Minh" if begun else None,
        "approved_hash": notice.hash() if begun else None,
        "starts_at": began if begun else None,
        "expanded_at": began if begun else None,
        "finished_at": began + timedelta(hours=2) if begun else None,
        "cursor": 0,
    }


def _sent(person: Row, now: datetime) -> Row:
    number = person["id"]
    return {
        "dedup_key": f"c1:{number}",
        "account": ACCOUNT,
        "path": str(number),
        "contact_id": number,
        "priority": 5,
        "status": "in_doubt" if number % 100 == 0 else "sent",
        "attempt": 1,
        "doubts": 2 if number % 100 == 0 else 0,
        "available_at": now,
        "created_at": now,
        "settled_at": now,
        "campaign_id": 1,
    }


def _figures(content: Catalogue, now: datetime) -> list[Row]:
    found = []
    for place, facts in content.plans.items():
        for goal in goals_of(content.localities[place], facts):
            for nth in range(1, ENTERED + 1):
                day = now - timedelta(days=30 * (ENTERED - nth))
                found.append(
                    {
                        "locality": place,
                        "subject": goal.subject,
                        "nth": nth,
                        "numbers": {"share": str(50 + nth)},
                        "as_of": f"{day:%Y-%m-%d}",
                        "document": "Báo cáo 12/BC-UBND",
                        "standing": "approved",
                        "entered_by": "Lan",
                        "entered_at": day,
                        "checked_by": "Minh",
                        "checked_at": day,
                        "why": "",
                    }
                )
    return found


def _task(chance: random.Random, content: Catalogue, number: int, places: Sequence[str], now: datetime) -> Row:
    place = places[number % len(places)]
    return {
        "id": number,
        "locality": place,
        "office": chance.choice([one.id for one in content.localities[place].offices]),
        "helper": "",
        "text": f"Rà soát hộ nghèo, lượt {number}",
        "section": "",
        "duty": None,
        "due": f"{now + timedelta(days=chance.randrange(-60, 60)):%Y-%m-%d}",
        "state": (TaskState.OPEN if number % 3 else TaskState.DONE).value,
        "made_by": "Lan",
        "made_at": now,
        "version": 1,
    }


def _misread(person: Row, number: int, now: datetime) -> Row:
    at = now - timedelta(minutes=number)
    return {
        "contact_id": person["id"],
        "locality": person["locality"],
        "at": at,
        "day": f"{at:%Y-%m-%d}",
        "why": "unknown",
        "text": f"cho hỏi chuyện thứ {number} ạ",
        "folded": f"cho hoi chuyen thu {number} a",
        "state": MisreadingState.NEW.value,
    }

"""A place with a history: what a report has to count."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from core.campaigns import CampaignState, Notice, read_notice
from core.caps import LOCAL
from core.contacts import Purpose
from core.questions import Author
from core.records import Effect
from db.campaign_tables import campaign_counts, campaigns, notice_effects
from db.models import addresses, check_tally, consents, contacts, question_entries, questions
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING

DAY = timedelta(days=1)
MONTH_BEGAN = datetime(2026, 11, 1, tzinfo=LOCAL)  # the clock of tests stands on 20 November


async def put(storage: SqlStorage, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows as they are."""
    async with storage.write() as uow:
        await uow.connection.execute(insert(table), [dict(one) for one in rows])
        await uow.commit()


async def people(
    storage: SqlStorage,
    count: int,
    *,
    first: int = 1000,
    locality: str = "dak-cam",
    hamlet: str = "Thôn 1",
    since: datetime = MORNING,
    agreed: int = 0,
    account: str = "telegram.main",
) -> list[int]:
    """So many people of a place, the first of them with a yes to notices; gives their numbers."""
    ids = list(range(first, first + count))
    async with storage.write() as uow:
        await uow.upkeep.ensure_account(account, MORNING)
        await uow.connection.execute(
            insert(contacts), [{"id": n, "locality": locality, "hamlet": hamlet, "created_at": since} for n in ids]
        )
        rows = [{"account": account, "path": str(n), "contact_id": n, "created_at": since} for n in ids]
        await uow.connection.execute(insert(addresses), rows)
        if agreed:
            until = since + 300 * DAY
            given = {"purpose": Purpose.NOTICES, "granted_at": since, "expires_at": until, "wording": "x"}
            await uow.connection.execute(insert(consents), [{"contact_id": n, **given} for n in ids[:agreed]])
        await uow.commit()
    return ids


async def asked(
    storage: SqlStorage,
    *,
    first: int,
    askers: Sequence[int | None],
    answered: int = 0,
    hours: float = 5,
    at: datetime = MORNING,
    due: datetime | None = None,
    **fields: Any,
) -> list[int]:
    """A question of each; the first ones answered after so many hours. Gives their numbers."""
    row = {"locality": "dak-cam", "topic": "housing", "urgent": False, "created_at": at, "due_at": due or at + 3 * DAY}
    ids = list(range(first, first + len(askers)))
    rows = [
        {
            **row,
            "id": n,
            "code": f"Q{n}",
            "contact_id": asker,
            "state": "answered" if at_ < answered else "open",
            "answered_at": at + timedelta(hours=hours) if at_ < answered else None,
        }
        | fields
        for at_, (n, asker) in enumerate(zip(ids, askers, strict=True))
    ]
    said = [(n, Author.CITIZEN, at) for n in ids]
    said += [(n, Author.OFFICER, at + timedelta(hours=hours)) for n in ids[:answered]]
    await put(storage, questions, rows)
    body = {"text": "LỜI-BÀ-CON", "attachments": []}
    await put(
        storage,
        question_entries,
        [{"question_id": n, "author": who, "at": when, "body": body} for n, who, when in said],
    )
    return ids


def notice_of(title: str = "Lớp may", *places: str, lacking: bool = False) -> Notice:
    """A notice to places."""
    audience: dict[str, Any] = {"localities": list(places or ("dak-cam",))}
    if lacking:
        audience["lacking"] = ["housing"]
    data = {"kind": "notice", "title": title, "source": "x", "text": {"vi": "Mở lớp."}, "audience": audience}
    return read_notice(data)


async def sent(
    storage: SqlStorage,
    notice: Notice,
    counts: Mapping[str, int],
    *,
    at: datetime = MORNING,
    stopped: Sequence[int] = (),
) -> int:
    """A notice of which the sending began then; gives its number."""
    async with storage.write() as uow:
        number = await uow.campaigns.add(notice, by="Thu", now=at)
        await uow.connection.execute(
            campaigns.update()
            .where(campaigns.c.id == number)
            .values(state=CampaignState.FINISHED, starts_at=at, expanded_at=at, finished_at=at, approved_by="Duy")
        )
        rows = [{"campaign_id": number, "status": one, "count": n} for one, n in counts.items()]
        await uow.connection.execute(insert(campaign_counts), rows)
        if stopped:
            effects = [{"campaign_id": number, "contact_id": n, "kind": Effect.STOPPED, "at": at} for n in stopped]
            await uow.connection.execute(insert(notice_effects), effects)
        await uow.commit()
    return number


async def checked(storage: SqlStorage, counts: Mapping[tuple[str, str, str], int], locality: str = "dak-cam") -> None:
    """Finished self-checks by month, hamlet and dimension."""
    rows = [
        {"month": month, "locality": locality, "hamlet": hamlet, "dimension": dimension, "count": number}
        for (month, hamlet, dimension), number in counts.items()
    ]
    await put(storage, check_tally, rows)


async def filled(storage: SqlStorage) -> None:
    """A November with a bit of everything, and an October beside it."""
    await people(storage, 30, agreed=20, since=MORNING - 60 * DAY)
    await people(storage, 6, first=1100, hamlet="Thôn 2", account="webchat.main", agreed=2)
    await people(storage, 3, first=1200, locality="di-su")
    await asked(storage, first=500, askers=range(1000, 1012), answered=9, hours=5)
    await asked(storage, first=520, askers=range(1012, 1019), topic="health-insurance", at=MORNING - 9 * DAY)
    await asked(storage, first=530, askers=(1100, 1101), topic=None, urgent=True, answered=1, hours=50.5)
    await asked(storage, first=540, askers=(None,), state="withdrawn", topic="tuition")
    await asked(storage, first=550, askers=range(1000, 1008), at=MORNING - 40 * DAY, answered=8)
    await asked(storage, first=560, askers=(1200,), locality="di-su")
    await sent(
        storage,
        notice_of("Lớp may <i>"),
        {"sent": 14, "delivered": 3, "in_doubt": 2, "failed": 1},
        stopped=[1000, 1001],
    )
    await sent(storage, notice_of("Nhà dột", lacking=True), {"sent": 40, "failed": 2}, at=MORNING - DAY)
    await sent(storage, notice_of("Chung", "dak-cam", "di-su"), {"sent": 9})
    await checked(
        storage,
        {
            ("2026-11", "Thôn 1", ""): 12,
            ("2026-11", "Thôn 2", ""): 9,
            ("2026-11", "Thôn 3", ""): 3,
            ("2026-11", "Thôn 1", "housing"): 7,
            ("2026-11", "Thôn 2", "housing"): 6,
            ("2026-11", "Thôn 1", "health"): 2,
            ("2026-10", "Thôn 1", ""): 7,
        },
    )

"""Notices that go: people of a list, an approved campaign, and the steps that send it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from core.campaigns import Campaign, CampaignState, read_notice
from core.contacts import Consent, Purpose
from core.records import NewContact
from db.unit_of_work import SqlStorage
from tests.delivery.conftest import Post
from tests.support.clock import MORNING
from tests.support.rows import urn

DAY = timedelta(days=1)


async def enrol(storage: SqlStorage, *people: tuple[str, str], until: datetime = MORNING + 90 * DAY) -> None:
    """People of Đăk Cấm: (address, household)."""
    listed = [
        NewContact(
            urn=urn(path),
            name="",
            phone="",
            locality="dak-cam",
            hamlet=None,
            status="poor",
            language="vi",
            household=household,
            topics=(),
        )
        for path, household in people
    ]
    consent = Consent(purpose=Purpose.NOTICES, granted_at=MORNING, expires_at=until, wording="ward list")
    async with storage.write() as uow:
        await uow.lists.enrol(listed, consent, MORNING)
        await uow.commit()


async def approved(
    post: Post,
    text: str = "Mở lớp may.",
    audience: dict[str, Any] | None = None,
    attachments: Sequence[dict[str, Any]] = (),
    topics: Sequence[str] = (),
    replies: Sequence[dict[str, Any]] = (),
    **sending: Any,
) -> int:
    """A campaign that may go at once."""
    data = {
        "kind": "notice",
        "title": "Lớp may",
        "source": "Kế hoạch của phường",
        "text": {"vi": text},
        "audience": audience or {"localities": ["dak-cam"]},
        "sending": {"hold_back_seconds": 0, **sending},
        "attachments": list(attachments),
        "topics": list(topics),
        "replies": list(replies),
    }
    notice, now = read_notice(data), post.clock.now()
    async with post.storage.write() as uow:
        number = await uow.campaigns.add(notice, by="Lan", now=now)
        await uow.campaigns.step(number, CampaignState.DRAFT, CampaignState.SUBMITTED)
        await uow.campaigns.step(
            number,
            CampaignState.SUBMITTED,
            CampaignState.APPROVED,
            approved_by="Minh",
            approved_hash=notice.hash(),
            starts_at=now + timedelta(seconds=notice.hold_back),
        )
        await uow.commit()
    return number


async def expand(post: Post) -> None:
    for _ in range(9):
        if not await post.expansion.step():
            return
    raise AssertionError("it never ends")


async def state(post: Post, number: int) -> Campaign:
    async with post.storage.read() as uow:
        found = await uow.campaigns.get(number)
    assert found is not None
    return found


async def run(post: Post) -> list[str]:
    await expand(post)
    arrived = await post.deliver()
    await expand(post)
    return arrived

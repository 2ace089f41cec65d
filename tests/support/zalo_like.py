"""A channel with a window, its prices, and people at it who were heard of at a moment of the test's own."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import insert, update

from core.contacts import URN, Consent, Purpose
from core.ports import Capabilities
from core.records import NewContact
from core.tariff import Tariff
from core.windows import Window
from db.models import addresses
from db.unit_of_work import SqlStorage
from tests.support.channels import FakeChannel
from tests.support.clock import MORNING

ACCOUNT = "zalo.main"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WINDOW = Window(length=7 * DAY, free=48 * HOUR, templates=True)
CAN = Capabilities(text_length=2000, buttons=5, button_length=20, window=7 * DAY, free=48 * HOUR, templates=True)
PRICES = Tariff(kind="zalo", message=55, template=200, quota=0, budget=10_000, since=date(2026, 10, 1))
TEMPLATE = {"template": "203972", "fields": {"ten": "Lớp may"}}


def zalo() -> FakeChannel:
    """A channel that lets somebody be written to for seven days, the first two free."""
    return FakeChannel(account=ACCOUNT, capabilities=CAN)


def tariffs(**changed: int) -> Mapping[str, Tariff]:
    """The prices, with what a test says otherwise."""
    return {"zalo": replace(PRICES, **changed)}  # type: ignore[arg-type]


async def listed(
    storage: SqlStorage, heard: Mapping[str, datetime | None], *, households: Mapping[str, str] | None = None
) -> None:
    """People of Đăk Cấm by their addresses, each with when they last did something."""
    async with storage.write() as uow:
        await uow.upkeep.ensure_account(ACCOUNT, MORNING)
        people = [
            NewContact(
                urn=URN(account=ACCOUNT, path=path),
                name="",
                phone="",
                locality="dak-cam",
                hamlet=None,
                status="poor",
                language="vi",
                household=(households or {}).get(path, ""),
                topics=(),
            )
            for path in heard
        ]
        until = datetime(2099, 1, 1, tzinfo=MORNING.tzinfo)
        consent = Consent(purpose=Purpose.NOTICES, granted_at=MORNING, expires_at=until, wording="ward list")
        await uow.lists.enrol(people, consent, MORNING - 30 * DAY)
        for path, moment in heard.items():
            one = update(addresses).where(addresses.c.account == ACCOUNT, addresses.c.path == path)
            await uow.connection.execute(one.values(interacted_at=moment))
        await uow.commit()


async def another_address(storage: SqlStorage, of: str, urn: URN) -> None:
    """A second address of somebody at this account, newer than the first."""
    async with storage.write() as uow:
        await uow.upkeep.ensure_account(urn.account, MORNING)
        theirs = await uow.connection.execute(
            addresses.select().where(addresses.c.account == ACCOUNT, addresses.c.path == of)
        )
        row = {"account": urn.account, "path": urn.path, "contact_id": theirs.one().contact_id, "created_at": MORNING}
        await uow.connection.execute(insert(addresses).values(row))
        await uow.commit()

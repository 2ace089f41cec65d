"""One person on the web page and on Telegram, not joined yet, and what can be kept about each."""

from datetime import datetime, timedelta

from core.contacts import Consent, Purpose
from core.records import NewMessage
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING
from tests.support.rows import (
    listed,
    make_account,
    make_person,
    new_delivery,
    new_misreading,
    new_question,
    queue,
    take_notes,
    urn,
)

CODE, OTHER_CODE = "K7M4PXRT", "2H3C4K5M"
LATER = MORNING + timedelta(minutes=15)
YEAR = MORNING + timedelta(days=365)
PHONE = urn("phone", "telegram.main")


def agreed(purpose: Purpose, until: datetime = YEAR, wording: str = "w") -> Consent:
    return Consent(purpose=purpose, granted_at=MORNING, expires_at=until, wording=wording)


async def make_two(store: SqlStorage) -> tuple[int, int]:
    """Somebody on the web page, and later on Telegram: two contacts so far."""
    await make_account(store, PHONE.account)
    return (await make_person(store, "page")).contact.id, (await make_person(store, "phone", PHONE.account)).contact.id


async def fill(store: SqlStorage, contact: int, path: str, account: str, *, code: str) -> None:
    """Something of this contact in every table that can hold it; words and topics are the same for everybody."""
    person = await make_person(store, path, account)
    await take_notes(store, person, {"told": path}, YEAR)
    at = urn(path, account)
    async with store.write() as uow:
        await uow.people.consent(contact, agreed(Purpose.QUESTION))
        await uow.people.consent(contact, agreed(Purpose.NEEDS))
        await uow.people.keep_needs(contact, ["housing", path])
        await uow.questions.open(new_question(code[:6], contact))
        await uow.questions.wrong_code(account, contact, MORNING)
        await uow.joins.offer(contact, at, code, LATER)
        await uow.misreadings.add([new_misreading("mái dột", contact), new_misreading(path, contact)])
        await uow.messages.add([NewMessage(urn=at, contact_id=contact, at=MORNING, external_id="1", text="x")])
        one = listed(at.path, at.account, status=None, household=None, topics=("tuition", path))
        await uow.lists.enrol([one], agreed(Purpose.NOTICES, wording="ward list"), MORNING)
        await uow.commit()
    await queue(store, new_delivery(path, contact=contact))

"""A course of Đăk Cấm and people on its list, for the tests of the console."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.app import App
from core.contacts import Consent, Purpose
from core.training import Enrolment, Household, Learner
from core.work import OfferKind, OfferState
from tests.support.clock import MORNING
from tests.support.rows import an_offer, make_person

COURSE = an_offer(
    kind=OfferKind.COURSE,
    title="May công nghiệp",
    employer="Trường nghề Ba Sao",
    place="Nhà văn hóa thôn 3",
    opens=date(2026, 12, 15),
    deadline=date(2026, 12, 10),
    seats=2,
)
UNTIL = MORNING.replace(year=2027)


async def course(app: App, locality: str = "dak-cam", **fields: Any) -> int:
    """One that was verified; its number."""
    async with app.storage.write() as uow:
        (number,) = (await uow.work.add(locality, [replace(COURSE, **fields)], by="Thu", now=MORNING)).new
        await uow.work.step(number, OfferState.DRAFT, OfferState.VERIFIED, verified_by="Duy", verified_at=MORNING)
        await uow.commit()
    return number


async def joined(app: App, number: int, *names: str, phone: str = "", hamlet: str = "thôn 3") -> list[Enrolment]:
    """People who registered in the chat."""
    found = []
    for name in names:
        contact = (await make_person(app.storage, f"{name} {number}")).contact.id
        agreed = Consent(purpose=Purpose.TRAINING, granted_at=MORNING, expires_at=UNTIL, wording="training.ask")
        learner = Learner(name=name, phone=phone, hamlet=hamlet, household=Household.POOR)
        async with app.storage.write() as uow:
            await uow.people.consent(contact, agreed)
            now = app.clock.now()
            one = await uow.training.join(
                number, learner, code=f"C{name}"[:20], by="", now=now, on=now.date(), contact_id=contact
            )
            assert one is not None
            await uow.commit()
        found.append(one)
    return found


async def states(app: App, number: int) -> dict[str, str]:
    """Who stands where."""
    async with app.storage.read() as uow:
        return {one.learner.name: one.state.value for one in await uow.training.people(number)}

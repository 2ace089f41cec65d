"""What places say besides the packs, and what was not understood, as tests put it in."""

from bot.app import App
from core.local_content import ChangeState, Fields, Kind, NewChange, Place, Settled
from core.misreadings import MisreadingState
from handlers.local_content import adopt
from tests.console.desk import console_of
from tests.support.rows import make_person, new_misreading

SOURCE = {"document": "Thông báo 12/TB-UBND", "article": "mục 2", "dated": "2026-11-18"}
OFFICE = {"name_vi": "Phòng Văn hóa - Xã hội phường", "phone": "02603862111", **SOURCE}
ANSWER = {
    "question": "Có luật sư ở phường vào thứ Bảy không?",
    "answer_vi": "Có. Sáng thứ Bảy tuần đầu tháng, ở nhà văn hóa.",
    "office": "phong-vhxh",
    **SOURCE,
}
DESK = Place(locality="dak-cam", kind=Kind.OFFICE, subject="phong-vhxh")
LAWYER = Place(locality="dak-cam", kind=Kind.ANSWER, subject="legal-aid")


async def proposed(
    app: App, about: Place = LAWYER, after: Fields | None = None, *, ground: str = "", by: str = "Thu"
) -> int:
    """Somebody proposed it; gives its number."""
    content = console_of(app).content
    given = (ANSWER if about.kind is Kind.ANSWER else OFFICE) if after is None else after
    async with app.storage.write() as uow:
        new = NewChange(
            about=about,
            before={},
            after=given,
            ground=ground or content.packed.ground(about),
            officer=by,
            at=app.clock.now(),
        )
        number = await uow.local.propose(new)
        await uow.commit()
    return number


async def in_force(app: App, about: Place = LAWYER, after: Fields | None = None, *, ground: str = "") -> int:
    """It is told."""
    number = await proposed(app, about, after, ground=ground)
    async with app.storage.write() as uow:
        await uow.local.settle(number, Settled(state=ChangeState.IN_FORCE, officer="Duy", at=app.clock.now()))
        await uow.commit()
    await adopt(app.storage, console_of(app).content)
    return number


async def misread(app: App, words: str = "xin cái giấy kia", *, locality: str = "dak-cam") -> int:
    """Somebody wrote something that was not understood; gives its number."""
    person = await make_person(app.storage, f"person-{words}")
    async with app.storage.write() as uow:
        await uow.misreadings.add([new_misreading(words, person.contact.id, locality=locality)])
        await uow.commit()
    async with app.storage.read() as uow:
        found = await uow.misreadings.list(states=list(MisreadingState))
    return max(one.id for one in found)

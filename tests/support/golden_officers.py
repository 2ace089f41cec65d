"""What officers do in golden conversations, in their own chats and elsewhere."""

from datetime import date
from functools import partial

from sqlalchemy import select

from bot.keys import derived, keyed_text
from bot.rooms import Room
from core.campaigns import CampaignState, Step, read_notice
from core.console_storage import Once
from core.messages import OutboundMessage
from core.officers import Grant, Role
from core.work import OfferKind, OfferState
from db.models import deliveries, messages
from handlers import campaigning
from handlers.campaigning import Doing
from handlers.officer_chats import binding
from handlers.officer_chats.code import spoken_chat_code
from tests.support.rows import an_offer

PLACE = "dak-cam"
OFFICERS = ("desk ", "replies", "submits ", "rewrites", "teaches ", "surveys")


async def officers_do(room: Room, event: str, words: str, path: str) -> list[OutboundMessage]:
    """One such step; gives everything that was sent because of it."""
    name, _, rest = event.partition(" ")
    if name == "desk":
        who, _, role = rest.partition(" ")
        return await room.hear(spoken_chat_code(await code_of(room, who, Role(role))), path=path)
    if name == "replies":
        return await room.hear(words, path=path, reply_to=await _newest_question(room, path))
    if name == "teaches":
        await _teach(room, int(rest), words)
        return []
    if name == "surveys":
        await _survey(room)
        return []
    await (_submit(room, rest, words) if name == "submits" else _rewrite(room, words))
    return await room.delivered()


async def _teach(room: Room, seats: int, title: str) -> None:
    """A verified course of so many seats."""
    now = room.parts.clock.now()
    opens, deadline = date(2026, 12, 15), date(2026, 12, 10)
    one = an_offer(kind=OfferKind.COURSE, title=title, seats=seats, place="Nhà văn hóa", opens=opens, deadline=deadline)
    async with room.storage.write() as uow:
        for number in (await uow.work.add(PLACE, [one], by="Lan", now=now)).new:
            after = {"verified_by": "Minh", "verified_at": now}
            await uow.work.step(number, OfferState.DRAFT, OfferState.VERIFIED, **after)
        await uow.commit()


async def _survey(room: Room) -> None:
    """What people wish to learn is asked from today to the end of the month."""
    now = room.parts.clock.now()
    async with room.storage.write() as uow:
        await uow.surveys.add(PLACE, now.date(), date(2026, 11, 30), by="Lan", now=now)
        await uow.commit()


async def code_of(room: Room, name: str, role: Role) -> str:
    """A code that this officer made at the console; the officer is added where there is none."""
    now = room.parts.clock.now()
    async with room.storage.write() as uow:
        found = await uow.officers.find(name)
        number = found.id if found else await uow.officers.add(name, now)
        await uow.officers.grant(number, [Grant(role=role, locality=PLACE)])
        await uow.commit()
    async with room.storage.read() as uow:
        officer = await uow.officers.get(number)
    assert officer is not None
    keyed_hash = partial(keyed_text, derived(room.parts.key, "officers"))
    nonce = f"{name}{int(now.timestamp())}"
    once = Once(officer_id=number, nonce=nonce)
    code = await binding.new_code(room.storage, keyed_hash, room.parts.chance, officer, once=once, now=now)
    assert code is not None
    return code


async def _newest_question(room: Room, path: str) -> str:
    asked = (
        select(deliveries.c.external_id)
        .where(deliveries.c.path == path, deliveries.c.dedup_key.startswith("officer:q"))
        .order_by(deliveries.c.id.desc())
    )
    async with room.storage.engine.connect() as connection:
        return str((await connection.execute(asked.join(messages))).scalars().first())


async def _submit(room: Room, by: str, title: str) -> None:
    now, content = room.parts.clock.now(), room.parts.knowledge.content
    text = "Mở lớp may sáng thứ Hai. Học không mất tiền."
    notice = read_notice(
        {
            "kind": "notice",
            "title": title,
            "source": "Thông báo 12/TB-UBND",
            "text": {"vi": text},
            "audience": {"localities": [PLACE]},
        }
    )
    async with room.storage.write() as uow:
        if await uow.officers.find(by) is None:
            await uow.officers.grant(await uow.officers.add(by, now), [Grant(role=Role.EDITOR, locality=PLACE)])
        number = await uow.campaigns.add(notice, by=by, now=now)
        await uow.commit()
    one = await campaigning.find(room.storage, str(number))
    await campaigning.take(room.storage, one, Step.SUBMIT, Doing(officer=by, now=now), content=content)


async def _rewrite(room: Room, text: str) -> None:
    """The newest notice gets other words and is submitted again, without a word to anybody."""
    async with room.storage.write() as uow:
        one = (await uow.campaigns.list(CampaignState.SUBMITTED))[0]
        data = {"kind": "notice", **one.notice.plain(), "text": {"vi": text}}
        await uow.notices.reword(one.id, read_notice(data))
        await uow.campaigns.step(one.id, CampaignState.DRAFT, CampaignState.SUBMITTED, submitted_by="Thu")
        await uow.commit()

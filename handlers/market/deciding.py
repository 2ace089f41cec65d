"""Officers look at posts before anybody else does: verify, refuse with a word to the sender, close."""

from collections.abc import Sequence
from dataclasses import dataclass

from content.catalogue import Catalogue
from content.formatting import date_text
from content.goods import near
from content.marketing import rule_of
from content.understanding import Decision, Understanding
from content.understanding.warnings import tells
from content.understanding.windows import windows
from content.wording import wording
from core.caps import LOCAL
from core.delivery import NewDelivery
from core.errors import NotFoundError, StaleError
from core.market import Goods, NewPost, Posted, PostState, last_day_of
from core.messages import OutboundMessage, QuickReply
from core.officers import Officer, Right
from core.records import AuditEntry
from core.storage import Storage, UnitOfWork
from handlers.permission import demand
from handlers.reported import Acting, WrongFigureError

MOST_WHY = 300  # characters of a reason
MOST_TOLD = 5  # posts that one may be told of when another is verified: never a flood
TOPIC = "farm-production"  # whose office looks after the market
AFTER = {"verify": PostState.VERIFIED, "refuse": PostState.REFUSED, "close": PostState.CLOSED}
FROM = {
    "verify": (PostState.WAITING,),
    "refuse": (PostState.WAITING,),
    "close": (PostState.VERIFIED,),
}
GROUPED = (PostState.WAITING, PostState.VERIFIED)  # whose group of goods may be changed


def signs_of(post: NewPost, understanding: Understanding) -> tuple[str, ...]:
    """What in a post is known from frauds, by name; "unclear" where it looks like one and nothing of it has a name."""
    text = post.post.told()
    seen = tells(text, windows(text))
    return seen or (("unclear",) if understanding.read(text).decision is Decision.FRAUD else ())


def office_of(content: Catalogue, locality: str, now: Acting) -> str:
    """The office that the plan names for what households produce; empty where it names none."""
    on = now.now.astimezone(LOCAL).date()
    if TOPIC not in content.topics or locality not in content.localities:
        return ""
    return next(iter(content.office(TOPIC, locality=locality, on=on).offices), "")


def may(officer: Officer, right: Right, locality: str, office: str) -> bool:
    """Whether this is allowed for posts of a place: to whoever has the right there, or for the office named."""
    return officer.may(right, localities=[locality], office=office)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """What an officer does with a post, as they saw it."""

    act: str  # of AFTER
    seen: int  # the version that they looked at
    why: str = ""


async def find(storage: Storage, number: int) -> Posted:
    """A post by its number. Raises NotFoundError."""
    async with storage.read() as uow:
        one = await uow.market.get(number)
    if one is None:
        raise NotFoundError("no such post", where=str(number))
    return one


async def decide(
    storage: Storage, content: Catalogue, one: Posted, acting: Acting, said: Deciding, *, signs: Sequence[str] = ()
) -> None:
    """Do something to a post; its sender hears of it, and who fits is told once. A form sent before changes nothing.

    Raises NotAllowedError; WrongFigureError where a reason is missing: a refusal has one, and so has the verifying of
    what shows signs of fraud; StaleError where it is not as it was seen.
    """
    office, subject = office_of(content, one.locality, acting), f"market:{one.id}"
    await demand(
        storage,
        acting.officer,
        Right.ANSWER,
        localities=[one.locality],
        office=office,
        subject=subject,
        now=acting.now,
    )
    why = " ".join(said.why.split())
    needed = said.act == "refuse" or (said.act == "verify" and bool(signs))
    if fault := "long" if len(why) > MOST_WHY else "empty" if needed and not why else "":
        raise WrongFigureError({"why": fault})
    today = acting.now.astimezone(LOCAL).date()
    last = last_day_of(one.side, today) if said.act == "verify" else None
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, acting.now):
            return
        stale = one.version != said.seen or one.state not in FROM[said.act]
        changes = {"by": acting.officer, "now": acting.now, "why": why, "last_day": last}
        if stale or not await uow.market.step(one, AFTER[said.act], **changes):  # type: ignore[arg-type]
            raise StaleError("it was changed meanwhile", where=subject, mend="look at it again")
        after = await uow.market.get(one.id)
        if after is not None:
            await _tell_sender(uow, content, after, acting)
            if said.act == "verify":
                await _tell_who_fits(uow, content, after, acting)
        detail = {"why": why or None, "signs": ",".join(signs) or None}
        actor = f"officer:{acting.officer}"
        entry = AuditEntry(at=acting.now, actor=actor, action=f"market.{said.act}", subject=subject, detail=detail)
        await uow.audit.append([entry])
        await uow.commit()


async def regroup(storage: Storage, content: Catalogue, one: Posted, acting: Acting, *, goods: str, seen: int) -> None:
    """Put a post that waits or is shown in another group of goods; of one that is shown, who fits it now is told.

    Raises NotAllowedError; WrongFigureError where there is no such group; StaleError where it is not as it was seen.
    """
    office, subject = office_of(content, one.locality, acting), f"market:{one.id}"
    places, now = [one.locality], acting.now
    await demand(storage, acting.officer, Right.ANSWER, localities=places, office=office, subject=subject, now=now)
    if goods not in set(Goods):
        raise WrongFigureError({"goods": "empty"})
    group = Goods(goods)
    async with storage.write() as uow:
        if acting.once is not None and not await uow.forms.claim(acting.once, now):
            return
        if one.version != seen or one.state not in GROUPED or not await uow.market.regroup(one, group):
            raise StaleError("it was changed meanwhile", where=subject, mend="look at it again")
        after = await uow.market.get(one.id)
        if after is not None and after.state is PostState.VERIFIED:
            await _tell_who_fits(uow, content, after, acting)
        detail = {"before": one.goods.value, "after": group.value}
        actor = f"officer:{acting.officer}"
        entry = AuditEntry(at=now, actor=actor, action="market.regroup", subject=subject, detail=detail)
        await uow.audit.append([entry])
        await uow.commit()


async def _tell_sender(uow: UnitOfWork, content: Catalogue, one: Posted, acting: Acting) -> None:
    """What became of it, where it came from a chat."""
    person = await uow.people.get(one.contact_id) if one.contact_id is not None else None
    if person is None:
        return
    lang = person.contact.language
    words = wording(lang)
    place = content.place(locality=one.locality, on=acting.now.astimezone(LOCAL).date(), lang=lang)
    last = date_text(one.last_day, lang)
    why = one.why.rstrip(".")
    text = words.text(f"market.told.{one.state}", what=one.post.what, why=why, day=last, place=place, number=one.id)
    buttons = tuple(
        QuickReply(label=words.text(f"button.{name}"), payload=payload)
        for name, payload in (("market_own", "market-own"), ("officer", "officer"), ("menu", "menu"))
    )
    urn = (await uow.people.addresses(person.contact.id))[0]
    message = OutboundMessage(text=text, quick_replies=buttons)
    key = f"market:{one.id}:{one.version}"
    delivery = NewDelivery(
        dedup_key=key, urn=urn, contact_id=person.contact.id, message=message, available_at=acting.now
    )
    await uow.outbox.add([delivery])


async def _tell_who_fits(uow: UnitOfWork, content: Catalogue, one: Posted, acting: Acting) -> None:
    """The owner of each of two posts that fit is told of the other, once: as a reminder of theirs."""
    today = acting.now.astimezone(LOCAL).date()
    for other in await uow.market.fitting(one, near(content, one.locality), today, MOST_TOLD):
        until = min(one.last_day, other.last_day)
        about = acting.now.replace(year=until.year, month=until.month, day=until.day)
        for mine, theirs in ((one, other), (other, one)):
            if mine.contact_id is not None:
                await uow.reminders.plan(
                    mine.contact_id, rule_of(mine, theirs), [acting.now], about=about, now=acting.now
                )


def goods_named(goods: Goods, lang: str) -> str:
    """A group of goods by its name."""
    return wording(lang).text(f"button.goods_{goods}")

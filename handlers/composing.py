"""Writing a notice: what a draft may say and to whom, keeping it, and writing it anew while nobody has it yet."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from content.catalogue import Catalogue
from content.contact_list import status_of
from content.reminding import the_evening_before
from core.audience import Field, renamed, respelled, unknown
from core.campaigns import MOST_TOPICS, Campaign, Notice, read_notice
from core.errors import ChungTayError, StaleError
from core.notice_desk import DRAFTED, EDITED, Happened
from core.officers import Right
from core.storage import Storage
from core.text import fold
from handlers.campaigning import Doing, demand_seen, entry, find, sent_before
from handlers.importing import named_topics
from handlers.permission import demand


async def draft(
    storage: Storage, content: Catalogue, data: object, *, where: str, officer: str, now: datetime
) -> Campaign:
    """Make a draft of a campaign's file. Raises ChungTayError naming the place in the file; NotAllowedError."""
    doing = Doing(officer=officer, now=now)
    return await save(storage, await checked(storage, content, data, where=where, now=now), doing)


async def checked(storage: Storage, content: Catalogue, data: object, *, where: str, now: datetime) -> Notice:
    """A campaign's file as the notice it stands for, not kept. Raises ChungTayError naming the place in the file."""
    try:
        notice = read_notice(data)
        read_notice({"kind": "notice", **notice.plain()})  # as it is read from the database ever after
    except ValueError as error:
        raise ChungTayError(str(error), where=where) from None
    notice = _by_id(content, notice)
    if len(notice.topics) > MOST_TOPICS:  # a theme stands for all of its topics
        raise ChungTayError(f"topics: stand for {len(notice.topics)} topics, at most {MOST_TOPICS}", where=where)
    await _demand_known(storage, content, notice, where)
    _demand_reminding(notice, where, now)
    async with storage.read() as uow:
        typed = await uow.audiences.hamlets()
    return replace(
        notice,
        audience=respelled(
            notice.audience, Field.HAMLET, lambda value: [one for one in typed if fold(one) == fold(value)]
        ),
    )


async def save(storage: Storage, notice: Notice, doing: Doing) -> Campaign:
    """Keep it as a new draft; a form that was sent before makes no second one. Raises NotAllowedError, StaleError."""
    await _demand_writing(storage, notice, "campaigns", doing)
    async with storage.write() as uow:
        if doing.once is not None and not await uow.forms.claim(doing.once, doing.now):
            raise StaleError("this form was sent already", where="campaigns", mend="see: chungtay campaign list")
        number = await uow.campaigns.add(notice, by=doing.officer, now=doing.now)
        await uow.notices.note(number, Happened(officer=doing.officer, at=doing.now, act=DRAFTED))
        await uow.audit.append([entry(number, DRAFTED, doing.officer, doing.now, notice)])
        await uow.commit()
    return await find(storage, str(number))


async def edit(storage: Storage, one: Campaign, notice: Notice, doing: Doing) -> Campaign:
    """Other words for a notice that nobody has yet: a draft again, whoever approved it.

    Raises NotAllowedError, StaleError where it is not as it was seen, ChungTayError where it is being sent.
    """
    where, subject = f"campaign {one.id}", f"campaign:{one.id}"
    await _demand_writing(storage, one.notice, subject, doing)
    await _demand_writing(storage, notice, subject, doing)
    if doing.once is not None and await sent_before(storage, doing.once, doing.now):
        return await find(storage, str(one.id))
    async with storage.write() as uow:
        if doing.once is not None and not await uow.forms.claim(doing.once, doing.now):
            return one
        await demand_seen(uow, one, one.notice.hash() if doing.seen is None else doing.seen)
        if not await uow.notices.reword(one.id, notice):
            mend = f'to correct it, write another one with reached = ["{one.id}"]'
            raise ChungTayError(f"is {one.state}: people may have it already", where=where, mend=mend)
        await uow.notices.note(one.id, Happened(officer=doing.officer, at=doing.now, act=EDITED))
        await uow.audit.append([entry(one.id, EDITED, doing.officer, doing.now, notice)])
        await uow.commit()
    return await find(storage, str(one.id))


async def _demand_writing(storage: Storage, notice: Notice, subject: str, doing: Doing) -> None:
    await demand(
        storage,
        doing.officer,
        Right.WRITE_CAMPAIGNS,
        localities=notice.localities,
        subject=subject,
        now=doing.now,
    )


def _by_id(content: Catalogue, notice: Notice) -> Notice:
    """The same with what officers name in their own words by its id; what nothing here has stays as it is."""
    topics = named_topics(content)

    def topic(typed: str) -> Collection[str]:
        return topics.get(fold(typed), (typed,))

    def status(typed: str) -> Collection[str]:
        with suppress(ValueError):
            if found := status_of(typed):
                return (found.value,)
        return (typed,)

    audience = renamed(renamed(notice.audience, Field.TOPIC, topic), Field.STATUS, status)
    meant = tuple(sorted({one for typed in notice.topics for one in topic(typed)}))
    return replace(notice, audience=audience, topics=meant)


def _demand_reminding(notice: Notice, where: str, now: datetime) -> None:
    """Who signs up is reminded the evening before: a day of which nobody could be is a slip of the keys."""
    for at, one in enumerate(notice.replies):
        if one.remind is not None and the_evening_before(one.remind, now) is None:
            what = f"replies[{at}].remind: the evening before is over: nobody would be reminded"
            raise ChungTayError(what, where=where)


async def _demand_known(storage: Storage, content: Catalogue, notice: Notice, where: str) -> None:
    """That everything the audience names is there: a slip of the keys would quietly mean nobody."""
    async with storage.read() as uow:
        accounts = await uow.lists.accounts()
        hamlets = {fold(one) for one in await uow.audiences.hamlets()}
        campaigns = {str(one.id) for one in await uow.campaigns.list()}
    hamlets |= {fold(each.name) for place in content.localities.values() for each in place.hamlets}
    values = {
        Field.LOCALITY: set(content.localities),
        Field.STATUS: {"poor", "near-poor", "newly-escaped", "average"},
        Field.LACKING: {one.id for standard in content.standards().values() for one in standard.dimensions},
        Field.TOPIC: set(content.topics),
        Field.LANGUAGE: {"vi", "en"},
        Field.REACHED: campaigns,
        Field.CHANNEL: {*accounts, *(one.partition(".")[0] for one in accounts)},
    }

    def known(which: Field, value: str) -> bool:
        return fold(value) in hamlets if which is Field.HAMLET else value in values[which]

    if strange := [one for one in notice.topics if one not in content.topics]:
        mend = "see the first lines of: chungtay learn labels"
        raise ChungTayError(f'topics: nothing here has "{strange[0]}"', where=where, mend=mend)
    for which, value in unknown(notice.audience, known):
        many = which in (Field.HAMLET, Field.REACHED)
        there = sorted(one.replace("-", "_") if which is Field.STATUS else one for one in values.get(which, ()))
        many = many or which is Field.TOPIC
        told = "" if many else f": there are {', '.join(there)}"
        raise ChungTayError(f'audience.{which}: nothing here has "{value}"{told}', where=where)

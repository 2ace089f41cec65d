"""What officers do with campaigns: one writes, another approves, and either pauses or stops; all of it is logged."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from content.catalogue import Catalogue
from content.contact_list import status_of
from content.formatting import number_text
from content.reminding import Rule, the_evening_before
from core.audience import Field, asked, asks_for, renamed, respelled, unknown
from core.campaigns import MOST_TOPICS, STEPS, Campaign, CampaignState, Notice, Step, read_notice
from core.errors import ChungTayError, NotFoundError
from core.officers import Officer, Right
from core.planning import AccountPlan, plan_of
from core.records import AuditEntry
from core.reminders import Gone
from core.report import Told, tell
from core.storage import Storage, UnitOfWork
from core.tally import LEAST
from core.tariff import Terms
from core.text import fold
from handlers.importing import named_topics
from handlers.permission import demand, demand_another, demand_somewhere

_RIGHTS = {
    Step.SUBMIT: Right.WRITE_CAMPAIGNS,
    Step.APPROVE: Right.APPROVE_CAMPAIGNS,
    Step.PAUSE: Right.CONTROL_CAMPAIGNS,
    Step.RESUME: Right.CONTROL_CAMPAIGNS,
    Step.STOP: Right.CONTROL_CAMPAIGNS,
}


async def draft(
    storage: Storage, content: Catalogue, data: object, *, where: str, officer: str, now: datetime
) -> Campaign:
    """Make a draft of a campaign's file. Raises ChungTayError naming the place in the file; NotAllowedError."""
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
    notice = replace(
        notice,
        audience=respelled(
            notice.audience, Field.HAMLET, lambda value: [one for one in typed if fold(one) == fold(value)]
        ),
    )
    await demand(storage, officer, Right.WRITE_CAMPAIGNS, localities=notice.localities, subject="campaigns", now=now)
    async with storage.write() as uow:
        number = await uow.campaigns.add(notice, by=officer, now=now)
        await uow.audit.append([_entry(number, "drafted", officer, now, notice)])
        await uow.commit()
    return await find(storage, str(number))


async def find(storage: Storage, key: str) -> Campaign:
    """A campaign by its number. Raises NotFoundError."""
    number = int(key) if key.isascii() and key.isdecimal() and len(key) <= 18 else 0
    async with storage.read() as uow:
        found = await uow.campaigns.get(number)
    if found is None:
        raise NotFoundError("no such campaign", where=key, mend="see: chungtay campaign list")
    return found


async def look(
    storage: Storage, key: str, right: Right, *, officer: str, now: datetime
) -> tuple[Campaign, Officer | None]:
    """A campaign, for somebody who may look at it so; with who that is. Raises NotFoundError, NotAllowedError."""
    one = await find(storage, key)
    places, subject = one.notice.localities, f"campaign:{one.id}"
    return one, await demand(storage, officer, right, localities=places, subject=subject, now=now)


async def listed(storage: Storage, *, officer: str, now: datetime) -> Sequence[Campaign]:
    """Those of the places where somebody may look at campaigns, the newest first. Raises NotAllowedError."""
    known = await demand_somewhere(storage, officer, Right.READ_CAMPAIGNS, subject="campaigns", now=now)
    async with storage.read() as uow:
        found = await uow.campaigns.list()
    return [one for one in found if known is None or known.may(Right.READ_CAMPAIGNS, localities=one.notice.localities)]


async def report(storage: Storage, key: str, *, officer: str, now: datetime) -> Told:
    """What became of a campaign, as it may be told. Raises NotFoundError, NotAllowedError."""
    one, _ = await look(storage, key, Right.READ_CAMPAIGNS, officer=officer, now=now)
    async with storage.read() as uow:
        found = await uow.campaigns.report(one.id)
    if found is None:
        raise NotFoundError("no such campaign", where=key, mend="see: chungtay campaign list")
    return tell(found, guarded=guarded(one.notice))


def guarded(notice: Notice) -> bool:
    """Whether small numbers of people must not be told: they are picked by what they lack."""
    return asks_for(notice.audience, Field.LACKING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What a notice is held against: the terms of the accounts, and what their providers say of their packages."""

    terms: Terms = field(default_factory=Terms)
    left: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # by account


async def take(
    storage: Storage,
    one: Campaign,
    step: Step,
    *,
    officer: str,
    now: datetime,
    month: Month | None = None,
) -> Campaign:
    """Take a step with a campaign.

    Raises NotAllowedError, and ChungTayError where it stands elsewhere, is for too few, or is over the month's budget.
    """
    where = f"campaign {one.id}"
    localities = one.notice.localities
    subject = f"campaign:{one.id}"
    known = await demand(storage, officer, _RIGHTS[step], localities=localities, subject=subject, now=now)
    if step is Step.APPROVE:
        authors = (one.created_by, one.submitted_by)
        await demand_another(storage, authors, officer, registered=known is not None, subject=subject, now=now)
    after = STEPS[step].get(one.state)
    if after is None:
        allowed = ", ".join(state.value for state in STEPS[step])
        late = step is Step.STOP and one.state is CampaignState.FINISHED
        mend = f'to correct it, write another one with reached = ["{one.id}"]' if late else ""
        raise ChungTayError(f"is {one.state}: {step} is for one that is {allowed}", where=where, mend=mend)
    if step in (Step.SUBMIT, Step.APPROVE):
        await _demand_enough(storage, one.notice, where, now)
        demand_affordable(await planned(storage, one, month or Month(), now=now), one.notice, where)
    async with storage.write() as uow:
        if not await uow.campaigns.step(one.id, one.state, after, **_along(one, step, officer, now)):
            raise ChungTayError("somebody else changed it a moment ago", where=where, mend="look again")
        if step is Step.APPROVE:
            for number, people in (await called_off(uow, one.notice)).items():
                for contact in people:
                    await uow.reminders.call_off(contact, Gone.CALLED_OFF, f"{Rule.COURSE}:{number}")
        await uow.audit.append([_entry(one.id, step.value, officer, now, one.notice)])
        await uow.commit()
    return await find(storage, str(one.id))


async def planned(storage: Storage, one: Campaign, month: Month, *, now: datetime) -> Sequence[AccountPlan]:
    """Who is reached on what terms and what it costs, at each account that has a window."""
    async with storage.read() as uow:
        accounts = await uow.lists.accounts()
        return await plan_of(uow, one, month.terms, now, accounts=accounts, left=month.left)


def demand_affordable(plans: Sequence[AccountPlan], notice: Notice, where: str) -> None:
    """What the month does not hold cannot be submitted, nor approved."""
    for plan in plans:
        if not plan.over:
            continue
        # Of people picked by what they lack the sum would tell how few they are.
        vi = en = ""
        if not guarded(notice):
            vi, en = (f" {number_text(plan.over, lang)} đồng" for lang in ("vi", "en"))
        kept = "" if plan.urgent or not plan.reserve.dong else ", less what is kept back for urgent notices"
        setting = f"CHUNGTAY_{plan.tariff.kind.upper()}_MONTH_BUDGET"
        raise ChungTayError(
            f"over the budget of {plan.month} at {plan.account} by{en or ' some đồng'}{kept}"
            f" (vượt ngân sách tháng{f', thiếu{vi}' if vi else ''})",
            where=where,
            mend=f"write to fewer people, wait for another month, raise {setting}, or drop [zalo] template"
            f" (gửi cho ít người hơn, chờ tháng sau, tăng {setting}, hoặc bỏ mẫu tin)",
        )


async def called_off(uow: UnitOfWork, notice: Notice) -> Mapping[int, Sequence[int]]:
    """By notice that this one corrects: who signed up to be reminded of its day, in words that are corrected now."""
    found = {}
    for number in sorted(map(int, asked(notice.audience, Field.REACHED))):
        before = await uow.campaigns.get(number)
        words = {each.words[0] for each in before.notice.replies if each.remind is not None} if before else set()
        people = [row.contact_id for row in await uow.campaigns.answers(number) if row.word in words] if words else []
        if people:
            found[number] = sorted(set(people))
    return found


async def _demand_enough(storage: Storage, notice: Notice, where: str, now: datetime) -> None:
    """Nobody is written to as one of a few who lack something: samples and ledger would show a family's needs."""
    if not guarded(notice):
        return
    async with storage.read() as uow:
        reach = await uow.audiences.reach(notice, accounts=await uow.lists.accounts(), now=now)
    if 0 < reach.meant < LEAST:
        raise ChungTayError(
            f"too few: a notice to fewer than {LEAST} by what they lack would show who they are",
            where=where,
            mend="write to them through the hamlet leader",
        )


def _along(one: Campaign, step: Step, officer: str, now: datetime) -> dict[str, Any]:
    if step is Step.SUBMIT:
        return {"submitted_by": officer}
    if step is Step.APPROVE:
        starts = now + timedelta(seconds=one.notice.hold_back)
        return {"approved_by": officer, "approved_hash": one.notice.hash(), "starts_at": starts}
    return {}  # what a stopped one has not sent is taken back in batches: scheduler/expansion.py


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


def _entry(campaign: int, action: str, officer: str, now: datetime, notice: Notice) -> AuditEntry:
    return AuditEntry(
        at=now,
        actor=f"officer:{officer}",
        action=f"campaign.{action}",
        subject=f"campaign:{campaign}",
        detail={"hash": notice.hash()},
    )

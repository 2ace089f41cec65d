"""What officers do with campaigns: one writes, another approves, and either pauses or stops; all of it is logged."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from content.catalogue import Catalogue
from content.formatting import number_text
from content.reminding import Rule
from core.audience import Field, asked, asks_for
from core.campaigns import STEPS, Campaign, CampaignState, Notice, Step
from core.caps import LOCAL
from core.console_storage import Once
from core.errors import ChungTayError, NotFoundError, StaleError
from core.notice_desk import WRITTEN, Happened
from core.officers import Officer, Right
from core.planning import AccountPlan, plan_of
from core.records import AuditEntry
from core.reminders import Gone
from core.report import Told, tell, tell_reach
from core.storage import Storage, UnitOfWork
from core.tally import LEAST
from core.tariff import Terms
from handlers.officer_chats import telling
from handlers.permission import demand, demand_another, demand_somewhere

MOST_WHY = 500  # characters of a reason
MANY = 500  # people: from here on the number is typed before it goes (voice O5)
# How what is refused here begins, and the sentence with which officers are told.
_REFUSED = (
    ("too few", "console.step.few"),
    ("over the budget", "console.step.over"),
    ("a notice is returned", "console.step.no-why"),
    ("the reason has", "console.step.long"),
)
RIGHTS = {
    Step.SUBMIT: Right.WRITE_CAMPAIGNS,
    Step.APPROVE: Right.APPROVE_CAMPAIGNS,
    Step.RETURN: Right.APPROVE_CAMPAIGNS,
    Step.PAUSE: Right.CONTROL_CAMPAIGNS,
    Step.RESUME: Right.CONTROL_CAMPAIGNS,
    Step.STOP: Right.CONTROL_CAMPAIGNS,
}


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


async def listed(storage: Storage, *states: CampaignState, officer: str, now: datetime) -> Sequence[Campaign]:
    """Those of the places where somebody may look at campaigns, the newest first; in these states only, if any.

    Raises NotAllowedError.
    """
    known = await demand_somewhere(storage, officer, Right.READ_CAMPAIGNS, subject="campaigns", now=now)
    async with storage.read() as uow:
        found = await uow.campaigns.list(*states)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What a notice takes of the month."""

    month: Month
    plans: tuple[AccountPlan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """By whom and when something is done to a notice; from a page besides: what they saw, by which form."""

    officer: str
    now: datetime
    seen: str | None = None  # the hash of the notice they looked at; None: whatever stands there
    once: Once | None = None  # the form, that counts once
    why: str = ""  # said to the others


async def take(
    storage: Storage,
    one: Campaign,
    step: Step,
    doing: Doing,
    *,
    content: Catalogue | None = None,
    month: Month | None = None,
) -> Campaign:
    """Take a step with a campaign. A form that was sent before changes nothing.

    Whoever may approve what is submitted is told so in their own chat, in the same transaction; submitting needs the
    content for that.

    Raises NotAllowedError, StaleError where it is not as it was seen, and ChungTayError where it stands elsewhere, is
    for too few, is over the month's budget, or is returned without a reason.
    """
    assert content is not None or step is not Step.SUBMIT  # noqa: S101 - see above
    where, subject = f"campaign {one.id}", f"campaign:{one.id}"
    officer, now = doing.officer, doing.now
    known = await demand(storage, officer, RIGHTS[step], localities=one.notice.localities, subject=subject, now=now)
    if step is Step.APPROVE:
        authors = await written_by(storage, one)
        await demand_another(storage, authors, officer, registered=known is not None, subject=subject, now=now)
    if doing.once is not None and await sent_before(storage, doing.once, now):
        return one
    after = _after(one, step, where)
    why = _reason(step, doing.why, where)
    plans: Sequence[AccountPlan] = ()
    if step in (Step.SUBMIT, Step.APPROVE):
        await _demand_enough(storage, one.notice, where, now)
        plans = await planned(storage, one, month or Month(), now=now)
        demand_affordable(plans, one.notice, where)
    async with storage.write() as uow:
        if doing.once is not None and not await uow.forms.claim(doing.once, now):
            return one
        await demand_seen(uow, one, one.notice.hash() if doing.seen is None else doing.seen)
        if not await uow.campaigns.step(one.id, one.state, after, **_along(one, step, officer, now)):
            raise StaleError("somebody else changed it a moment ago", where=where, mend="look again")
        if step is Step.APPROVE:
            for number, people in (await called_off(uow, one.notice)).items():
                for contact in people:
                    await uow.reminders.call_off(contact, Gone.CALLED_OFF, f"{Rule.COURSE}:{number}")
        kept = one.notice if step is Step.APPROVE else None
        await uow.notices.note(one.id, Happened(officer=officer, at=now, act=step.value, why=why, notice=kept))
        await uow.audit.append([entry(one.id, step.value, officer, now, one.notice)])
        await uow.chats.recall()
        if content is not None and step is Step.SUBMIT:
            await _tell(uow, content, one, Costs(month=month or Month(), plans=tuple(plans)), doing.now)
        await uow.commit()
    return await find(storage, str(one.id))


async def _tell(uow: UnitOfWork, content: Catalogue, before: Campaign, costs: Costs, now: datetime) -> None:
    """Tell those who may approve it, in full."""
    one = await uow.campaigns.get(before.id) or before
    authors = authors_of(one, await uow.notices.history(one.id))
    accounts = await uow.lists.accounts()
    reach = await uow.audiences.reach(one.notice, accounts=accounts, now=now, windows=costs.month.terms.windows)
    hidden = guarded(one.notice)
    waits = telling.Submitted(
        campaign=one,
        on=now.astimezone(LOCAL).date(),
        reach=tell_reach(reach, guarded=hidden),
        plans=costs.plans,
        guarded=hidden,
    )
    await uow.outbox.add(await telling.notice(uow, content, waits, authors, now))


def refusal(error: ChungTayError) -> str:
    """The sentence with which officers are told what was refused."""
    return next((sentence for begin, sentence in _REFUSED if error.what.startswith(begin)), "console.step.stale")


def _after(one: Campaign, step: Step, where: str) -> CampaignState:
    after = STEPS[step].get(one.state)
    if after is None:
        allowed = ", ".join(state.value for state in STEPS[step])
        late = step is Step.STOP and one.state is CampaignState.FINISHED
        mend = f'to correct it, write another one with reached = ["{one.id}"]' if late else ""
        raise ChungTayError(f"is {one.state}: {step} is for one that is {allowed}", where=where, mend=mend)
    return after


def _reason(step: Step, why: str, where: str) -> str:
    why = why.strip()
    if step is Step.RETURN and not why:
        raise ChungTayError("a notice is returned with a reason", where=where, mend="say what is to be changed")
    if len(why) > MOST_WHY:
        raise ChungTayError(f"the reason has {len(why)} characters, at most {MOST_WHY}", where=where)
    return why


async def sent_before(storage: Storage, once: Once, now: datetime) -> bool:
    """Whether this form was acted on already; nothing is counted by asking."""
    async with storage.write() as uow:
        return not await uow.forms.claim(once, now)  # without a commit


async def written_by(storage: Storage, one: Campaign) -> Collection[str]:
    """Whoever wrote, changed or submitted a notice: none of them approves it."""
    async with storage.read() as uow:
        return authors_of(one, await uow.notices.history(one.id))


def authors_of(one: Campaign, history: Iterable[Happened]) -> Collection[str]:
    """The same of a notice whose history is known."""
    editors = {each.officer for each in history if each.act in WRITTEN}
    return {one.created_by, *([one.submitted_by] if one.submitted_by else []), *editors}


async def demand_seen(uow: UnitOfWork, one: Campaign, seen: str) -> None:
    """Held until the end of the transaction. Raises StaleError where its words are others than were seen."""
    await uow.campaigns.hold(one.id)
    found = await uow.campaigns.get(one.id)
    if found is None or found.notice.hash() != seen:
        raise StaleError("it was changed meanwhile", where=f"campaign {one.id}", mend="look at it again")


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


def entry(campaign: int, action: str, officer: str, now: datetime, notice: Notice) -> AuditEntry:
    """What the log says of an act."""
    return AuditEntry(
        at=now,
        actor=f"officer:{officer}",
        action=f"campaign.{action}",
        subject=f"campaign:{campaign}",
        detail={"hash": notice.hash()},
    )

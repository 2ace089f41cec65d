"""A notice approved or returned from an officer's chat: what was shown is what is approved, by the console's rules."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from content.formatting import number_text
from content.reporting import written
from core.campaigns import Campaign, CampaignState, Step
from core.errors import ChungTayError, NotAllowedError, NotFoundError, StaleError
from core.messages import QuickReply
from core.officers import Right
from core.report import ToldReach, tell_reach
from core.text import fold
from handlers import campaigning
from handlers.campaigning import MANY, MOST_WHY, Doing
from handlers.context import LOCAL
from handlers.officer_chats import telling
from handlers.officer_chats.around import REASON, SURE, At, Told
from handlers.officer_chats.telling import SEAL

READ, YES = "officer-notice", "officer-yes"
LISTED = 1  # notices named in the list of what waits, besides their number


async def approve(at: At, argument: str) -> Told:
    """The button "Duyệt": once more, with the title and how many get it; of many their number is typed (voice O5)."""
    if not _seen(argument):
        return await read(at, argument)  # nobody approves what they have not seen here
    one = await _waiting(at, argument)
    if isinstance(one, Told):
        return one
    reach = await _reach(at, one)
    number = written(at.words, reach.reached)
    if isinstance(reach.reached, int) and reach.reached >= MANY:
        asked = at.say("officer-chat.sure.number", at.to_drop, title=one.notice.title, number=number)
        return asked.wait(SURE, campaign=one.id, seen=one.notice.hash(), number=reach.reached)
    yes = at.choice("yes", f"{YES}:{_argument(one)}", number=one.id)
    asked = at.say("officer-chat.sure", yes, at.to_drop, title=one.notice.title, number=number)
    return asked.wait(SURE, campaign=one.id, seen=one.notice.hash(), number=0)


def _seen(argument: str) -> bool:
    """Whether a button says what stood above it."""
    return len(argument.partition(":")[2]) == SEAL


async def confirm(at: At, argument: str) -> Told:
    """The last yes, by its button."""
    waiting = at.waiting
    if waiting.state != SURE or waiting.data["number"] or _argument_of(waiting.data) != argument:
        return at.say("officer-chat.old-button", at.to_list).still(waiting)
    return await _take(at, waiting.data["campaign"], Step.APPROVE, seen=waiting.data["seen"])


async def type_number(at: At, text: str) -> Told | None:
    """How many people get it, typed; None where no number is waited for."""
    waiting = at.waiting
    if waiting.state != SURE or not waiting.data["number"]:
        return None
    typed = "".join(each for each in text if each.isdigit())
    if typed != str(waiting.data["number"]):
        number = number_text(waiting.data["number"], at.words.lang)
        return at.say("console.approve.number", at.to_drop, number=number).still(waiting)
    return await _take(at, waiting.data["campaign"], Step.APPROVE, seen=waiting.data["seen"])


async def give_back(at: At, argument: str) -> Told:
    """The button "Trả lại": the next words are the reason."""
    if not _seen(argument):
        return await read(at, argument)
    one = await _waiting(at, argument)
    if isinstance(one, Told):
        return one
    asked = at.say("officer-chat.reason", at.to_drop, title=one.notice.title)
    return asked.wait(REASON, campaign=one.id, seen=one.notice.hash())


async def reason(at: At, text: str) -> Told:
    """Why it is returned."""
    waiting = at.waiting
    if not text or len(text) > MOST_WHY:
        message_id = "console.step.long" if text else "console.step.no-why"
        return at.say(message_id, at.to_drop, most=MOST_WHY).still(waiting)
    return await _take(at, waiting.data["campaign"], Step.RETURN, seen=waiting.data["seen"], why=text)


async def page(at: At, number: str) -> Told:
    """Where its page is."""
    return at.say("officer-chat.page", at.to_list, page=at.page(f"notices/{number}")).still(at.waiting)


async def read(at: At, argument: str) -> Told:
    """All of it once more, as it stands now."""
    one = await _waiting(at, argument.partition(":")[0])
    return one if isinstance(one, Told) else await _shown(at, one)


async def _again(at: At, number: int) -> Told:
    """It is not as it was a moment ago: as it stands now, or what became of it."""
    one = await _waiting(at, str(number))
    return one if isinstance(one, Told) else await _changed(at, one)


async def waits(at: At) -> tuple[list[str], list[QuickReply]]:
    """What waits for an approval of theirs: lines and buttons."""
    if not at.officer.may_somewhere(Right.APPROVE_CAMPAIGNS):
        return [], []
    found = []
    for one in await campaigning.listed(at.storage, CampaignState.SUBMITTED, officer=at.officer.name, now=at.now):
        if at.officer.may(Right.APPROVE_CAMPAIGNS, localities=one.notice.localities) and not await _own(at, one):
            found.append(one)
    lines = [at.words.text("officer-chat.list.notices", count=len(found))]
    lines += [
        at.words.text("officer-chat.list.notice", number=one.id, title=one.notice.title) for one in found[:LISTED]
    ]
    return lines, [at.choice("read", f"{READ}:{one.id}", number=one.id) for one in found[:LISTED]]


async def _own(at: At, one: Campaign) -> bool:
    return fold(at.officer.name) in {fold(name) for name in await campaigning.written_by(at.storage, one)}


def _argument(one: Campaign) -> str:
    return f"{one.id}:{one.notice.hash()[:SEAL]}"


def _argument_of(data: Mapping[str, Any]) -> str:
    return f"{data['campaign']}:{data['seen'][:SEAL]}"


async def _waiting(at: At, argument: str) -> Campaign | Told:
    """The notice, where it waits for approval and stands as it was shown; else what is to be said instead."""
    number, _, seen = argument.partition(":")
    try:
        one, _ = await campaigning.look(
            at.storage, number, Right.APPROVE_CAMPAIGNS, officer=at.officer.name, now=at.now
        )
    except (NotFoundError, NotAllowedError):
        return at.say("officer-chat.gone", at.to_list)
    if one.state is not CampaignState.SUBMITTED:
        return await _passed(at, one)
    if await _own(at, one):
        return at.say("console.notice.own", at.to_list)
    if seen and not one.notice.hash().startswith(seen):
        return await _changed(at, one)
    return one


async def _passed(at: At, one: Campaign) -> Told:
    """It waits no more: who did what with it."""
    async with at.storage.read() as uow:
        history = await uow.notices.history(one.id)
    last = history[-1] if history else None
    named = f"console.act.{last.act}" if last is not None else ""
    act = at.words.text(named) if at.words.has(named) else one.state.value
    officer = last.officer if last is not None else one.created_by
    return at.say("officer-chat.passed", at.to_list, number=one.id, officer=officer, act=act)


async def _changed(at: At, one: Campaign) -> Told:
    shown = await _shown(at, one)
    first = at.words.text("officer-chat.changed")
    return replace(shown, replies=(replace(shown.replies[0], text=f"{first}\n{shown.replies[0].text}"),))


async def _shown(at: At, one: Campaign) -> Told:
    month = await at.ground.month(ask=False)
    plans = await campaigning.planned(at.storage, one, month, now=at.now)
    submitted = telling.Submitted(
        campaign=one,
        on=at.now.astimezone(LOCAL).date(),
        reach=await _reach(at, one),
        plans=tuple(plans),
        guarded=campaigning.guarded(one.notice),
    )
    return Told(replies=(telling.notice_message(at.content, submitted, at.chat.language),))


async def _reach(at: At, one: Campaign) -> ToldReach:
    month = await at.ground.month(ask=False)
    async with at.storage.read() as uow:
        accounts = await uow.lists.accounts()
        reach = await uow.audiences.reach(one.notice, accounts=accounts, now=at.now, windows=month.terms.windows)
    return tell_reach(reach, guarded=campaigning.guarded(one.notice))


async def _take(at: At, number: int, step: Step, *, seen: str, why: str = "") -> Told:
    """The step itself, by the rules of the console."""
    one = await campaigning.find(at.storage, str(number))
    month = await at.ground.month(ask=step is Step.APPROVE)
    doing = Doing(officer=at.officer.name, now=at.now, seen=seen, once=at.once, why=why)
    try:
        await campaigning.take(at.storage, one, step, doing, content=at.content, month=month)
    except StaleError:
        return await _again(at, number)
    except NotAllowedError:
        mine = at.officer.may(campaigning.RIGHTS[step], localities=one.notice.localities)
        return at.say("console.notice.own" if mine else "officer-chat.gone", at.to_list)
    except ChungTayError as error:
        if one.state is not CampaignState.SUBMITTED:
            return await _passed(at, one)
        return at.say(campaigning.refusal(error), at.to_list, most=MOST_WHY)
    minutes = -(-one.notice.hold_back // 60)
    if step == "approve" and not minutes:
        return at.say("officer-chat.done.approve.at-once", at.to_list, title=one.notice.title)
    return at.say(f"officer-chat.done.{step}", at.to_list, title=one.notice.title, minutes=minutes)

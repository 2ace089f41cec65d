"""What somebody sent, stated or signed up for beside their questions: added to the list in the turn's transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from content.event_words import short, title_text
from content.formatting import date_text
from content.reminding import day_of
from content.training import names
from content.training import short as short_title
from content.wording import Wording, wording
from core.conversation import Person, StandingAsked
from core.delivery import NewDelivery
from core.market import PostState
from core.messages import QuickReply
from core.storage import UnitOfWork
from handlers.happened import Happened
from handlers.instead import instead
from handlers.needs.keeping import line_of

EACH = 3  # lines of a kind
BUTTONS = 5  # in one message (voice.md A5)
Part = tuple[list[str], str, str]  # lines, and the button that leads to all of them


class Standing:
    """What a person asks of all rooms at once."""

    async def act(
        self, uow: UnitOfWork, person: Person, happened: Happened, replies: list[NewDelivery], now: datetime
    ) -> list[NewDelivery]:
        """Put what there is below the questions, or in the place of the words that there are none."""
        words, contact = wording(person.contact.language), person.contact.id
        parts: list[Part] = [
            (await _posts(uow, contact, words, now), "market_own", "market-own"),
            (await _needs(uow, contact, words), "stated_mine", "stated-mine"),
            (await _courses(uow, contact, words), "my_courses", "my-courses"),
            (await _fairs(uow, contact, words, now), "events", "events"),
        ]
        found = [one for one in parts if one[0]]
        if not found:
            return replies
        before = replies[happened.own(replies)[-1]].message
        questions = isinstance(happened.event, StandingAsked) and happened.event.questions
        lines = [line for told, _, _ in found for line in told]
        first = before.text if questions else words.text("questions.list", **names(person.contact, words))
        ways = [QuickReply(label=words.text(f"button.{name}"), payload=payload) for _, name, payload in found]
        buttons = _with_room(before.quick_replies if questions else before.quick_replies[-1:], ways)
        message = replace(before, text="\n".join([first, *lines]), quick_replies=buttons)
        return await instead(uow, happened, replies, message)


def _with_room(before: Sequence[QuickReply], ways: Sequence[QuickReply]) -> tuple[QuickReply, ...]:
    """What leads to each, where there is room; the way back to the menu stays last."""
    *others, last = before
    return (*[*others, *ways][: BUTTONS - 1], last)


async def _posts(uow: UnitOfWork, contact: int, words: Wording, now: datetime) -> list[str]:
    lines = []
    for one in (await uow.market.of(contact, day_of(now)))[:EACH]:
        told = ", ".join(said for said in (one.post.what, one.post.amount) if said)
        last = date_text(one.last_day, words.lang)
        name = "market.state.waiting_until" if one.state is PostState.WAITING else f"market.state.{one.state}"
        lines.append(words.text("market.own.line", number=one.id, told=told, state=words.text(name, day=last)))
    return lines


async def _needs(uow: UnitOfWork, contact: int, words: Wording) -> list[str]:
    return [words.text("standing.need", told=line_of(one, words)) for one in (await uow.stated.of(contact))[:EACH]]


async def _courses(uow: UnitOfWork, contact: int, words: Wording) -> list[str]:
    return [
        words.text(f"standing.course.{one.state}", title=short_title(posted.offer.title), code=one.code)
        for one, posted in (await uow.training.of(contact))[:EACH]
    ]


async def _fairs(uow: UnitOfWork, contact: int, words: Wording, now: datetime) -> list[str]:
    lines = []
    for number in (await uow.events.held(contact))[-EACH:]:
        one, seat = await uow.events.get(number), await uow.events.seat(number, contact)
        if one is None or seat is None or one.event.ends_at <= now:
            continue
        day = date_text(day_of(one.event.starts_at), words.lang)
        title = short(title_text(one.event, words))
        lines.append(words.text("standing.fair", title=title, day=day, number=seat.number))
    return lines

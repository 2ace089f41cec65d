"""What a code brings: of one's own question the officer's answer again, of a slip what is printed on it."""

from dataclasses import dataclass, replace
from datetime import datetime

from content.catalogue import Catalogue
from content.formatting import date_text
from content.wording import wording
from core.conversation import AnswerAsked, CodeAsked, Person
from core.delivery import NewDelivery
from core.messages import OutboundMessage
from core.questions import SLIP_LENGTH, Author
from core.storage import UnitOfWork
from handlers import slips
from handlers.answers import told
from handlers.context import LOCAL
from handlers.happened import Happened
from handlers.tries import too_many


@dataclass(frozen=True, slots=True)
class Looking:
    """What there is to tell from, to whom and when."""

    content: Catalogue
    person: Person
    now: datetime


async def act(uow: UnitOfWork, looking: Looking, happened: Happened, replies: list[NewDelivery]) -> list[NewDelivery]:
    """The replies, with what the code brings in place of the turn's last one."""
    if isinstance(happened.event, AnswerAsked):
        return await _again(uow, looking, happened, replies)
    return await _by_code(uow, looking, happened, replies)


async def _by_code(
    uow: UnitOfWork, looking: Looking, happened: Happened, replies: list[NewDelivery]
) -> list[NewDelivery]:
    """To a code that is none of the person's own; whoever goes on guessing is told to wait.

    Of somebody else's question nothing is told, not even whether there is one.
    """
    content, person, now = looking.content, looking.person, looking.now
    assert isinstance(happened.event, CodeAsked)  # noqa: S101
    last, code = happened.own(replies)[-1], happened.event.code
    account, lang = replies[last].urn.account, person.contact.language
    before = replies[last].message
    if await too_many(uow, account, person.contact.id, now):
        return _instead(replies, last, replace(before, text=wording(lang).text("questions.too_many_codes")))
    slip = await uow.slips.find(code, now) if len(code) == SLIP_LENGTH else None
    if slip is None:
        await uow.questions.wrong_code(account, person.contact.id, now)
        return replies
    words = wording(lang)
    known = slip.locality if slip.locality in content.localities else None
    place = content.place(locality=known, on=slip.answered_at.astimezone(LOCAL).date(), lang=lang)
    message = replace(
        before,
        text=words.text("slip.said", place=place, answer=slips.shown(content, slip)),
        source=words.text("answer.source", day=date_text(slip.answered_at.astimezone(LOCAL).date(), lang)),
    )
    return _instead(replies, last, message)


async def _again(
    uow: UnitOfWork, looking: Looking, happened: Happened, replies: list[NewDelivery]
) -> list[NewDelivery]:
    """The officer's last answer, with the buttons that the turn's last reply has."""
    content, person = looking.content, looking.person
    assert isinstance(happened.event, AnswerAsked)  # noqa: S101
    last = happened.own(replies)[-1]
    found = await uow.questions.get(str(happened.event.question_id))
    if found is None or found.id != happened.event.question_id or found.contact_id != person.contact.id:
        return replies
    answers = [one for one in found.thread if one.author is Author.OFFICER]
    if not answers:
        return replies
    answer = told(content, found, person, answers[-1])
    message = replace(answer, quick_replies=replies[last].message.quick_replies)
    return _instead(replies, last, message)


def _instead(replies: list[NewDelivery], place: int, message: OutboundMessage) -> list[NewDelivery]:
    return [*replies[:place], replace(replies[place], message=message), *replies[place + 1 :]]

"""A seat, a number on the waiting list, or neither: decided in the transaction of the turn."""

from collections.abc import Sequence
from datetime import date, datetime

from content.training import line, short, standing, when_and_where
from content.wording import Wording, wording
from core.conversation import Person, Waiting
from core.delivery import NewDelivery
from core.messages import OutboundMessage, QuickReply
from core.records import AuditEntry
from core.storage import UnitOfWork
from core.training import (
    CourseAsked,
    CourseJoined,
    CourseLeft,
    CoursesAsked,
    Enrolment,
    Learning,
    MyCoursesAsked,
)
from core.work import OfferKind, OfferState, Posted
from handlers.context import LOCAL
from handlers.happened import Happened
from handlers.instead import instead

TRAINING = (CoursesAsked, CourseAsked, CourseJoined, MyCoursesAsked, CourseLeft)
CONSENT = "training.consent"
PAGE = 3  # courses in a bubble
BUTTONS = 5  # in one message (voice.md A5)
Said = tuple[str, list[QuickReply]]


class Classes:
    """What a conversation about courses finds and does."""

    async def act(
        self, uow: UnitOfWork, person: Person, happened: Happened, replies: list[NewDelivery], now: datetime
    ) -> list[NewDelivery]:
        """Carry out one event; gives the replies, the last of theirs with what came of it."""
        words = wording(person.contact.language)
        waiting: Waiting | None = None
        match happened.event:
            case CoursesAsked() as wanted:
                said = await _listed(uow, person, words, wanted, now)
            case CourseAsked() as asked:
                said, waiting = await _asked(uow, person, words, asked, now)
            case CourseJoined() as joined:
                said = await _joined(uow, person, words, joined, now)
            case MyCoursesAsked():
                said = await _mine(uow, person, words)
            case CourseLeft(enrolment_id=number):
                said = await _left(uow, person, words, number, now)
            case _:
                return replies
        text, buttons = said
        message = OutboundMessage(text=text, quick_replies=tuple(buttons))
        return await instead(uow, happened, replies, message, waiting, ends=True)


def button(words: Wording, name: str, payload: str = "", **values: object) -> QuickReply:
    """A button by its name among the sentences."""
    return QuickReply(label=words.text(f"button.{name}", **values), payload=payload or name)


def _today(now: datetime) -> date:
    return now.astimezone(LOCAL).date()


async def _listed(uow: UnitOfWork, person: Person, words: Wording, asked: CoursesAsked, now: datetime) -> Said:
    courses = await uow.training.courses([person.contact.locality or ""], taking=_today(now))
    fitting = [one for one in courses if one.offer.occupation in asked.members]
    if fitting:
        return _shown(fitting, 0, words)
    if not asked.trade:
        return _shown(courses, asked.start, words)
    # Said plainly that there is none: the wish can be noted, and the others are shown.
    text, buttons = _shown(courses, 0, words) if courses else ("", [button(words, "officer"), button(words, "menu")])
    lines = [words.text("training.none_of", trade=asked.named[:1].lower() + asked.named[1:]), text]
    wish = button(words, "course_wish", f"course-wish:{asked.trade}")
    return "\n".join(one for one in lines if one), [wish, *buttons][:BUTTONS]


def _shown(courses: Sequence[Posted], start: int, words: Wording) -> Said:
    shown = courses[start : start + PAGE] or courses[:PAGE]
    if not shown:
        return words.text("training.none"), [button(words, "officer"), button(words, "menu")]
    first = start if courses[start:] else 0
    lines = [line(number, one, words) for number, one in enumerate(shown, first + 1)]
    buttons = [
        button(words, "course_number", f"course-join:{one.id}", number=number)
        for number, one in enumerate(shown, first + 1)
    ]
    if len(courses) > PAGE:
        following = first + PAGE if first + PAGE < len(courses) else 0
        buttons.append(button(words, "course_others", f"course-list:{following}"))
    return "\n".join((words.text("training.list"), *lines)), [*buttons, button(words, "officer")]


async def _found(uow: UnitOfWork, person: Person, offer_id: int) -> Posted | None:
    """A course of their own place that was verified."""
    posted = await uow.work.get(offer_id)
    if posted is None or posted.offer.kind is not OfferKind.COURSE or posted.verified_at is None:
        return None
    return posted if posted.locality == person.contact.locality else None


def _gone(words: Wording) -> Said:
    return words.text("training.gone"), [button(words, "courses"), button(words, "officer"), button(words, "menu")]


async def _asked(
    uow: UnitOfWork, person: Person, words: Wording, asked: CourseAsked, now: datetime
) -> tuple[Said, Waiting | None]:
    mine = [(one, posted) for one, posted in await uow.training.of(person.contact.id) if posted.id == asked.offer_id]
    if mine:
        return await _standing(uow, person, words, *mine[0]), None
    posted = await _found(uow, person, asked.offer_id)
    if posted is None or posted.state is not OfferState.VERIFIED or posted.offer.deadline < _today(now):
        return _gone(words), None
    full = posted.offer.seats is not None and posted.taken >= posted.offer.seats
    said = words.text(
        "training.ask",
        title=short(posted.offer.title),
        where=when_and_where(posted.offer, words),
        full=words.text("training.full") if full else "",
        keep=asked.keep,
    )
    buttons = [button(words, "course_agree", "course-agree"), button(words, "course_refuse", "course-refuse")]
    return (said.replace(" \n", "\n"), buttons), Waiting(state=CONSENT, data={"course": posted.id})


async def _standing(uow: UnitOfWork, person: Person, words: Wording, one: Enrolment, posted: Posted) -> Said:
    text = standing(one, posted, await uow.training.number(one), words, person.contact)
    leaving = "course_leave" if one.state is Learning.ENROLLED else "course_wait_no_more"
    buttons = [button(words, leaving, f"course-leave:{one.id}"), button(words, "officer"), button(words, "menu")]
    return text, buttons


async def _joined(uow: UnitOfWork, person: Person, words: Wording, joined: CourseJoined, now: datetime) -> Said:
    posted = await _found(uow, person, joined.offer_id)
    if posted is None:
        return _gone(words)
    contact = person.contact.id
    known = {one.id for one, _ in await uow.training.of(contact)}
    one = await uow.training.join(
        posted.id, joined.learner, contact_id=contact, code=joined.code, by="", now=now, on=_today(now)
    )
    if one is None or one.state is Learning.FINISHED:
        return _gone(words)
    if one.id not in known:
        await _note(uow, contact, f"training.{one.state}", posted.id, now)
    return await _standing(uow, person, words, one, posted)


async def _mine(uow: UnitOfWork, person: Person, words: Wording) -> Said:
    mine = (await uow.training.of(person.contact.id))[:PAGE]
    if not mine:
        return words.text("training.mine.none"), [button(words, "courses"), button(words, "menu")]
    if len(mine) == 1:
        return await _standing(uow, person, words, *mine[0])
    lines = [
        words.text(f"training.mine.{one.state}", number=number, title=short(posted.offer.title), code=one.code)
        for number, (one, posted) in enumerate(mine, 1)
    ]
    buttons = [
        button(words, "course_leave_number", f"course-leave:{one.id}", number=number)
        for number, (one, _) in enumerate(mine, 1)
    ]
    return "\n".join((words.text("training.mine"), *lines)), [*buttons, button(words, "menu")]


async def _left(uow: UnitOfWork, person: Person, words: Wording, number: int, now: datetime) -> Said:
    mine = {one.id: posted for one, posted in await uow.training.of(person.contact.id)}
    posted = mine.get(number)
    if posted is None or await uow.training.leave(number, "") is None:
        return words.text("training.mine.none"), [button(words, "courses"), button(words, "menu")]
    await _note(uow, person.contact.id, "training.left", posted.id, now)
    said = words.text("training.left", title=short(posted.offer.title))
    return said, [button(words, "courses"), button(words, "officer"), button(words, "menu")]


async def _note(uow: UnitOfWork, contact: int, action: str, course: int, now: datetime) -> None:
    entry = AuditEntry(at=now, actor=f"contact:{contact}", action=action, subject=f"work:{course}", detail={})
    await uow.audit.append([entry])

"""What waits is told in officers' chats: written in the transaction that made it wait.

A key of the outbox names the matter first, so that what is over, or not for somebody any more, is found and taken back:
"officer:q<question>:<officer>:<address>:<version>", and for a notice "c" with the moment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from content.audiences import audience_lines
from content.catalogue import Catalogue
from content.citations import Stands, citations
from content.formatting import date_text
from content.planning import lines_of
from content.reporting import written
from content.wording import Wording, wording
from core.campaigns import Campaign
from core.contacts import Contact
from core.delivery import NewDelivery, Priority
from core.messages import OutboundMessage, QuickReply
from core.officer_chats import TOLD, Listener
from core.officers import Right
from core.planning import AccountPlan
from core.questions import Question, QuestionState, spoken_code
from core.report import ToldReach
from core.storage import UnitOfWork
from core.text import fold
from handlers.context import LOCAL
from handlers.dates import spoken_date, spoken_time

ANSWER, THREAD = "officer-answer", "officer-thread"
APPROVE, RETURN, PAGE = "officer-approve", "officer-return", "officer-page"
SEAL = 32  # characters of a notice's hash in a button: 128 bits


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as officers are told of it."""

    question: Question
    asker: Contact
    more: bool = False  # it was known already, and these are further words


async def question(
    uow: UnitOfWork, content: Catalogue, asked: Asked, *, at_night: bool, now: datetime
) -> list[NewDelivery]:
    """What goes to the chats of those who may answer it; to its holder's alone, where it is in somebody's hands."""
    one = asked.question
    if one.state is not QuestionState.OPEN:
        return []
    places = [one.locality] if one.locality else []
    listeners = [
        each
        for each in await uow.chats.listeners()
        if each.officer.may(Right.ANSWER, localities=places, office=one.office or "")
    ]
    holder = await uow.desk.holder(one.id) if listeners else None
    own = [each for each in listeners if holder is not None and each.officer.id == holder[0]]
    urgent = one.urgent or at_night
    return [
        _delivery(
            each,
            (f"q{one.id}", one.version),
            question_message(content, asked, each.chat.language),
            urgent=urgent,
            now=now,
        )
        for each in own or listeners
    ]


def _delivery(
    to: Listener, about: tuple[str, int], message: OutboundMessage, *, urgent: bool, now: datetime
) -> NewDelivery:
    # Behind replies, and not in quiet hours unless it is urgent: as notices are, but of no campaign.
    subject, time = about
    return NewDelivery(
        dedup_key=f"{TOLD}{subject}:{to.officer.id}:{to.chat.address_id}:{time}",
        urn=to.chat.urn,
        contact_id=to.chat.contact_id,
        message=message,
        priority=Priority.URGENT if urgent else Priority.NOTICE,
        available_at=now,
    )


def question_message(content: Catalogue, asked: Asked, lang: str) -> OutboundMessage:
    """A question, or the next words in it: code, topic, place, by when, and the words themselves."""
    one, words = asked.question, wording(lang)
    entry = one.thread[-1]
    lines = [
        words.text("officer-chat.urgent") if one.urgent else "",
        words.text(
            f"officer-chat.question.{'more' if asked.more else 'new'}",
            code=spoken_code(one.code),
            topic=topic_of(content, one, lang),
        ),
        where(content, asked, lang),
        words.text("officer-chat.question.due", due=due(one, lang)),
        words.text("officer-chat.question.words", text=entry.text) if entry.text else "",
        words.text("officer-chat.question.files", count=len(entry.attachments)) if entry.attachments else "",
        words.text("officer-chat.question.how", code=one.code),
    ]
    return OutboundMessage(text="\n".join(line for line in lines if line), quick_replies=question_buttons(one, lang))


def question_buttons(one: Question, lang: str) -> tuple[QuickReply, ...]:
    """Answer it, or see all of it; each label says which question, so that it can be typed as well."""
    code, words = spoken_code(one.code), wording(lang)
    return (
        QuickReply(
            label=words.text("officer-chat.answer.button", code=code), payload=f"{ANSWER}:{one.id}:{one.version}"
        ),
        QuickReply(label=words.text("officer-chat.thread.button", code=code), payload=f"{THREAD}:{one.id}"),
    )


def topic_of(content: Catalogue, one: Question, lang: str) -> str:
    """What it is about, by name."""
    known = content.topics.get(one.topic or "")
    return known.title.get(lang) if known else wording(lang).text("topic.other")


def where(content: Catalogue, asked: Asked, lang: str) -> str:
    """Hamlet and place of whoever asks; nothing else of theirs is told."""
    known = content.localities.get(asked.question.locality or "")
    place = known.place.get(lang) if known else wording(lang).text("console.nowhere")
    said = ", ".join(part for part in (asked.asker.hamlet, place) if part)
    return f"{said[:1].upper()}{said[1:]}"


def due(one: Question, lang: str) -> str:
    """By when an answer is owed."""
    local = one.due_at.astimezone(LOCAL)
    words = wording(lang)
    return words.text("officer-chat.due", time=spoken_time(local.time(), lang), day=spoken_date(local.date(), lang))


# --- notices ---


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A notice that waits for approval: how many it reaches, and what that costs."""

    campaign: Campaign
    on: date  # what it cites is looked at as of this day
    reach: ToldReach
    plans: Sequence[AccountPlan] = ()
    guarded: bool = False


async def notice(
    uow: UnitOfWork, content: Catalogue, one: Submitted, authors: Iterable[str], now: datetime
) -> list[NewDelivery]:
    """What goes to the chats of those who may approve it; never to whoever wrote, changed or submitted it."""
    campaign, own = one.campaign, {fold(name) for name in authors}
    places = campaign.notice.localities
    return [
        _delivery(
            each,
            (f"c{campaign.id}", int(now.timestamp() * 1_000_000)),
            notice_message(content, one, each.chat.language),
            urgent=campaign.notice.urgent,
            now=now,
        )
        for each in await uow.chats.listeners()
        if fold(each.officer.name) not in own and each.officer.may(Right.APPROVE_CAMPAIGNS, localities=places)
    ]


def notice_message(content: Catalogue, one: Submitted, lang: str) -> OutboundMessage:
    """All its words, to whom it goes, how many that is, and what it costs."""
    campaign, words = one.campaign, wording(lang)
    said = campaign.notice
    lines = [
        words.text("officer-chat.urgent-notice") if said.urgent else "",
        words.text("officer-chat.notice", number=campaign.id, title=said.title, officer=_author(campaign)),
        *(line for each in sorted(said.text, reverse=True) for line in _language(words, each, said.said(each))),
        words.text("officer-chat.notice.source", source=said.source),
        *_cited(content, one, words),
        *audience_lines(content, words, said.audience),
        words.text("console.reach", meant=written(words, one.reach.meant), reached=written(words, one.reach.reached)),
        *(line for plan in one.plans for line in lines_of(plan, words, guarded=one.guarded)),
        words.text("officer-chat.question.files", count=len(said.attachments)) if said.attachments else "",
    ]
    return OutboundMessage(text="\n".join(line for line in lines if line), quick_replies=notice_buttons(campaign, lang))


def _cited(content: Catalogue, one: Submitted, words: Wording) -> list[str]:
    """Documents that do not hold on this day, or that nobody knows here."""
    said = one.campaign.notice
    places = sorted(said.localities & set(content.localities))
    place = places[0] if len(places) == 1 else None
    text = "\n".join((said.source, *said.text.values()))
    return [
        words.text(
            f"console.cited.{each.stands}",
            document=each.document,
            **({"date": date_text(each.day, words.lang)} if each.day else {}),
        )
        for each in citations(content, text, locality=place, on=one.on)
        if each.stands is not Stands.IN_FORCE
    ]


def _author(campaign: Campaign) -> str:
    return campaign.submitted_by or campaign.created_by


def _language(words: Wording, lang: str, text: str) -> list[str]:
    return [words.text("officer-chat.notice.text", language=words.text(f"console.compose.text.{lang}")), text]


def notice_buttons(campaign: Campaign, lang: str) -> tuple[QuickReply, ...]:
    """Approve what stands here and nothing else, return it, or see its page."""
    words, number, seen = wording(lang), campaign.id, campaign.notice.hash()[:SEAL]
    named = (("approve", APPROVE, f":{seen}"), ("return", RETURN, f":{seen}"), ("page", PAGE, ""))
    return tuple(
        QuickReply(label=words.text(f"officer-chat.{name}.button", number=number), payload=f"{payload}:{number}{rest}")
        for name, payload, rest in named
    )

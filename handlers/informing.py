"""A message to a citizen about their question, from what an officer did to it: in the officer's transaction."""

from dataclasses import replace
from datetime import datetime

from content.wording import wording
from core.conversation import Conversation, Person
from core.delivery import NewDelivery
from core.messages import OutboundMessage, QuickReply
from core.questions import Question, spoken_code
from core.storage import UnitOfWork
from handlers.turns import FORGET_AFTER
from handlers.typed import with_numbers


async def inform(
    uow: UnitOfWork, what: str, question: Question, person: Person, message: OutboundMessage, *, now: datetime
) -> None:
    """Queue it, and let its buttons mean what they say. The person was loaded in this transaction.

    `what` names the act: each is told once, however often it is repeated with the same moment.
    """
    before = person.conversation
    if before.expires_at is not None and before.expires_at <= now:
        before = Conversation(version=before.version)
    talk = replace(before, offered=message.quick_replies, version=before.version + 1, expires_at=now + FORGET_AFTER)
    (message,) = with_numbers([message], talk)
    await uow.people.save([replace(person, conversation=talk)])
    urn = (await uow.people.addresses(person.contact.id))[0]
    key = f"{what}:{question.id}:{int(now.timestamp() * 1_000_000)}"
    await uow.outbox.add(
        [NewDelivery(dedup_key=key, urn=urn, contact_id=person.contact.id, message=message, available_at=now)]
    )


async def asker(uow: UnitOfWork, question: Question) -> Person | None:
    """Whose question it is, held from now on; None where their data is gone. Before any row of the question is."""
    return await uow.people.get(question.contact_id) if question.contact_id is not None else None


async def talked_to(uow: UnitOfWork, question: Question, now: datetime) -> Person | None:
    """The same where an officer talks to them just now; else nobody."""
    return await asker(uow, question) if question.talks(now) else None


async def talk_over(uow: UnitOfWork, question: Question, person: Person | None, now: datetime) -> None:
    """The officer does not talk to them any more, and they are told."""
    if question.talk_until is None:
        return
    await uow.desk.talk(question.id, None)
    if person is None:
        return
    words = wording(person.contact.language)
    buttons = tuple(
        QuickReply(label=words.text(f"button.{name}"), payload=payload)
        for name, payload in (("write_more", f"question-add:{question.id}"), ("menu", "menu"))
    )
    text = words.text("talk.ended", code=spoken_code(question.code))
    message = OutboundMessage(text=text, quick_replies=buttons)
    await inform(uow, "talk-over", question, person, message, now=now)

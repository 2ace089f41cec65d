"""What was found in the transaction of a turn takes the place of the turn's last reply, or comes right behind it."""

from dataclasses import replace

from core.conversation import Waiting
from core.delivery import NewDelivery
from core.messages import OutboundMessage
from core.storage import UnitOfWork
from handlers.happened import Happened


async def instead(
    uow: UnitOfWork,
    happened: Happened,
    replies: list[NewDelivery],
    message: OutboundMessage,
    waiting: Waiting | None = None,
    *,
    ends: bool = False,
) -> list[NewDelivery]:
    """The replies with this message in the last one's place; for what is awaited from now on see `shown`."""
    await shown(uow, happened.contact, message, waiting, ends=ends)
    return put(replies, happened, message)


async def shown(
    uow: UnitOfWork, contact: int, message: OutboundMessage, waiting: Waiting | None = None, *, ends: bool = False
) -> None:
    """Note the buttons below the last message: they were decided after the turn, and are typed where none are shown.

    What was awaited goes on, unless there is something else to wait for, or it `ends`.
    """
    person = await uow.people.get(contact)
    if person is not None:
        before = person.conversation
        waiting = waiting or (None if ends else before.waiting)
        talk = replace(before, offered=message.quick_replies, waiting=waiting, version=before.version + 1)
        await uow.people.save([replace(person, conversation=talk)])


def put(replies: list[NewDelivery], happened: Happened, message: OutboundMessage) -> list[NewDelivery]:
    """The replies with this message in the last one's place, whatever was offered below it before."""
    last = happened.own(replies)[-1]
    # Numbers that are typed for buttons count those of this bubble.
    message = replace(message, numbered=replies[last].message.numbered)
    return [*replies[:last], replace(replies[last], message=message), *replies[last + 1 :]]


def behind(replies: list[NewDelivery], happened: Happened, message: OutboundMessage, name: str) -> list[NewDelivery]:
    """One more bubble of the turn, told apart by its name; the one before keeps no buttons, for this one asks."""
    last = happened.own(replies)[-1]
    before = replies[last]
    message = replace(message, numbered=before.message.numbered)
    told = replace(before, message=replace(before.message, quick_replies=()))
    more = replace(before, dedup_key=f"{before.dedup_key}:{name}", message=message)
    return [*replies[:last], told, more, *replies[last + 1 :]]

"""One message, one turn: what was typed for a button is a press, and what changes in the conversation. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from core.conversation import (
    Conversation,
    ErasureRequested,
    Misread,
    Notes,
    Person,
    QuestionAsked,
    QuestionExtended,
    ReachChanged,
    Turn,
    Waiting,
)
from core.messages import InboundMessage, QuickReply
from core.misreadings import Why
from core.private import masked
from core.text import in_english
from handlers import answered, drafts, effects, notice_replies
from handlers.address import address_word
from handlers.context import Context
from handlers.remarks import with_remarks
from handlers.routing import Router, dispatch
from handlers.selfcheck.aside import going_on
from handlers.typed import ANSWERING, pressed, with_numbers

EARLIER = 12  # buttons of bubbles further up that still count when their label is typed
FORGET_AFTER = timedelta(days=7)  # what a conversation waits for, and its topic, are forgotten after this


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A turn, and the person as they are after it."""

    person: Person
    turn: Turn
    said: str  # what the person's own bubble shows: the label where they pressed a button


def take(routers: Sequence[Router], ctx: Context) -> Taken:
    """Let the routers answer a message and work out the person's new state. Nothing is stored here."""
    conversation = ctx.person.conversation
    if conversation.expires_at is not None and conversation.expires_at <= ctx.now:
        conversation = Conversation(version=conversation.version)
    message = pressed(ctx.message, conversation)
    word = ctx.contact.address_word or (address_word(message.text) if message.payload is None else None)
    # Whoever writes English is answered in it: the first message of a stranger cannot ask for that in Vietnamese.
    switched = ctx.lang == "vi" and message.payload is None and in_english(message.text)
    contact = replace(
        ctx.contact,
        locality=ctx.contact.locality or _place_of(ctx),
        address_word=word,
        language="en" if switched else ctx.contact.language,
        last_inbound_at=ctx.message.received_at,
    )
    person = replace(ctx.person, contact=contact, conversation=conversation)
    asked = replace(ctx, message=message, person=person)
    turn = notice_replies.declared(asked) or dispatch(routers, asked)
    if any(isinstance(event, ReachChanged) for event in turn.events):
        return Taken(person=replace(ctx.person, conversation=conversation), turn=turn, said="")  # nobody said anything
    turn = with_remarks(replace(ctx, message=message), turn, switched=switched)
    turn = effects.noted(asked, notice_replies.kept(asked, turn))
    turn = going_on(replace(ctx, message=message, person=person), turn)
    turn = _discreet(_in_private(conversation, turn))
    talk = _after(conversation, turn, ctx)
    turn = replace(turn, replies=with_numbers(turn.replies, talk))
    after = replace(
        person,
        notice=None,
        contact=replace(contact, **turn.learnt),  # type: ignore[arg-type]
        conversation=talk,
    )
    # A citizen's number is nothing that we ask for: what is kept of the words does not show it.
    said = masked(_said(message, (*conversation.offered, *conversation.earlier)))
    return Taken(person=after, turn=turn, said=ctx.words.text("private.said") if turn.private else said)


def _place_of(ctx: Context) -> str | None:
    """The place whose channel it came by."""
    place = ctx.message.locality
    return place if place in ctx.content.localities else None


def _in_private(before: Conversation, turn: Turn) -> Turn:
    """Where an answer is awaited that is kept sealed, what was typed may be one, whatever it was read as.

    What goes to an officer is another matter: it was meant for them, or somebody is in danger.
    """
    awaited = before.waiting is not None and before.waiting.state in ANSWERING
    passed_on = any(isinstance(event, QuestionAsked | QuestionExtended) for event in turn.events)
    return turn.in_private() if awaited and not passed_on else turn


def _discreet(turn: Turn) -> Turn:
    """Words that were said in private are not kept to be learnt from, nor as what was answered."""
    if not turn.private:
        return turn
    return replace(turn, heard=None, events=tuple(one for one in turn.events if not isinstance(one, Misread)))


def _said(message: InboundMessage, offered: Sequence[QuickReply]) -> str:
    if message.text or message.payload is None:
        return message.text
    return next((one.label for one in offered if one.payload == message.payload), "")


def _after(before: Conversation, turn: Turn, ctx: Context) -> Conversation:
    if not turn.replies and turn.waiting is None:
        return replace(before, notes=_notes(before, turn, ctx))  # nothing was said: what was asked stays asked
    if turn.waiting is not None and turn.waiting.state.startswith("question.") and not turn.dropped:
        turn = _with_draft(before, turn, ctx)
    offered = next((one.quick_replies for one in reversed(turn.replies) if one.quick_replies), ())
    if not turn.replies:
        offered = before.offered
    return Conversation(
        waiting=turn.waiting or _kept(before, turn, ctx),
        topic=turn.topic or (None if _not_meant(turn) else before.topic),
        offered=offered,
        earlier=_earlier(before, offered),
        heard=turn.heard,
        misses=before.misses + 1 if turn.missed else 0,
        notes=_notes(before, turn, ctx),
        version=before.version,
        expires_at=ctx.now + FORGET_AFTER,
    )


def _notes(before: Conversation, turn: Turn, ctx: Context) -> Notes | None:
    """What is kept sealed: the new notes, or the earlier ones while their time lasts."""
    if turn.forgets_notes or any(isinstance(event, ErasureRequested) for event in turn.events):
        return None
    notes = turn.notes or before.notes
    return notes if notes is not None and notes.until > ctx.now else None


def _not_meant(turn: Turn) -> bool:
    """What was talked about was not what the person had meant."""
    return any(isinstance(event, Misread) and event.why is Why.NOT_MEANT for event in turn.events)


def _with_draft(before: Conversation, turn: Turn, ctx: Context) -> Turn:
    """What is asked about a question does not make a draft go away."""
    waiting, draft = turn.waiting, drafts.still(before, ctx.now)
    if waiting is None or draft is None or "draft" in waiting.data:
        return turn
    return turn.wait(waiting.state, **waiting.data, draft=draft)


def _kept(before: Conversation, turn: Turn, ctx: Context) -> Waiting | None:
    """What was begun and is not over, while something else was talked about."""
    if any(isinstance(event, ErasureRequested) for event in turn.events):
        return None
    passed_on = turn.dropped or any(isinstance(event, QuestionAsked) for event in turn.events)
    draft = None if passed_on else drafts.still(before, ctx.now)
    heard = answered.listening(before, turn, ctx.now)
    if heard is not None:
        return Waiting(state=heard.state, data={**heard.data, "draft": draft})
    return Waiting(state=drafts.KEPT, data=draft) if draft is not None else None


def _earlier(before: Conversation, offered: Sequence[QuickReply]) -> tuple[QuickReply, ...]:
    labels = {one.label for one in offered}
    older = {one.label: one for one in (*before.offered, *before.earlier) if one.label not in labels}
    return tuple(older.values())[:EARLIER]

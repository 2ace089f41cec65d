"""A person takes over: the very words go to an officer, once the person agreed to keep them for that."""

from datetime import timedelta
from typing import Any

from content.understanding import Decision
from core.contacts import Purpose
from core.conversation import ConsentGiven, QuestionAsked, Turn
from core.messages import Attachment, attachment_from_json, attachment_to_json
from core.questions import spoken_code
from handlers.codes import due_at, new_code
from handlers.context import LOCAL, Context, working_days_after
from handlers.dates import spoken_date
from handlers.routing import Router

router = Router("handover")

CONSENT_WORDING = "handover.consent"


@router.press("officer")
@router.word("gặp cán bộ", "cán bộ", "gặp người thật", "officer", "/officer")
@router.action("action:officer")
def officer(ctx: Context, _: str = "") -> Turn:
    """Somebody wants a human: what about?"""
    turn = ctx.say("handover.what", ctx.button("menu"))
    return turn.wait("handover.words", topic=ctx.person.conversation.topic)


@router.state("handover.words")
def read_words(ctx: Context, topic: str | None = None) -> Turn:
    """The words, and the files, for the officer."""
    if not ctx.text and not ctx.message.attachments:
        return officer(ctx)
    return offer(ctx, ctx.text, _topic_of(ctx, topic), ctx.message.attachments)


def _topic_of(ctx: Context, before: str | None) -> str | None:
    """What the words are clearly about; otherwise what was talked about before them."""
    return ctx.reading.labels[0] if ctx.reading.decision is Decision.ANSWER else before


def offer(ctx: Context, text: str, topic: str | None, files: tuple[Attachment, ...] = ()) -> Turn:
    """Ask once whether the words may be kept (voice.md T03); where that was agreed, they go at once."""
    data: dict[str, Any] = {"text": text, "topic": topic, "files": [attachment_to_json(one) for one in files]}
    if any(one.purpose is Purpose.QUESTION and one.expires_at > ctx.now for one in ctx.person.consents):
        return send(ctx, **data)
    turn = ctx.say(
        CONSENT_WORDING,
        ctx.button("hand_over", "handover"),
        ctx.button("keep_to_myself", "cancel"),
    )
    return turn.wait("handover.confirm", **data)


@router.press("handover")
def confirmed(ctx: Context, _: str = "") -> Turn:
    """Yes, pass it on."""
    waiting = ctx.person.conversation.waiting
    if waiting is None or waiting.state != "handover.confirm":
        return officer(ctx)  # an old button: its words are gone, so they are asked for again
    expires = ctx.now + timedelta(days=ctx.keeping.questions)
    given = ConsentGiven(purpose=Purpose.QUESTION, expires_at=expires, wording=CONSENT_WORDING)
    return send(ctx, **waiting.data).event(given)


@router.state("handover.confirm")
def more_words(ctx: Context, text: str, topic: str | None, files: list[dict[str, Any]]) -> Turn:
    """Words instead of a press: they belong to the question."""
    together = f"{text}\n{ctx.text}".strip()
    return offer(ctx, together, topic, (*map(attachment_from_json, files), *ctx.message.attachments))


def send(ctx: Context, text: str, topic: str | None, files: list[dict[str, Any]]) -> Turn:
    """Into an officer's hands: a code, and a day by which there is an answer (voice.md T14)."""
    code, due = new_code(ctx.chance), due_at(ctx)
    turn = ctx.say(
        "handover.sent",
        ctx.button("write_more", "more_words"),
        ctx.button("ask_else", "topics"),
        code=spoken_code(code),
        due=spoken_date(working_days_after(ctx.today, ctx.keeping.answer_within), ctx.lang),
    )
    office = _office(ctx, topic)
    asked = QuestionAsked(
        code=code,
        text=text,
        topic=topic,
        office=office,
        due_at=due.astimezone(LOCAL),
        attachments=tuple(attachment_from_json(one) for one in files),
    )
    return turn.event(asked)


def _office(ctx: Context, topic: str | None) -> str | None:
    if topic is None or topic not in ctx.content.topics:
        return None
    return next(iter(ctx.content.office(topic, locality=ctx.place_id, on=ctx.today).offices), None)

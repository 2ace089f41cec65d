"""A person takes over: the very words go to an officer, once the person agreed to keep them for that."""

import re
from datetime import timedelta
from typing import Any

from content.understanding import Decision
from content.understanding.assent import assent
from core.contacts import Purpose
from core.conversation import ConsentGiven, QuestionAsked, Turn
from core.messages import Attachment, attachment_from_json, attachment_to_json
from core.questions import QuestionKind, QuestionState, spoken_code
from handlers import again, cases, drafts
from handlers.codes import due_at, due_day, new_code
from handlers.context import ELSEWHERE, LOCAL, Context, join
from handlers.dates import spoken_date
from handlers.routing import Router
from handlers.typed import names_a_number

router = Router("handover")

CONSENT_WORDING = "handover.consent"
_SEND = re.compile(r"(?:da |vang |ok |u )*(?:dong y|chuyen|gui)\b")
TAPPED_TWICE = timedelta(minutes=2)


@router.press("officer")
@router.word("gặp cán bộ", "cán bộ", "gặp người thật", "officer", "/officer")
@router.action("action:officer")
def officer(ctx: Context, _: str = "") -> Turn:
    """Somebody wants a human: what about? Words that wait for just this press are passed on."""
    if nobody := _nobody_here(ctx):
        return nobody
    waiting = ctx.person.conversation.waiting
    if waiting is not None and waiting.state == "handover.ready":
        return offer(ctx, waiting.data["text"], waiting.data["topic"])
    if (draft := drafts.pending(ctx.person.conversation)) and draft["files"]:
        return write_first(ctx)
    message_id = "handover.what_again" if agreed(ctx) else "handover.what"
    turn = ctx.say(message_id, ctx.button("menu"))
    return turn.wait("handover.words", topic=ctx.person.conversation.topic)


def _nobody_here(ctx: Context) -> Turn | None:
    """Where no officer of the place reads what is passed on, nothing is."""
    elsewhere = ctx.contact.locality == ELSEWHERE
    return ctx.say("handover.elsewhere", ctx.button("place"), ctx.button("menu")) if elsewhere else None


@router.state("handover.words")
def read_words(ctx: Context, topic: str | None = None) -> Turn | None:
    """The words, and the files, for the officer. Thanks and a goodbye are none."""
    if not ctx.message.attachments:
        said = assent(ctx.text)
        if said is False:
            return _taken_back(ctx)
        if said or not ctx.text:
            return officer(ctx)
        if ctx.reading.decision is Decision.SMALLTALK and ctx.reading.labels[0] in ("thanks", "bye"):
            return None
        if names_a_number(ctx.text) and not ctx.text[:1].isdigit():
            return None
    return offer(ctx, ctx.text, topic_of(ctx, topic), ctx.message.attachments)


def topic_of(ctx: Context, before: str | None) -> str | None:
    """What the words are clearly about; otherwise what was talked about before them."""
    return ctx.reading.labels[0] if ctx.reading.decision is Decision.ANSWER else before


def offer(
    ctx: Context,
    text: str,
    topic: str | None,
    files: tuple[Attachment, ...] = (),
    *,
    kind: QuestionKind = QuestionKind.QUESTION,
) -> Turn:
    """Ask once whether the words may be kept (voice.md T03); where that was agreed, they go at once."""
    if nobody := _nobody_here(ctx):
        return nobody
    data: drafts.Draft = {
        "text": text,
        "topic": topic,
        "files": [attachment_to_json(one) for one in files],
        "shared": drafts.shared_in(ctx),
        "kind": kind.value,
    }
    return send(ctx, data) if agreed(ctx) else ask(ctx, data)


def ask(ctx: Context, draft: drafts.Draft, state: str = "handover.confirm") -> Turn:
    """Whether it may be kept and read; nothing goes without a yes."""
    if nobody := _nobody_here(ctx):
        return nobody
    buttons = (ctx.button("hand_over", "handover"), ctx.button("keep_to_myself", "cancel"))
    return ctx.say(CONSENT_WORDING, *buttons).wait(state, **draft)


def agreed(ctx: Context) -> bool:
    """Whether words may go at once. A yes to one request for review is no yes to all that is asked later."""
    return any(
        one.purpose is Purpose.QUESTION and one.wording == CONSENT_WORDING and one.expires_at > ctx.now
        for one in ctx.person.consents
    )


@router.press("handover")
def confirmed(ctx: Context, _: str = "") -> Turn:
    """Yes, pass it on."""
    if nobody := _nobody_here(ctx):
        return nobody
    waiting, draft = ctx.person.conversation.waiting, drafts.pending(ctx.person.conversation)
    if waiting is None or draft is None:
        # A second tap, or an old button, whose words are gone: they are asked for again.
        return already(ctx) or officer(ctx)
    expires = ctx.now + timedelta(days=ctx.keeping.questions)
    given = ConsentGiven(purpose=Purpose.QUESTION, expires_at=expires, wording=CONSENT_WORDING)
    return send(ctx, draft, older=draft["since"] is not None).event(given)


def already(ctx: Context) -> Turn | None:
    """The question that was passed on a moment ago: phones are slow, and people tap twice."""
    newest = next(iter(ctx.person.questions), None)
    if newest is None or newest.state is not QuestionState.OPEN or ctx.now - newest.created_at > TAPPED_TWICE:
        return None
    buttons = (ctx.button("write_more", "more_words"), ctx.button("ask_else", "topics"))
    return ctx.say("handover.already", *buttons, code=spoken_code(newest.code))


@router.state("handover.offered")
def answer_offer(ctx: Context, **_: Any) -> Turn | None:
    """Offered, not asked for: a yes or a no counts, anything else is a new message."""
    return _yes_or_no(ctx)


def _yes_or_no(ctx: Context) -> Turn | None:
    said = assent(ctx.text) if not ctx.message.attachments else None
    if said is None:
        return None
    if not said:
        return _taken_back(ctx)
    key = cases.taken_by_yes(ctx)
    return take(ctx, key) if key else confirmed(ctx)


def means_send(ctx: Context) -> bool:
    """Whether these words alone order what waits to be sent ("gửi đi", "đồng ý")."""
    return _SEND.match(ctx.folded) is not None and assent(ctx.text) is True


def _taken_back(ctx: Context) -> Turn:
    return ctx.say("cancelled", ctx.button("topics"), ctx.button("menu")).drop()


@router.state("handover.confirm")
def more_words(ctx: Context, **_: Any) -> Turn | None:
    """Words instead of a press: a yes, a no, or more for the question."""
    if turn := _yes_or_no(ctx):
        return turn
    if not ctx.message.attachments and names_a_number(ctx.text):
        return None  # of no button: said so, and nothing is added
    draft = drafts.pending(ctx.person.conversation)
    asked = draft is not None and draft["files"] and not ctx.message.attachments
    return added(ctx, again.beside(ctx) if asked else None)


def added(ctx: Context, answer: Turn | None = None) -> Turn:
    """This message joins what waits, and what that is now is said; behind an answer, where it asks something."""
    draft = drafts.with_message(ctx, topic_of(ctx, ctx.person.conversation.topic))
    pass_on, keep = ctx.button("hand_over", "handover"), ctx.button("keep_to_myself", "cancel")
    what = drafts.spoken(ctx, draft)
    shared = next((one["kind"] for one in drafts.shared_in(ctx)), None)
    if shared is None:
        turn = ctx.say("handover.added", *cases.take_buttons(ctx), pass_on, keep, what=what)
    else:
        buttons = (*cases.take_buttons(ctx), pass_on, ctx.button(f"take_out_{shared}", "take_out"), keep)
        turn = ctx.say("handover.added_shared", *buttons, what=what, shared=ctx.fill(f"draft.{shared}"))
    return (answer.then(turn) if answer else turn).wait("handover.confirm", **draft)


@router.press("question-take")
def take(ctx: Context, key: str) -> Turn | None:
    """What waits for a yes belongs to a question that was passed on before."""
    draft = drafts.pending(ctx.person.conversation)
    if draft is None:
        return already(ctx) or officer(ctx)
    files = tuple(attachment_from_json(file) for file in draft["files"])
    turn = cases.extend(ctx, int(key) if key.isdecimal() else 0, draft["text"], files)
    return turn.drop() if turn is not None else None


@router.press("write_first")
def write_first(ctx: Context, _: str = "") -> Turn:
    """A picture waits, and the person wants to say something with it."""
    draft = drafts.pending(ctx.person.conversation)
    if draft is None:
        return officer(ctx)
    buttons = (ctx.button("hand_over", "handover"), ctx.button("keep_to_myself", "cancel"))
    return ctx.say("handover.write_first", *buttons).wait("handover.confirm", **draft)


def send(ctx: Context, draft: drafts.Draft, *, older: bool = False) -> Turn:
    """Into an officer's hands: a code, and a day by which there is an answer (voice.md T14)."""
    code, due = new_code(ctx.chance), due_at(ctx)
    sent = ctx.fill(
        "handover.sent",
        what=drafts.spoken(ctx, draft, quoted=older),
        code=spoken_code(code),
        due=spoken_date(due_day(ctx), ctx.lang),
    )
    office = cases.office_line(ctx, ctx.place_id, draft["topic"], _office(ctx, draft["topic"]))
    turn = ctx.tell(join([sent, office]), ctx.button("write_more", "more_words"), ctx.button("ask_else", "topics"))
    asked = QuestionAsked(
        code=code,
        text=draft["text"],
        topic=draft["topic"],
        office=_office(ctx, draft["topic"]),
        due_at=due.astimezone(LOCAL),
        attachments=tuple(attachment_from_json(one) for one in draft["files"]),
        kind=QuestionKind(draft.get("kind") or QuestionKind.QUESTION),
    )
    return turn.event(asked)


def _office(ctx: Context, topic: str | None) -> str | None:
    if topic is None or topic not in ctx.content.topics:
        return None
    return next(iter(ctx.content.office(topic, locality=ctx.place_id, on=ctx.today).offices), None)

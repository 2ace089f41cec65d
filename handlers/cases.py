"""The person's own questions: found, added to, and to which of them something may belong."""

from datetime import datetime, timedelta

from content.wording import wording
from core.conversation import QuestionExtended, Turn
from core.messages import Attachment, QuickReply
from core.questions import Question, QuestionState, spoken_code
from handlers.codes import due_at
from handlers.context import LOCAL, Context
from handlers.dates import spoken_date, spoken_time

JUST_NOW = timedelta(hours=1)  # since a question was passed on
ANSWERED = "question.answered"
ALARM = "danger.answered"
# A night: who hides from somebody writes again when they are alone, and that may be in the morning.
ALARM_LISTENS_FOR = timedelta(hours=12)
FEEDBACK = "feedback"


def mine(ctx: Context, key: str) -> Question | None:
    """The person's own question of that number."""
    return next((one for one in ctx.person.questions if str(one.id) == key), None)


def extend(ctx: Context, question: int, text: str, files: tuple[Attachment, ...]) -> Turn | None:
    """These words and files belong to the question from now on; None where there is none of that number."""
    one = mine(ctx, str(question))
    if one is None:
        return None
    extended = more_of(ctx, one, text, files)
    due = extended.due_at
    turn = ctx.say(
        "questions.added",
        ctx.button("ask_else", "topics"),
        ctx.button("menu"),
        code=spoken_code(one.code),
        due=spoken_date((due or one.due_at).astimezone(LOCAL).date(), ctx.lang),
    )
    since = ctx.now.isoformat()
    if one.urgent:
        return turn.event(extended).wait(ALARM, question=question, since=since, told=told(ctx))
    return turn.event(extended).wait(ANSWERED, question=question, since=since)


def more_of(ctx: Context, one: Question, text: str, files: tuple[Attachment, ...]) -> QuestionExtended:
    """These words and files for a question. Whoever was owed nothing any more is owed an answer from today."""
    return QuestionExtended(
        question_id=one.id,
        text=text,
        attachments=files,
        reopen=one.state in (QuestionState.ANSWERED, QuestionState.CLOSED),
        due_at=None if one.state is QuestionState.OPEN else due_at(ctx, urgent=one.urgent),
    )


def alarm(ctx: Context) -> Question | None:
    """The urgent question that an officer answered some hours ago at most: what is written next belongs to it."""
    waiting = ctx.person.conversation.waiting
    if waiting is None or waiting.state != ALARM:
        return None
    one = mine(ctx, str(waiting.data["question"]))
    fresh = ctx.now - datetime.fromisoformat(waiting.data["since"]) < ALARM_LISTENS_FOR
    return one if fresh and one is not None and one.state is not QuestionState.WITHDRAWN else None


def told(ctx: Context) -> list[str]:
    """The dangers that the person told of in the alarm that goes on."""
    waiting = ctx.person.conversation.waiting
    return list(waiting.data.get("told", [])) if waiting and waiting.state.startswith("danger.") else []


def office_line(ctx: Context, locality: str | None, topic: str | None, office: str | None) -> str:
    """Which office answers, and which the plan names beside it; empty where it is nobody's in particular."""
    place = ctx.content.localities.get(locality or "")
    names = {one.id: one.name.get(ctx.lang) for one in place.offices} if place else {}
    if place is None or office not in names:
        return ""
    # A difficulty is relayed to all whom the plan names; with other matters people go to the one that leads.
    handles = next((one for one in place.who if one.topic == topic == FEEDBACK and office in one.lead), None)
    others = [*(one for one in handles.lead if one != office), *handles.also] if handles else []
    told = ctx.fill("questions.with_office", office=names[office])
    if not others:
        return told
    return f"{told} {ctx.fill('questions.with_office.also', offices=', '.join(names[one] for one in others))}"


def recent(ctx: Context) -> Question | None:
    """What comes now may belong to the question that was answered, or passed on, a moment ago."""
    waiting = ctx.person.conversation.waiting
    if waiting is not None and waiting.state == ANSWERED:
        return mine(ctx, str(waiting.data["question"]))
    newest = next(iter(ctx.person.questions), None)
    fresh = newest is not None and newest.state is QuestionState.OPEN and ctx.now - newest.created_at <= JUST_NOW
    return newest if fresh else None


def take_buttons(ctx: Context) -> tuple[QuickReply, ...]:
    """A button that adds what waits for a yes to that question; none where there is no such question."""
    one = recent(ctx) or _offered_before(ctx)
    if one is None:
        return ()
    label = ctx.words.text("button.add_to", code=spoken_code(one.code))
    return (QuickReply(label=label, payload=f"question-take:{one.id}"),)


def _offered_before(ctx: Context) -> Question | None:
    key = taken_by_yes(ctx)
    return mine(ctx, key) if key else None


def taken_by_yes(ctx: Context) -> str | None:
    """The question that the last bubble offered to add to: there a typed yes means that button."""
    payloads = [one.payload for one in ctx.person.conversation.offered]
    return next((one.partition(":")[2] for one in payloads if one.startswith("question-take:")), None)


def state_line(one: Question, topic: str, lang: str) -> str:
    """Where a question stands, by its code and its topic; none of its words."""
    local, words = one.due_at.astimezone(LOCAL), wording(lang)
    if one.urgent and one.state is QuestionState.OPEN:
        state = words.text("question.state.urgent", time=spoken_time(local.time(), lang))
    else:
        state = words.text(f"question.state.{one.state}", due=spoken_date(local.date(), lang))
    return words.text("questions.line", code=spoken_code(one.code), topic=topic, state=state)

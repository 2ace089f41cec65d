"""What became of a question: seen by its code, added to, settled."""

import re

from content.understanding import Decision
from content.understanding.assent import assent
from core.conversation import QuestionClosed, QuestionExtended, Turn
from core.messages import QuickReply
from core.questions import Question, QuestionState, spoken_code
from core.text import fold
from handlers import handover
from handlers.codes import due_at, read_code
from handlers.context import LOCAL, Context, join
from handlers.dates import spoken_date, spoken_time
from handlers.routing import Router

router = Router("questions")

SHOWN = 4  # questions in one list
_UNCLEAR = re.compile(r"^(?:(?:toi|em|minh|chau|con|bac) )?(?:chua|khong|van chua|van khong|kho) (?:ro|hieu|biet)\b")


@router.press("questions")
@router.word("việc đã gửi", "câu hỏi của tôi", "my questions")
@router.action("action:status")
def listing(ctx: Context, _: str = "") -> Turn:
    """The person's questions, newest first."""
    mine = [one for one in ctx.person.questions if one.state is not QuestionState.WITHDRAWN][:SHOWN]
    if not mine:
        return ctx.say("questions.none", ctx.button("officer"), ctx.button("topics"))
    lines = [ctx.fill("questions.list"), *(_line(ctx, one) for one in mine)]
    buttons = [QuickReply(label=spoken_code(one.code), payload=f"question:{one.id}") for one in mine]
    return ctx.tell(join(lines), *buttons, ctx.button("menu"))


def _line(ctx: Context, one: Question) -> str:
    local = one.due_at.astimezone(LOCAL)
    if one.urgent and one.state is QuestionState.OPEN:
        state = ctx.words.text("question.state.urgent", time=spoken_time(local.time(), ctx.lang))
    else:
        state = ctx.words.text(f"question.state.{one.state}", due=spoken_date(local.date(), ctx.lang))
    return ctx.words.text("questions.line", code=spoken_code(one.code), topic=ctx.topic_title(one.topic), state=state)


@router.before_understanding
def code(ctx: Context) -> Turn | None:
    """A code typed by itself."""
    typed = read_code(ctx.text)
    if typed is None:
        return None
    known = next((one for one in ctx.person.questions if one.code == typed), None)
    if known is None:
        buttons = (ctx.button("questions"), ctx.button("officer"))
        return ctx.say("questions.unknown_code", *buttons, code=spoken_code(typed))
    return show(ctx, str(known.id))


def _mine(ctx: Context, key: str) -> Question | None:
    return next((one for one in ctx.person.questions if str(one.id) == key), None)


@router.press("question")
def show(ctx: Context, key: str) -> Turn | None:
    """One question: where it stands."""
    one = _mine(ctx, key)
    if one is None:
        return None
    add = QuickReply(label=ctx.words.text("button.write_more"), payload=f"question-add:{one.id}")
    buttons = [add]
    if one.state is QuestionState.OPEN:
        buttons.append(QuickReply(label=ctx.words.text("button.withdraw"), payload=f"question-withdraw:{one.id}"))
    return ctx.tell(_line(ctx, one), *buttons, ctx.button("menu"))


@router.press("more_words")
def add_to_newest(ctx: Context, _: str = "") -> Turn:
    """The button below the message that said a question was passed on."""
    newest = next((one for one in ctx.person.questions if one.state is not QuestionState.WITHDRAWN), None)
    return add(ctx, str(newest.id)) or handover.officer(ctx) if newest else handover.officer(ctx)


@router.state("question.answered")
def say_whether_clear(ctx: Context, question: int) -> Turn | None:
    """What is said to an officer's answer: that it was clear, that it was not, or something to look at."""
    if ctx.message.attachments:
        return read_more(ctx, question)
    said, reading = assent(ctx.text), ctx.reading
    thanks = reading.decision is Decision.SMALLTALK and reading.labels[0] in ("thanks", "bye")
    if said or thanks:
        return clear(ctx, str(question))
    if said is False or _UNCLEAR.search(fold(ctx.text)):
        return _ask_for_words(ctx, str(question), "questions.unclear")
    return None


@router.press("question-add")
def add(ctx: Context, key: str) -> Turn | None:
    """More words to a question."""
    return _ask_for_words(ctx, key, "questions.add")


@router.state("question.words")
def read_more(ctx: Context, question: int) -> Turn | None:
    """The words to add."""
    one = _mine(ctx, str(question))
    if one is None or not (ctx.text or ctx.message.attachments):
        return None
    reopen = one.state in (QuestionState.ANSWERED, QuestionState.CLOSED)
    extended = QuestionExtended(
        question_id=one.id,
        text=ctx.text,
        attachments=ctx.message.attachments,
        reopen=reopen,
        # Whoever was owed nothing any more is owed an answer from today.
        due_at=None if one.state is QuestionState.OPEN else due_at(ctx, urgent=one.urgent),
    )
    turn = ctx.say("questions.added", *_after(ctx), code=spoken_code(one.code))
    return turn.event(extended)


@router.press("question-clear")
def clear(ctx: Context, key: str) -> Turn | None:
    """The answer was clear."""
    one = _mine(ctx, key)
    return ctx.say("questions.cleared", *_after(ctx)).event(QuestionClosed(question_id=one.id)) if one else None


@router.press("question-disagree")
def disagree(ctx: Context, key: str) -> Turn | None:
    """The person does not agree: asked why, and the right that stays is named."""
    return _ask_for_words(ctx, key, "questions.disagree")


def _ask_for_words(ctx: Context, key: str, sentence: str) -> Turn | None:
    one = _mine(ctx, key)
    if one is None:
        return None
    turn = ctx.say(sentence, ctx.button("menu"), code=spoken_code(one.code))
    return turn.wait("question.words", question=one.id)


@router.press("question-withdraw")
def withdraw(ctx: Context, key: str) -> Turn | None:
    """The person takes a question back."""
    one = _mine(ctx, key)
    if one is None:
        return None
    turn = ctx.say("questions.withdrawn", *_after(ctx), code=spoken_code(one.code))
    return turn.event(QuestionClosed(question_id=one.id, withdrawn=True))


def _after(ctx: Context) -> tuple[QuickReply, ...]:
    return (ctx.button("ask_else", "topics"), ctx.button("menu"))

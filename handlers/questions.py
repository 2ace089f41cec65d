"""What became of a question: seen by its code, added to, settled."""

import re

from content.understanding import Decision
from content.understanding.assent import assent
from core.contacts import Purpose
from core.conversation import AnswerAsked, CodeAsked, QuestionClosed, StandingAsked, Turn
from core.messages import QuickReply, attachment_from_json
from core.questions import Question, QuestionState, spoken_code
from handlers import cases, drafts, handover
from handlers.codes import code_within, read_code, read_slip_code
from handlers.context import Context, join
from handlers.routing import Router

router = Router("questions")

SHOWN = 4  # questions in one list
BESIDE = (Purpose.MARKET, Purpose.STATED, Purpose.TRAINING, Purpose.EVENTS)  # what is sent that is no question
_HOW_LONG = re.compile(
    r"(?:(?:sao|ma|gi ma|lam gi|the|cho|doi) )*(?:lau|cham)(?: (?:the|vay|qua|lam|roi|a|ta|troi|chua tra loi))*"
    r"|(?:the |vay )?(?:sao|den dau|toi dau|the nao|xong)(?: (?:roi|chua|a|ha|vay))+"
    r"|sao (?:lau )?(?:chua|khong) (?:thay )?(?:ai )?(?:tra loi|co|noi|bao)(?: (?:gi|het|vay|the|ca|a))*"
)
WRITING = ("handover.words", "handover.confirm", "question.words")


@router.press("questions")
@router.word("việc đã gửi", "câu hỏi của tôi", "my questions")
@router.action("action:status")
def listing(ctx: Context, _: str = "") -> Turn:
    """The person's questions, newest first."""
    shown = [one for one in ctx.person.questions if one.state is not QuestionState.WITHDRAWN][:SHOWN]
    draft = drafts.pending(ctx.person.conversation)
    waits = ctx.fill("questions.draft", what=drafts.spoken(ctx, draft)) if draft else ""
    pass_on = (ctx.button("hand_over", "handover"),) if draft else ()
    beside = (StandingAsked(questions=bool(shown)),) if _sent_else(ctx) and not draft else ()
    if not shown:
        buttons = pass_on or (ctx.button("officer"),)
        last = ctx.button("menu" if beside else "topics")
        return ctx.tell(join([ctx.fill("questions.none"), waits]), *buttons, last).event(*beside)
    lines = [ctx.fill("questions.list"), *(_line(ctx, one) for one in shown), waits]
    codes = [QuickReply(label=spoken_code(one.code), payload=f"question:{one.id}") for one in shown]
    return ctx.tell(join(lines), *pass_on, *codes, ctx.button("menu")).event(*beside)


def _sent_else(ctx: Context) -> bool:
    """Whether they may have sent, stated or signed up for something that is no question."""
    return any(one.purpose in BESIDE and one.expires_at > ctx.now for one in ctx.person.consents)


@router.before_understanding
def how_long(ctx: Context) -> Turn | None:
    """ "Sao lâu thế": what they sent, where they sent anything."""
    sent = any(one.state is not QuestionState.WITHDRAWN for one in ctx.person.questions) or _sent_else(ctx)
    return listing(ctx) if sent and _HOW_LONG.fullmatch(ctx.folded) else None


def _line(ctx: Context, one: Question) -> str:
    urgent = one.urgent and one.topic is None
    return cases.state_line(one, ctx.words.text("topic.urgent") if urgent else ctx.topic_title(one.topic), ctx.lang)


@router.but_words
def own_code(ctx: Context) -> Turn | None:
    """The code of a question of one's own, whatever was just asked; not among answers that are private, and in a
    sentence not while words for an officer are being written.
    """
    waiting = ctx.person.conversation.waiting
    state = waiting.state if waiting is not None else ""
    if state.startswith(("selfcheck.", "request.", "danger.")):
        return None
    typed = read_code(ctx.text) or (None if state.startswith(WRITING) else code_within(ctx.text))
    known = next((one for one in ctx.person.questions if one.code == typed), None)
    return show(ctx, str(known.id)) if known is not None else None


@router.before_understanding
def code(ctx: Context) -> Turn | None:
    """A code typed by itself, or in a sentence about it; or that of a slip."""
    if slip := read_slip_code(ctx.text):
        turn = ctx.say("slip.unknown", ctx.button("officer"), ctx.button("menu"), code=spoken_code(slip))
        return turn.event(CodeAsked(code=slip))
    typed = read_code(ctx.text) or code_within(ctx.text)
    if typed is None:
        return None
    known = next((one for one in ctx.person.questions if one.code == typed), None)
    if known is not None:
        return show(ctx, str(known.id))
    buttons = (ctx.button("questions"), ctx.button("officer"))
    turn = ctx.say("questions.unknown_code", *buttons, code=spoken_code(typed))
    return turn.event(CodeAsked(code=typed))


@router.press("question")
def show(ctx: Context, key: str) -> Turn | None:
    """One question: where it stands."""
    one = cases.mine(ctx, key)
    if one is None:
        return None
    add = QuickReply(label=ctx.words.text("button.write_more"), payload=f"question-add:{one.id}")
    buttons = [add]
    if one.state is QuestionState.OPEN:
        buttons.append(QuickReply(label=ctx.words.text("button.withdraw"), payload=f"question-withdraw:{one.id}"))
    line = join([_line(ctx, one), _with_whom(ctx, one)])
    if one.state is QuestionState.OPEN:
        return ctx.tell(line, *buttons, ctx.button("menu"))
    # The answer once more takes the place of these words, as long as it is kept.
    gone = ctx.say("questions.answer_gone", *buttons, ctx.button("menu"))
    if one.state is QuestionState.WITHDRAWN:
        return ctx.tell(line, *buttons, ctx.button("menu"))
    return ctx.tell(line).then(gone).event(AnswerAsked(question_id=one.id))


def _with_whom(ctx: Context, one: Question) -> str:
    """Which office has it: by its name in the plan, and whoever above the place was asked."""
    if one.state is not QuestionState.OPEN:
        return ""
    if one.upper:
        return ctx.fill("questions.with_upper", office=one.upper)
    return cases.office_line(ctx, one.locality, one.topic, one.office)


@router.press("more_words")
def add_to_newest(ctx: Context, _: str = "") -> Turn:
    """The button below the message that said a question was passed on."""
    newest = next((one for one in ctx.person.questions if one.state is not QuestionState.WITHDRAWN), None)
    return add(ctx, str(newest.id)) or handover.officer(ctx) if newest else handover.officer(ctx)


@router.press("question-add")
def add(ctx: Context, key: str) -> Turn | None:
    """More words to a question."""
    return ask_for_words(ctx, key, "questions.add")


@router.state("question.words")
def read_more(ctx: Context, question: int, draft: drafts.Draft | None = None, along: bool = False) -> Turn | None:
    """The words to add, and the files; with `along` also what waited for a yes before."""
    one = cases.mine(ctx, str(question))
    if one is None or not (ctx.text or ctx.message.attachments):
        return None
    if not ctx.message.attachments:
        if assent(ctx.text) is False:
            return ctx.say("cancelled", *_after(ctx)).drop()
        if ctx.reading.decision is Decision.SMALLTALK and ctx.reading.labels[0] in ("thanks", "bye"):
            return clear(ctx, str(question)) if one.state is QuestionState.ANSWERED else None
    before = draft if draft is not None and along else None
    files = tuple(attachment_from_json(file) for file in before["files"]) if before else ()
    text = f"{before['text'] if before else ''}\n{ctx.text}".strip()
    turn = cases.extend(ctx, question, text, (*files, *ctx.message.attachments))
    return turn.drop() if turn is not None and along else turn


@router.press("question-clear")
def clear(ctx: Context, key: str) -> Turn | None:
    """The answer was clear."""
    one = cases.mine(ctx, key)
    if one is None:
        return None
    turn = ctx.say("questions.cleared", *_after(ctx), code=spoken_code(one.code))
    return turn.event(QuestionClosed(question_id=one.id))


@router.press("question-disagree")
def disagree(ctx: Context, key: str) -> Turn | None:
    """The person does not agree: asked why, and the right that stays is named."""
    return ask_for_words(ctx, key, "questions.disagree")


def ask_for_words(ctx: Context, key: str, sentence: str) -> Turn | None:
    """Asked until there are words; pictures that wait for a yes go with them, and that is said."""
    one = cases.mine(ctx, key)
    if one is None:
        return None
    draft = drafts.pending(ctx.person.conversation)
    along = draft is not None and bool(draft["files"])
    text = ctx.fill(sentence, code=spoken_code(one.code))
    if draft is not None and along:
        text = join([text, ctx.fill("questions.carried", what=drafts.spoken(ctx, draft))])
    return ctx.tell(text, ctx.button("menu")).wait("question.words", question=one.id, draft=draft, along=along)


@router.press("question-withdraw")
def withdraw(ctx: Context, key: str) -> Turn | None:
    """The person takes a question back."""
    one = cases.mine(ctx, key)
    if one is None:
        return None
    turn = ctx.say("questions.withdrawn", *_after(ctx), code=spoken_code(one.code))
    return turn.event(QuestionClosed(question_id=one.id, withdrawn=True))


def _after(ctx: Context) -> tuple[QuickReply, ...]:
    return (ctx.button("ask_else", "topics"), ctx.button("menu"))

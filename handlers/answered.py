"""After an officer's answer: clear, not clear, not right, or more for the officer, in a person's own words."""

import re
from datetime import datetime, timedelta

from content.understanding import Decision, Reading
from content.understanding.assent import assent
from core.conversation import Conversation, QuestionClosed, Turn, Waiting
from core.messages import QuickReply
from core.questions import Question, QuestionState, spoken_code
from handlers import again, cases, drafts, handover, questions
from handlers.context import Context
from handlers.routing import Router

router = Router("answered")

OFFERED = "question.offered"
LISTENS_FOR = timedelta(hours=1)  # from the answer, or from what was added last
FEW = 4  # words that say only that something is wrong; more say what
OF_ITS_OWN = (Decision.SMALLTALK, Decision.FRAUD, Decision.CAUTION, Decision.DANGER)
_WRONG = re.compile(r"\b(?:khong (?:dung|phai vay|dong y|chiu)|chua (?:dung|dong y)|sai (?:roi|bet|het)|noi sai)\b")
_UNCLEAR = re.compile(r"\b(?:(?:chua|khong) (?:ro|hieu|thong)|kho hieu)\b")
CLEAR = re.compile(
    r"(?:(?:da|vang|u|uh|toi|em|chau|con) )*(?:ro|hieu|biet|roi|xong|ok)(?: (?:duoc|het|ro|roi|a|nhe|nha))*"
)
_BUT = re.compile(r"\b(?:nhung|chua|khong|sao|the con|vay con|lau|khi nao|bao gio|o dau)\b")


@router.state(cases.ANSWERED)
def react(ctx: Context, question: int, before: str = "", **_: object) -> Turn | None:
    """What is said next; None where it is surely a matter of its own, or something to look at."""
    one = cases.mine(ctx, str(question))
    to_send = drafts.pending(ctx.person.conversation) is not None and handover.means_send(ctx)
    if one is None or not ctx.text or ctx.message.attachments or to_send:
        return None
    text = f"{before}\n{ctx.text}".strip()
    return _to_an_answer(ctx, one, text) if one.state is QuestionState.ANSWERED else _to_nobody_yet(ctx, one, text)


def _to_nobody_yet(ctx: Context, one: Question, text: str) -> Turn | None:
    """No officer has answered: only what means nothing else may be about it."""
    return None if _is_known(ctx.understanding.read(ctx.text)) else _offer(ctx, one, text)


def _is_known(reading: Reading) -> bool:
    return reading.decision not in (Decision.UNKNOWN, Decision.OUT_OF_SCOPE)


def _to_an_answer(ctx: Context, one: Question, text: str) -> Turn | None:
    folded = ctx.folded
    wrong, unclear = _WRONG.search(folded) is not None, _UNCLEAR.search(folded) is not None
    if (wrong or unclear) and len(folded.split()) <= FEW:
        return questions.ask_for_words(ctx, str(one.id), f"questions.{'disagree' if wrong else 'unclear'}")
    reading = ctx.understanding.read(ctx.text)  # by itself: what was asked before the answer does not matter
    if _is_known(reading) and reading.sure >= again.SURE:
        return None
    if turn := _clear(ctx, one, reading):
        return turn
    return None if reading.decision in OF_ITS_OWN and not (wrong or unclear) else _offer(ctx, one, text)


def _offer(ctx: Context, one: Question, text: str) -> Turn:
    buttons = (
        QuickReply(label=ctx.words.text("button.add_this"), payload=f"question-send:{one.id}"),
        ctx.button("ask_else", "topics"),
    )
    turn = ctx.say("questions.offer_add", *buttons, code=spoken_code(one.code))
    return turn.wait(OFFERED, question=one.id, text=text)


def _clear(ctx: Context, one: Question, reading: Reading) -> Turn | None:
    folded = ctx.folded
    thanks = reading.decision is Decision.SMALLTALK and reading.labels[0] in ("thanks", "bye")
    if _BUT.search(folded) or not (thanks or assent(ctx.text) or CLEAR.fullmatch(folded)):
        return None
    return questions.clear(ctx, str(one.id))


@router.state(OFFERED)
def answer_offer(ctx: Context, question: int, text: str, **_: object) -> Turn | None:
    """Whether the words go to the officer."""
    said = assent(ctx.text) if not ctx.message.attachments else None
    if said:
        return cases.extend(ctx, question, text, ())
    if said is False:
        return ctx.say("cancelled", ctx.button("topics"), ctx.button("menu"))
    return react(ctx, question, text)


@router.press("question-send")
def send(ctx: Context, key: str) -> Turn | None:
    """Yes: these words belong to the question."""
    waiting = ctx.person.conversation.waiting
    if waiting is None or waiting.state != OFFERED:
        return questions.add(ctx, key)
    return cases.extend(ctx, waiting.data["question"], waiting.data["text"], ())


def listening(conversation: Conversation, turn: Turn, now: datetime) -> Waiting | None:
    """While something else is talked about, what is said next may still be about the answer: which, and since when."""
    waiting = conversation.waiting
    closed = any(isinstance(event, QuestionClosed) for event in turn.events)
    if waiting is None or waiting.state not in (cases.ANSWERED, OFFERED, cases.ALARM) or closed:
        return None
    since = str(waiting.data.get("since") or now.isoformat())
    alarm = waiting.state == cases.ALARM
    over = now - datetime.fromisoformat(since) >= (cases.ALARM_LISTENS_FOR if alarm else LISTENS_FOR)
    kept = {"question": waiting.data["question"], "since": since}
    if alarm:
        kept.update({name: waiting.data[name] for name in ("told", "asked") if name in waiting.data})
    return None if over else Waiting(state=cases.ALARM if alarm else cases.ANSWERED, data=kept)

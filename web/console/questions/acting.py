"""What officers do with a question: answer, note, take, give, hand over, close. All of it as the command line does."""

from collections.abc import Awaitable
from contextlib import suppress
from datetime import date, datetime

from starlette.responses import Response

from core.errors import ChungTayError, NotAllowedError, NotFoundError, StaleError
from core.officers import Right
from core.questions import Author, Question
from handlers import holding, talking
from handlers.answers import MAX_ANSWER, answer_question
from handlers.holding import MOST_NOTE, Act
from handlers.talking import LATEST, MOST_UPPER, MOST_WORD, Upward
from web.bubbles import VIET_NAM, time_text
from web.console.access import access_question
from web.console.days import no_such_day
from web.console.kept import Typed, settle
from web.console.questions.suggestions import put_in
from web.console.questions.thread import Trouble, page_of, question_page
from web.console.visit import Visit

QUESTION = "/console/questions/{id}"
LIST = "/console/questions"
# What is typed into each form, the words first.
FIELDS = {
    "answer": ("text",),
    "note": ("note",),
    "hand-over": ("handover_note",),
    "close": ("close_note",),
    "pass-up": ("upper_word", "upper", "upper_due", "upper_note"),
}
TYPED = tuple(name for names in FIELDS.values() for name in names)


def question_of(visit: Visit) -> Question:
    """The question that the address names, let in by the door."""
    assert visit.question is not None  # noqa: S101 - the table says so
    return visit.question


async def show_form(visit: Visit) -> Response:
    """GET …/answer and the like: to the question's page."""
    return visit.go(page_of(question_of(visit)))


async def post_answer(visit: Visit) -> Response:
    """POST …/answer: sent; or looked at first; or a suggestion put in. What was typed never goes."""
    question, text, do = question_of(visit), visit.form.get("text").replace("\r\n", "\n"), visit.form.get("do")
    if do.startswith(("card:", "part:", "ready:")):
        filled = put_in(visit, question, text, do)
        return await question_page(visit, question, typed=_typed(visit, text=filled))
    if do == "look":
        return await question_page(visit, question, typed=_typed(visit), preview=text.strip())
    fault = _fault(visit, text)
    if fault:
        return await _again(visit, Trouble(text=fault, form="answer"))
    act = answer_question(
        visit.site.storage,
        visit.console.content,
        key=str(question.id),
        text=text,
        officer=visit.officer.name,
        now=visit.now,
        seen=_seen(visit),
        once=visit.once,
    )
    return await done_or_again(visit, act, form="answer", done="answered")


def _fault(visit: Visit, text: str) -> str:
    if not text.strip():
        return visit.words.text("console.answer.empty")
    over = len(text.strip()) - MAX_ANSWER
    return visit.words.text("console.answer.long", over=over, most=MAX_ANSWER) if over > 0 else ""


async def post_note(visit: Visit) -> Response:
    """POST …/note: colleagues read it, citizens never."""
    text = visit.form.get("note")
    return await done_or_again(
        visit, holding.note(visit.site.storage, act_of(visit), text=text), form="note", done="noted"
    )


async def post_hold(visit: Visit) -> Response:
    """POST …/hold: take it, give it to a colleague, or back to those that wait."""
    do, holder = visit.form.get("do"), None
    if do == "take":
        holder = visit.officer.name
    elif do == "give":
        holder = await _colleague(visit, visit.form.get("holder"))
        if holder is None:
            return await _again(visit, Trouble(text=visit.words.text("console.hold.choose"), form="hold"))
    act = holding.hold(visit.site.storage, act_of(visit), holder)
    return await done_or_again(visit, act, form="hold", done=f"held-{do}" if do in ("take", "give") else "returned")


async def _colleague(visit: Visit, number: str) -> str | None:
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    async with visit.site.storage.read() as uow:
        found = await uow.officers.get(int(number))
    return found.name if found is not None and holding.answers(found, question_of(visit)) else None


async def post_hand_over(visit: Visit) -> Response:
    """POST …/hand-over: to another office of the place."""
    office = visit.form.get("office")
    if not office:
        return await _again(visit, Trouble(text=visit.words.text("console.hand-over.choose"), form="hand-over"))
    act = holding.hand_over(
        visit.site.storage,
        visit.console.content,
        act_of(visit),
        office=office,
        note=visit.form.get("handover_note"),
    )
    return await done_or_again(visit, act, form="hand-over", done="handed-over", to=LIST)


async def post_close(visit: Visit) -> Response:
    """POST …/close: settled otherwise, with a note that says why."""
    act = holding.close(visit.site.storage, act_of(visit), note=visit.form.get("close_note"))
    return await done_or_again(visit, act, form="close", done="closed")


async def post_talk(visit: Visit) -> Response:
    """POST …/talk: talk to the person oneself, or let the machine answer again."""
    if visit.form.get("do") == "end":
        return await done_or_again(
            visit, talking.end(visit.site.storage, act_of(visit)), form="talk", done="talk-ended"
        )
    act = talking.begin(visit.site.storage, visit.console.content, act_of(visit))
    return await done_or_again(visit, act, form="talk", done="talk-begun")


async def post_pass_up(visit: Visit) -> Response:
    """POST …/pass-up: to whoever above the place decides; the person is told."""
    due, form = day_of(visit.form.get("upper_due")), visit.form
    if fault := _upward_fault(visit, due):
        return await _again(visit, Trouble(text=fault, form="pass-up"))
    assert due is not None  # noqa: S101 - a fault otherwise
    up = Upward(office=form.get("upper"), due=due, word=form.get("upper_word"), note=form.get("upper_note"))
    act = talking.pass_up(visit.site.storage, visit.console.content, act_of(visit), up)
    return await done_or_again(visit, act, form="pass-up", done="passed-up")


def _upward_fault(visit: Visit, due: date | None) -> str:
    """What has to be mended before anybody is asked."""
    words, form, today = visit.words, visit.form, visit.now.astimezone(VIET_NAM).date()
    if not form.get("upper").strip():
        return words.text("console.pass-up.who")
    if due is None or not today < due <= today + LATEST:
        return (no_such_day(visit, form.get("upper_due")) if due is None else "") or words.text("console.pass-up.day")
    for name, most in (("upper", MOST_UPPER), ("upper_word", MOST_WORD), ("upper_note", MOST_NOTE)):
        if (over := len(form.get(name).strip()) - most) > 0:
            return words.text("console.note.long", over=over, most=most)
    return ""


def day_of(typed: str) -> date | None:
    """A day as people write it, or as a browser's calendar does; None for anything else.

    >>> day_of("04/12/2026"), day_of("2026-12-04"), day_of("31/02/2027")
    (datetime.date(2026, 12, 4), datetime.date(2026, 12, 4), None)
    """
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        with suppress(ValueError):
            return datetime.strptime(typed.strip(), form).date()  # noqa: DTZ007 - a day has no zone
    return None


def act_of(visit: Visit) -> Act:
    """What the posted form asks for: by whom, of which question as they saw it."""
    question = question_of(visit)
    return Act(key=str(question.id), officer=visit.officer.name, seen=_seen(visit), once=visit.once, now=visit.now)


def _seen(visit: Visit) -> int:
    typed = visit.form.get("seen")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


async def done_or_again(visit: Visit, act: Awaitable[object], *, form: str, done: str, to: str = "") -> Response:
    """Do it, and show the result; or say why not, with everything that was typed still there."""
    page = page_of(question_of(visit))
    try:
        await act
    except StaleError:
        return await _again(visit, Trouble(text=await _meanwhile(visit), form=form, status=409))
    except NotAllowedError:
        raise
    except NotFoundError:
        return await _again(visit, Trouble(text=visit.words.text("console.choose-again"), form=form))
    except ChungTayError:
        return await _again(visit, Trouble(text=_refused(visit, form), form=form))
    await settle(visit, page, TYPED, sent=FIELDS.get(form, ()))
    return visit.go(to or page, done=done)


def _refused(visit: Visit, form: str) -> str:
    """What an act itself refuses: empty or long notes, and people who are gone."""
    text = visit.form.get(FIELDS.get(form, ("text",))[0]).strip()
    if form in ("note", "close", "hand-over") and len(text) > MOST_NOTE:
        return visit.words.text("console.note.long", over=len(text) - MOST_NOTE, most=MOST_NOTE)
    if form in ("note", "close") and not text:
        return visit.words.text(f"console.{form}.empty")
    return visit.words.text("console.question.over")


async def _again(visit: Visit, trouble: Trouble) -> Response:
    """The page as it is now, with what was typed."""
    question = await access_question(visit, question_of(visit).id, Right.READ_QUESTIONS)
    return await question_page(visit, question, typed=_typed(visit), trouble=trouble)


def _typed(visit: Visit, **other: str) -> Typed:
    """All boxes of the page as they were posted, but for these."""
    return Typed(fields={**{name: visit.form.get(name) for name in TYPED}, **other})


async def _meanwhile(visit: Visit) -> str:
    """What happened since the officer opened the page: who answered, when."""
    question = await access_question(visit, question_of(visit).id, Right.READ_QUESTIONS)
    words, last = visit.words, question.thread[-1] if question.thread else None
    if last is not None and last.author is Author.OFFICER:
        time = time_text(last.at, now=visit.now, words=words)
        return words.text("console.stale.answered", officer=last.officer or "", time=time)
    return words.text("console.stale.changed")

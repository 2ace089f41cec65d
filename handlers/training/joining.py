"""On the list of a course: a yes, four short questions at most, and a way out again."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from content.understanding.assent import assent
from core.contacts import Purpose
from core.conversation import ConsentGiven, Turn
from core.questions import CODE_ALPHABET
from core.text import fold
from core.training import (
    LONGEST_NAME,
    CourseAsked,
    CourseJoined,
    CourseLeft,
    CoursesAsked,
    Household,
    Learner,
    MyCoursesAsked,
)
from handlers import localities
from handlers.besides import asks, beside
from handlers.context import ELSEWHERE, Context
from handlers.context import join as lines
from handlers.needs.asking import needs_else
from handlers.routing import Router
from handlers.selfcheck.aside import is_other
from handlers.training.acting import CONSENT

router = Router("training")

WORDING = "training.ask"  # what somebody reads before anything is kept
STATE = "training.told"
LEAVING = "training.leaving"
STEPS = ("name", "phone", "hamlet", "household")
CODE_LENGTH = 5  # one less than a question's: nobody takes one for the other
_PHONE = re.compile(r"0\d{9,10}")
_ASIDE = re.compile(r"[\s.\-()]")
_HOUSEHOLDS: tuple[tuple[Household, tuple[str, ...]], ...] = (
    (Household.NEWLY_ESCAPED, ("thoat ngheo", "moi thoat", "escaped")),
    (Household.NEAR_POOR, ("can ngheo", "near poor")),
    (Household.OTHER, ("khong thuoc", "khong ngheo", "khong phai", "binh thuong", "khong", "none", "no")),
    (Household.POOR, ("ho ngheo", "ngheo", "poor")),
    (Household.UNSAID, ("khong noi", "bo qua", "rather not")),
)
MOST_WORDS = 6  # of a name or a hamlet
_WHO = r"(?:(?:chong |vo |me |bo |con |anh |chi |em )?(?:toi|tui|em|minh|chau|con))"
# "Ghi tên tôi là …", "em tên …": what stands before a name. "Minh", "A" and "Hồ" begin names, and stay.
_BEFORE_NAME = re.compile(
    rf"(?:(?:ghi|dang ky) (?:ten )?|ten |cho )(?:cho |cua )?(?:{_WHO}(?: |$))?(?:ten )?(?:la (?=\S+ \S))?"
    rf"|{_WHO} (?:ten(?: la)?|la) |my name is |i am "
)
_NO_NAME = re.compile(rf"{_WHO}?(?: ?(?:di|nhe|nha|a|voi|luon|thoi|day|ten|do))*")
_WRONG_NAME = re.compile(
    r"(?:(?:ghi |viet )?(?:sai|nham|lon) (?:ho )?ten|(?:sua|doi|ghi lai) (?:lai )?(?:ho )?ten)(?: .*)?"
)
_HERE = ("nhan o day", "o day", "nhan day", "here", "write here", "day")
_SKIPPED = ("bo qua", "khong", "khong biet", "skip")

_SIGNS_UP = re.compile(
    r"(?:(?:cho|toi|em|minh|tui|chau|muon|xin|ok|da|duoc|vay) )*(?:dang ky|ghi ten|hoc|tham gia|vao)"
    r"(?: (?:hoc|lop|khoa|nay|do|di|luon|nhe|nha|a|voi|toi|em|cho|giup))*"
)


@router.press("courses")
@router.word("đăng ký học", "đăng ký học nghề", "đăng ký lớp nghề", "ghi tên học nghề", "đăng ký lớp học nghề")
@router.word("xem các lớp nghề", "lớp nghề đang mở", "register for a course", "courses")
def courses(ctx: Context, _: str = "") -> Turn:
    """The courses of the place that take people."""
    return stranger(ctx) or ctx.say("training.none", ctx.button("officer")).event(CoursesAsked())


@router.press("course-list")
def more(ctx: Context, start: str) -> Turn:
    """The next of them."""
    turn = ctx.say("training.none", ctx.button("officer"))
    return stranger(ctx) or turn.event(CoursesAsked(start=min(_number(start) or 0, 999)))


@router.press("course-join")
def join(ctx: Context, course: str) -> Turn:
    """One of them: what would be kept, and a yes or a no, take the place of this reply."""
    number = _number(course)
    if number is None:
        return courses(ctx)
    turn = ctx.say("training.gone", ctx.button("courses"), ctx.button("officer"))
    return stranger(ctx) or turn.event(CourseAsked(offer_id=number, keep=ctx.keeping.questions))


@router.before_understanding
def signs_up(ctx: Context) -> Turn | None:
    """ "Đăng ký" below the courses: the one that is shown, or which one."""
    talk = ctx.person.conversation
    shown = [one.payload.partition(":")[2] for one in talk.offered if one.payload.startswith("course-join:")]
    if not shown or ctx.message.payload is not None or talk.waiting is not None or not _SIGNS_UP.fullmatch(ctx.folded):
        return None
    return join(ctx, shown[0]) if len(shown) == 1 else ctx.say("training.which", *talk.offered)


def stranger(ctx: Context) -> Turn | None:
    """Courses are a ward's."""
    if ctx.contact.locality == ELSEWHERE:
        return ctx.say("work.elsewhere", ctx.topic_button("vocational-training"), ctx.button("menu"))
    return localities.ask(ctx, pending="đăng ký học nghề") if ctx.locality is None else None


@router.state(CONSENT)
def read_consent(ctx: Context, course: int) -> Turn | None:
    """Yes or no in the person's own words."""
    yes = assent(ctx.text)
    return None if yes is None else (_question(ctx, {"course": course}) if yes else refused(ctx))


@router.press("course-agree")
def agreed(ctx: Context, _: str = "") -> Turn:
    """The questions begin; only below the question. Nothing is kept before the last one is answered."""
    waiting = ctx.person.conversation.waiting
    if waiting is None or waiting.state != CONSENT:
        return courses(ctx)
    return _question(ctx, dict(waiting.data))


@router.press("course-refuse")
def refused(ctx: Context, _: str = "") -> Turn:
    """Nothing is kept."""
    return ctx.say("training.refused", ctx.button("courses"), ctx.button("officer"), ctx.button("menu"))


@router.state(STATE)
def read_typed(ctx: Context, **told: Any) -> Turn | None:
    """An answer in the person's own words; a question of theirs is answered, and the form's put again."""
    step = step_of(ctx, told)
    if needs_else(ctx):
        return None
    if "name" in told and _WRONG_NAME.fullmatch(ctx.folded):
        return rename(ctx, told)
    if asks(ctx.text):
        return beside(ctx, _question(ctx, told))
    said = _read(step, ctx)
    return _question(ctx, told, again=True) if said is None else _taken(ctx, told, step, said)


@router.press("course-say")
def read_press(ctx: Context, said: str) -> Turn:
    """An answer that was pressed; only below its question."""
    waiting = ctx.person.conversation.waiting
    if waiting is None or waiting.state != STATE:
        return courses(ctx)
    told, (step, _, value) = dict(waiting.data), said.partition("=")
    if step == "name":
        return rename(ctx, told)
    fits = value in set(Household) if step == "household" else step in ("phone", "hamlet") and not value
    if step != step_of(ctx, told) or not fits:
        return _question(ctx, told)
    return _taken(ctx, told, step, value)


def rename(ctx: Context, told: Mapping[str, Any]) -> Turn:
    """The name was read back, and is another."""
    return _question(ctx, {name: said for name, said in told.items() if name != "name"})


def _read(step: str, ctx: Context) -> str | None:
    """What a typed answer says; None where it says nothing of the kind."""
    text = " ".join(ctx.text.split())
    match step:
        case "name":
            return name_in(text)
        case "phone":
            return "" if ctx.folded in _HERE else phone_in(text)
        case "hamlet":
            return "" if ctx.folded in _SKIPPED else text if len(text) <= LONGEST_NAME else None
        case _:
            return household_in(ctx.folded)


def name_in(text: str) -> str | None:
    """The name that somebody types, without what stands before it; None where it is none.

    >>> [name_in(one) for one in ("ten toi la Nguyễn Thị Hoa", "ghi ten toi di", "ok", "0912 345 678")]
    ['Nguyễn Thị Hoa', None, None, None]
    >>> [name_in(one) for one in ("K'Brêu", "A Thiu", "Hồ Thị Minh", "La Văn Con", "em tên Y Lan", "tui")]
    ["K'Brêu", 'A Thiu', 'Hồ Thị Minh', 'La Văn Con', 'Y Lan', None]
    """
    words = " ".join(text.split()).strip(" .,;:!").split()
    folded = " ".join(fold(one).replace(" ", "") for one in words)
    before = _BEFORE_NAME.match(folded)
    words = words[folded[: before.end()].count(" ") if before and before.end() < len(folded) else 0 :]
    name = " ".join(words)
    said = fold(name)
    fits = 2 <= len(name) <= LONGEST_NAME and len(words) <= MOST_WORDS and not any(one.isdigit() for one in name)
    none = _NO_NAME.fullmatch(said) or (before is not None and before.end() >= len(folded)) or assent(name) is not None
    return name if fits and not none and any(one.isalpha() for one in name) else None


def household_in(folded: str) -> str | None:
    """Which kind of household folded words name; None where they name none.

    >>> household_in("nha toi can ngheo"), household_in("vang")
    (<Household.NEAR_POOR: 'near-poor'>, None)
    """
    padded = f" {folded} "
    return next((one for one, words in _HOUSEHOLDS if any(f" {each} " in padded for each in words)), None)


def phone_in(text: str) -> str | None:
    """A telephone number of Viet Nam as somebody types it, as it is dialled there; None where it is none.

    >>> phone_in("0912 345.678"), phone_in("+84 912 345 678"), phone_in("84912345678"), phone_in("0912")
    ('0912345678', '0912345678', '0912345678', None)
    """
    number = re.sub(r"^\+?84", "0", _ASIDE.sub("", text))
    return number if _PHONE.fullmatch(number) else None


def step_of(ctx: Context, told: Mapping[str, Any]) -> str:
    """The first question that has no answer yet."""
    known = {"hamlet"} if ctx.contact.hamlet else set()
    return next((one for one in STEPS if one not in told and one not in known), "household")


def _taken(ctx: Context, told: Mapping[str, Any], step: str, said: str) -> Turn:
    told = {**told, step: said}
    if step != "household":
        return _question(ctx, told)
    learner = Learner(
        name=told.get("name", ""),
        phone=told.get("phone", ""),
        hamlet=told.get("hamlet") or ctx.contact.hamlet or "",
        household=Household(said),
    )
    expires = ctx.now + timedelta(days=ctx.keeping.questions)
    given = ConsentGiven(purpose=Purpose.TRAINING, expires_at=expires, wording=WORDING)
    code = ctx.chance.pick(CODE_ALPHABET, CODE_LENGTH)
    turn = ctx.say("training.gone", ctx.button("courses"), ctx.button("officer"))
    joined = CourseJoined(offer_id=int(told["course"]), learner=learner, code=code)
    return turn.event(given, joined).in_private()


def _question(ctx: Context, told: Mapping[str, Any], *, again: bool = False) -> Turn:
    """The next question with its buttons; what was not understood is asked once more, saying how to answer."""
    step = step_of(ctx, told)
    steps = [one for one in STEPS if one != "hamlet" or not ctx.contact.hamlet]
    text = ctx.fill(f"training.question.{step}", number=steps.index(step) + 1, count=len(steps))
    unread = f"{step}_none" if step == "phone" and not any(one.isdigit() for one in ctx.text) else step
    read_back = ctx.fill("training.name", name=told["name"]) if step == "phone" else ""
    text = lines([ctx.fill(f"training.again.{unread}") if again else read_back, text])
    buttons = {
        "name": [],
        "phone": [ctx.button("course_here", "course-say:phone="), ctx.button("course_rename", "course-say:name=")],
        "hamlet": [ctx.button("course_skip", "course-say:hamlet=")],
        "household": [
            ctx.button(f"course_{one.replace('-', '_')}", f"course-say:household={one}") for one in Household
        ],
    }[step]
    # Names and telephone numbers are not kept among the messages.
    turn = ctx.tell(text, *buttons).wait(STATE, **told).in_private()
    return replace(turn, replies=tuple(replace(one, private=True) for one in turn.replies)) if read_back else turn


@router.press("my-courses")
@router.word(
    "lớp của tôi", "lớp nghề của tôi", "thôi học", "tôi thôi học", "thôi học nghề", "xin thôi học", "bỏ học nghề"
)
@router.word("thôi không học nữa", "tôi không học nữa", "lớp tôi đăng ký", "lớp đã đăng ký", "tôi đăng ký lớp nào")
@router.word("hủy đăng ký học", "không học nữa", "my courses", "leave the course")
def mine(ctx: Context, _: str = "") -> Turn:
    """Where they are enrolled or wait, with a way out of each."""
    return ctx.say("training.mine.none", ctx.button("courses"), ctx.button("menu")).event(MyCoursesAsked())


@router.press("course-leave")
def leave(ctx: Context, number: str) -> Turn:
    """One clear question before the seat is somebody else's."""
    if _number(number) is None:
        return mine(ctx)
    return _leaving(ctx, "training.leave", number)


def _leaving(ctx: Context, message_id: str, number: str) -> Turn:
    buttons = (ctx.button("course_out", f"course-out:{number}"), ctx.button("course_stay", "course-stay"))
    return ctx.say(message_id, *buttons).wait(LEAVING, deed="leave-course", number=number)


@router.state(LEAVING)
def unsure(ctx: Context, number: str, **_: object) -> Turn | None:
    """Neither a yes nor a no; None where it is about something else."""
    return None if is_other(ctx) else _leaving(ctx, "training.leave_again", number)


@router.press("course-stay")
def stay(ctx: Context, _: str = "") -> Turn:
    """The seat stays theirs, and that is said."""
    return ctx.say("training.stays", ctx.button("my_courses", "my-courses"), ctx.button("menu"))


@router.press("course-out")
def out(ctx: Context, number: str) -> Turn:
    """They learn there no longer."""
    known = _number(number)
    if known is None:
        return mine(ctx)
    return ctx.say("training.mine.none", ctx.button("courses"), ctx.button("menu")).event(
        CourseLeft(enrolment_id=known)
    )


def _number(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= 18 else None

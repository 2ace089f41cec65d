"""Beginning a self-check, leaving it and coming back to it."""

import re
from dataclasses import replace

from content.selfcheck import sentences
from content.selfcheck.steps import FULL, QUICK, about_left
from content.understanding.assent import assent
from core.conversation import Turn
from core.text import fold
from handlers import localities
from handlers.context import Context
from handlers.routing import Router
from handlers.selfcheck import answering, asking, moving, reasons, result, telling
from handlers.selfcheck import check as checks
from handlers.selfcheck.check import KEPT_FOR, Check

router = Router("selfcheck")

START = "selfcheck.start"
LONGEST_CHOICE = 4  # blanks between the words of "ừ làm nhanh đi em"
_QUICK = re.compile(r"\b(?:nhanh|ngan|it cau|quick|cach 2|cach hai|thu hai)\b|^2$")
_FULL = re.compile(r"\b(?:du|day du|het|bat dau|lam|full|cach 1|cach mot|thu nhat)\b|^1$")

_MINUTES = 10  # about how long the whole takes
_BACK = frozenset(map(fold, ("quay lại", "trở lại", "câu trước", "lùi lại", "back", "về câu trước")))
_WHY = frozenset(
    map(fold, ("vì sao", "vì sao hỏi", "tại sao hỏi", "sao lại hỏi", "hỏi làm gì", "tại sao", "why", "sao hỏi"))
)
_STOP = frozenset(
    map(fold, ("dừng", "dừng lại", "thôi", "để sau", "mai làm tiếp", "nghỉ", "mệt", "mệt rồi", "stop", "hủy", "cancel"))
)
_FIX = frozenset(
    map(fold, ("sửa", "sửa lại", "sửa câu trả lời", "đổi câu trả lời", "trả lời sai", "nhầm rồi", "change"))
)
_FORGET = frozenset(map(fold, ("xóa", "xóa câu trả lời", "xóa đi", "delete")))
_RESULT = frozenset(map(fold, ("kết quả", "xem kết quả", "result")))
_GO_ON = frozenset(map(fold, ("làm tiếp", "tiếp tục", "tiếp", "tiếp đi", "tự kiểm tra tiếp", "go on", "continue")))
_ANEW = frozenset(map(fold, ("làm lại", "làm lại từ đầu", "từ đầu", "restart")))


@router.before_all
def words(ctx: Context) -> Turn | None:
    """While a question waits, these words are about the check, and "0" is a number."""
    waiting, check = ctx.person.conversation.waiting, checks.of(ctx)
    if check is None or ctx.message.payload is not None:
        return None
    if waiting is None:  # something else was asked in between
        return _after_aside(ctx, check)
    if not waiting.state.startswith("selfcheck."):
        return None
    for said, then in (
        (_BACK, moving.back),
        (_WHY, reasons.why),
        (_STOP, stop),
        (_FIX, moving.fix),
        (_FORGET, forget),
        (_RESULT, result.see),
        (_ANEW, anew),
    ):
        if ctx.folded in said and not (then is stop and _means_right(ctx, check, waiting.state)):
            return then(ctx)
    return answering.read_answer(ctx) if ctx.folded == "0" and waiting.state == checks.ASK else None


def _after_aside(ctx: Context, check: Check) -> Turn | None:
    """The words that the check had promised still count while it is unfinished."""
    if check.at is None:
        return None
    if ctx.folded in _GO_ON:
        return asking.resume_step(ctx, check)
    promised = ((_STOP, stop), (_FIX, moving.fix), (_RESULT, result.see), (_ANEW, anew))
    return next((then(ctx) for said, then in promised if ctx.folded in said), None)


def _means_right(ctx: Context, check: Check, state: str) -> bool:
    """Whether "dung" is "đúng" and not "dừng"."""
    yes_or_no = state == answering.DOUBT or check.at == "sum"
    return "đúng" in ctx.text.lower() or (yes_or_no and ctx.text.lower() == "dung")


@router.action("action:selfcheck")
@router.word("tự kiểm tra", "tự kiểm tra hộ nghèo", "kiểm tra thử", "làm tiếp tự kiểm tra", "self check", "self-check")
@router.press("check")
def start(ctx: Context, _: str = "") -> Turn:
    """What it is, what is kept, and that only the commune decides (voice.md T21); or where one had stopped."""
    if ctx.contact.locality is None:
        return localities.ask(ctx, pending="tự kiểm tra")
    check = checks.of(ctx)
    if check is not None and check.answers:
        return _begun_before(ctx, check)
    buttons = (
        ctx.button("check_full", "check-go:full"),
        ctx.button("check_quick", "check-go:quick"),
        ctx.button("later", "menu"),
    )
    full, quick = (_about(ctx, Check(begun=ctx.now, way=way)) for way in (FULL, QUICK))
    turn = ctx.say("check.start", *buttons, full=full, minutes=_MINUTES, quick=quick, days=KEPT_FOR.days)
    return turn.about("poverty-standard").wait(START)


def _about(ctx: Context, check: Check) -> int:
    """About how many questions a way has here."""
    return about_left(checks.questions(ctx), check.way, check.answers, checks.order(ctx, check))


@router.state(START)
def read_start(ctx: Context) -> Turn | None:
    """Which of the two ways, in one's own words; or the first facts at once."""
    if not ctx.text or ctx.folded.count(" ") > LONGEST_CHOICE:
        return _with_facts(ctx)
    if _QUICK.search(ctx.folded):
        return go(ctx, QUICK)
    yes = assent(ctx.text)
    if yes is False:
        return None
    return go(ctx, FULL) if yes or _FULL.search(ctx.folded) else _with_facts(ctx)


def _with_facts(ctx: Context) -> Turn | None:
    return answering.begin_with(ctx, Check(begun=ctx.now)) if sentences.facts(ctx.text) else None


def _begun_before(ctx: Context, check: Check) -> Turn:
    done = checks.next_step(ctx, check) is None
    first = ctx.button("see_result", "check-result") if done else ctx.button("go_on", "check-go:resume")
    buttons = (first, ctx.button("mend_answers", "check-fix"), ctx.button("anew", "check-go:anew"))
    count = len(telling.answered(ctx, check))
    until = ctx.day_text((check.begun + KEPT_FOR).date())
    message_id = "check.done_before" if done else "check.begun_before"
    return ctx.say(message_id, *buttons, ctx.button("forget", "check-forget"), count=count, until=until)


@router.press("check-go")
def go(ctx: Context, way: str) -> Turn:
    """Begin one of the two ways, go on, or begin anew."""
    if ctx.contact.locality is None:
        return localities.ask(ctx, pending="tự kiểm tra")
    check = checks.of(ctx)
    if way in ("resume", FULL) and check is not None and check.answers:
        # The quick answers stay where the whole asks the same.
        now = replace(check, way=FULL, at=None, counted=check.counted) if way == FULL else check
        return asking.resume_step(ctx, now)
    if way not in (FULL, QUICK):
        return anew(ctx) if way == "anew" else start(ctx)
    return asking.go_on(ctx, Check(begun=ctx.now, way=way))


def anew(ctx: Context, _: str = "") -> Turn:
    """From the beginning, with nothing of the former answers."""
    turn = start(_forgotten(ctx))
    return turn.forgetting()


def _forgotten(ctx: Context) -> Context:
    conversation = replace(ctx.person.conversation, notes=None)
    return replace(ctx, person=replace(ctx.person, conversation=conversation))


@router.press("check-stop")
def stop(ctx: Context, _: str = "") -> Turn | None:
    """A rest: what was answered waits, and it is said how long."""
    check = checks.of(ctx)
    if check is None:
        return None
    until = ctx.day_text((check.begun + KEPT_FOR).date())
    buttons = (ctx.button("go_on", "check-go:resume"), ctx.button("forget", "check-forget"), ctx.button("menu"))
    return checks.keep(ctx.say("check.stopped", *buttons, until=until), replace(check, at=None))


@router.press("check-forget")
@router.word("xóa câu trả lời", "xóa tự kiểm tra")
def forget(ctx: Context, _: str = "") -> Turn:
    """The answers go, and nothing else."""
    buttons = (ctx.button("check_again", "check"), ctx.button("erase"), ctx.button("menu"))
    return ctx.say("check.forgotten", *buttons).forgetting()

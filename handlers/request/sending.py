"""Sending the filled request to the officers: asked each time, with a code for its state."""

import json
import re
from datetime import timedelta
from hashlib import sha256

from content.understanding.assent import assent
from core.contacts import Purpose
from core.conversation import ConsentGiven, QuestionAsked, Turn
from core.questions import spoken_code
from handlers import handover
from handlers.codes import due_at, due_day, new_code
from handlers.context import ELSEWHERE, Context
from handlers.dates import spoken_date
from handlers.request import filling
from handlers.request.fields import FIELDS
from handlers.request.filling import READY, REVIEW
from handlers.routing import Router
from handlers.selfcheck import check as checks
from handlers.selfcheck import result, telling
from handlers.selfcheck.check import Check

router = Router("request.sending")

CONSENT = "request.consent"
LONGEST_SEND = 7  # blanks between the words of "gửi giấy này cho cán bộ giúp tôi với"
_SEND = re.compile(
    r"^(?:(?:u|da|ok|vay|thi|nho|giup|cho|toi|tui|em) )*(?:gui|nop|chuyen|dong y|send)\b(?! (?:tien|hoc|phat))"
)


@router.state(READY)
def read_ready(ctx: Context) -> Turn | None:
    """ "Gửi đi", "nộp cho cán bộ": the same as the button."""
    if ctx.folded.count(" ") <= LONGEST_SEND and _SEND.match(ctx.folded):
        return send(ctx)
    return None


@router.press("request-send")
def send(ctx: Context, _: str = "") -> Turn | None:
    """Whether the officers may have it: asked each time, since it holds a name and an identity number."""
    check = checks.of(ctx)
    if check is None or not check.form.get("name"):
        return ctx.say("request.no_name", ctx.button("fill_in", "request-mend:name"), ctx.button("officer"))
    if ctx.contact.locality in (None, ELSEWHERE):
        return handover.officer(ctx)
    if code := _sent(check):
        return _sent_before(ctx, code)
    buttons = (ctx.button("hand_over", "request-yes"), ctx.button("keep_to_myself", "request-no"))
    return checks.keep(ctx.say("request.consent", *buttons).wait(CONSENT), check)


def _sent(check: Check) -> str | None:
    """The code under which this very paper was sent already."""
    sent = check.form.get("sent")
    return str(sent["code"]) if sent and sent["form"] == _print(check) else None


def _sent_before(ctx: Context, code: str) -> Turn:
    buttons = (ctx.button("questions"), ctx.button("mend_form", "request-mend"), ctx.button("menu"))
    return ctx.say("request.sent_before", *buttons, code=spoken_code(code))


@router.state(CONSENT)
def read_consent(ctx: Context) -> Turn | None:
    """Yes or no in the person's own words."""
    yes = assent(ctx.text)
    return None if yes is None else (agreed(ctx) if yes else kept_back(ctx))


@router.press("request-no")
def kept_back(ctx: Context, _: str = "") -> Turn:
    """Nothing goes; what was sent before is told as sent."""
    check = checks.of(ctx)
    if check is not None and (code := _sent(check)):
        return _sent_before(ctx, code)
    return ctx.say("request.kept", *filling.after(ctx, sendable=False), committee=result.committee(ctx))


@router.press("request-yes")
def agreed(ctx: Context, _: str = "") -> Turn | None:
    """The request becomes a question of the ward's officers, with a code."""
    check, waiting = checks.of(ctx), ctx.person.conversation.waiting
    if check is None or not check.form.get("name") or waiting is None or waiting.state != CONSENT:
        return handover.already(ctx)
    code = new_code(ctx.chance)
    expires = ctx.now + timedelta(days=ctx.keeping.questions)
    given = ConsentGiven(purpose=Purpose.QUESTION, expires_at=expires, wording=CONSENT)
    due = spoken_date(due_day(ctx), ctx.lang)
    turn = ctx.say("request.sent", ctx.button("questions"), ctx.button("menu"), code=spoken_code(code), due=due)
    office = ctx.content.office(REVIEW, locality=ctx.place_id, on=ctx.today, lang=ctx.lang).offices
    asked = QuestionAsked(
        code=code,
        text=_for_officers(ctx, check),
        topic=REVIEW,
        due_at=due_at(ctx),
        office=next(iter(office), None),
        paper=filling.filled(ctx, check),
    )
    sent = filling.with_field(check, "sent", {"code": code, "form": _print(check)})
    return checks.keep(turn.event(given, asked), sent).in_private()


def _print(check: Check) -> str:
    """The same for the same fields: by it a paper is known that was sent already."""
    told = json.dumps([check.form.get(name) for name in FIELDS], ensure_ascii=False, sort_keys=True)
    return sha256(told.encode()).hexdigest()


def _for_officers(ctx: Context, check: Check) -> str:
    """All that stands in the request, and what was answered in the check, for the one who handles it."""
    form = check.form
    lines = [ctx.fill("request.for_officers")]
    lines += [
        f"{ctx.fill(f'request.name.{name}')}: {filling.shown(ctx, form.get(name))}"
        for name in FIELDS
        if form.get(name) and name != "members"
    ]
    lines += [
        ", ".join(
            part
            for part in (one["name"], filling.sex_text(one["sex"]), one["born"], one["relation"], one["state"])
            if part
        )
        for one in form.get("members") or ()
    ]
    lines += telling.listing(ctx, check, telling.answered(ctx, check))
    return "\n".join(lines)

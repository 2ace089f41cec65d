"""Filling in the request: only what is missing is asked, and everything can be passed over."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from content.selfcheck import reading
from content.understanding.assent import assent
from core.conversation import PaperAsked, Turn
from core.messages import QuickReply
from core.papers import FileKind
from core.text import fold
from handlers import localities
from handlers.context import ELSEWHERE, Context, join
from handlers.request.fields import FIELDS, MEMBERS_MOST, read
from handlers.request.paper import request_paper, summary_paper, unit_text
from handlers.routing import Router
from handlers.selfcheck import check as checks
from handlers.selfcheck import result
from handlers.selfcheck.check import Check
from handlers.typed import CHOOSES

router = Router("request")

ASK = "request.ask"
READY = "request.ready"
REVIEW = "household-review"
# Fields that no number answers, nor a word that counts: somebody may be called Ba or Năm.
CHOSEN = ("sex", "ethnicity", "residence", "home", "reason")
_SKIP = frozenset(map(fold, ("bỏ qua", "không", "không nói", "để trống", "skip", "tự điền", "không biết", "ko", "k")))
_BACK = frozenset(map(fold, ("quay lại", "trở lại", "câu trước", "lùi lại", "back")))
_MEND = frozenset(map(fold, ("sửa", "sửa lại", "sửa giấy", "change")))
_DONE = re.compile(r"^(?:xong|het|du|done|vay thoi|the thoi|chi co vay)(?: (?:nguoi|roi|ca|nha|het|a|do|vay|thoi))*$")
_UNIT = re.compile(r"\b(?:xa|phuong|thi tran|huyen|tinh|tp|thanh pho)\b")
_SAME = re.compile(
    r"^(?:(?:cung|van|thi|da|u|o|ngay) )*(?:day|do|cho do|cho nay|nhu tren|nhu vay|nha nay)"
    r"(?: (?:luon|do|a|thoi|nha))*$"
)
_ANEW = re.compile(r"^(?:viet|lam|ghi|nhap) lai(?: (?:tu dau|het|ca|nha|di|nguoi trong nha))*$")


@router.before_all
def words(ctx: Context) -> Turn | None:
    """While a field waits, "quay lại" and "sửa" are about the paper."""
    waiting = ctx.person.conversation.waiting
    if waiting is None or not waiting.state.startswith("request.") or ctx.message.payload is not None:
        return None
    if ctx.folded in _BACK:
        return back(ctx)
    return mend(ctx) if ctx.folded in _MEND else None


@router.press("request")
@router.word("làm giấy đề nghị", "giấy đề nghị", "làm giấy", "viết giấy đề nghị")
def start(ctx: Context, _: str = "") -> Turn:
    """What the paper is for, what is asked, and what is kept."""
    if ctx.contact.locality is None:
        return localities.ask(ctx, pending="làm giấy đề nghị")
    card = ctx.content.card(REVIEW, locality=ctx.place_id, on=ctx.today, lang=ctx.lang)
    if card is None:
        return ctx.say("request.no_form", ctx.topic_button(REVIEW), ctx.button("officer"))
    buttons = (
        ctx.button("fill_in", "request-go"),
        ctx.button("empty_form", "request-empty"),
        ctx.button("later", "menu"),
    )
    return ctx.say("request.start", *buttons, days=checks.KEPT_FOR.days, source=card.source).about(REVIEW)


def _check(ctx: Context) -> Check:
    return checks.of(ctx) or Check(begun=ctx.now)


@router.press("request-go")
def go(ctx: Context, _: str = "") -> Turn:
    """Begin, or go on with, filling in."""
    if ctx.contact.locality is None:
        return start(ctx)
    return ask(ctx, _check(ctx))


@router.press("request-empty")
def empty(ctx: Context, _: str = "") -> Turn:
    """The form with nothing but the place in it."""
    if ctx.contact.locality is None:
        return start(ctx)
    turn = ctx.say("request.empty", *after(ctx, sendable=False), committee=result.committee(ctx))
    return turn.event(filled(ctx, Check(begun=ctx.now)))


def ask(ctx: Context, check: Check) -> Turn:
    """The next field that is not filled; the paper when none is left."""
    field = next((name for name in FIELDS if name not in check.form), None)
    if field is None:
        return done(ctx, check)
    left = sum(name not in check.form for name in FIELDS)
    values: dict[str, Any] = {"left": left, "home": residence(ctx), "reason": reason(ctx, check)}
    message_id = f"request.ask.{field}"
    if field == "residence" and not values["home"]:
        message_id = "request.ask.residence_unknown"
    turn = ctx.say(message_id, *_buttons(ctx, check, field), **values)
    if field in ("residence", "reason"):
        turn = checks.private(turn)
    return checks.keep(turn.wait(ASK, **_choosing(field)), check)


def _choosing(field: str) -> Mapping[str, Any]:
    return CHOOSES if field in CHOSEN else {}


def _buttons(ctx: Context, check: Check, field: str) -> list[QuickReply]:
    own = {
        "sex": [ctx.button("male", "request-say:sex:nam"), ctx.button("female", "request-say:sex:nữ")],
        "ethnicity": [ctx.button("kinh", "request-say:ethnicity:Kinh")],
        "residence": [ctx.button("this_place", "request-say:residence:=")] if residence(ctx) else [],
        "home": [ctx.button("same_place", "request-say:home:=")] if check.form.get("residence") else [],
        "reason": [ctx.button("use_this", "request-say:reason:=")],
    }.get(field, [])
    return [*own, ctx.button("leave_empty", f"request-say:{field}:"), ctx.button("step_back", "request-back")]


def residence(ctx: Context) -> str:
    """Where the person lives as far as Chung Tay knows."""
    return ", ".join(part for part in (ctx.contact.hamlet, unit_text(ctx)) if part)


def reason(ctx: Context, check: Check) -> str:
    """A reason in the words of an application, from what was answered."""
    told = result.found(ctx, check)
    lacking = result.lacking_dimensions(ctx, check)
    names = {one.id: one.name.vi.lower() for one in told[0].standard.dimensions} if told else {}
    words = ", ".join(names[one] for one in lacking if one in names)
    return ctx.fill("request.reason.lacking", names=words) if words else ctx.fill("request.reason.plain")


@router.press("request-say")
def said(ctx: Context, argument: str) -> Turn | None:
    """A button of a field."""
    field, _, value = argument.partition(":")
    if field not in FIELDS:
        return None
    check = _check(ctx)
    if value == "=":
        value = {
            "residence": residence(ctx),
            "home": str(check.form.get("residence") or residence(ctx)),
            "reason": reason(ctx, check),
        }.get(field, "")
    if not value:
        return ask(ctx, with_field(check, field, None))
    found = read(field, value, ctx.today)
    return ask(ctx, with_field(check, field, found.value))


def with_field(check: Check, field: str, value: Any) -> Check:
    """The check, with a field of the form."""
    return replace(check, form={**check.form, field: value})


@router.state(ASK)
def read_field(ctx: Context, **_: Any) -> Turn | None:
    """What was typed for the field that waits."""
    check = checks.of(ctx)
    if check is None or ctx.message.attachments or not ctx.text:
        return None
    field = next((name for name in FIELDS if name not in check.form), None)
    if field is None:
        return None
    if ctx.folded in _SKIP or reading.unknown(ctx.text) or reading.none(ctx.text):
        return ask(ctx, with_field(check, field, None))
    same = field in ("residence", "home") and _SAME.search(ctx.folded) is not None
    if same or (assent(ctx.text) and field in ("residence", "home", "reason")):
        return said(ctx, f"{field}:=")
    if field == "members" and (_DONE.match(ctx.folded) or _ANEW.match(ctx.folded)):
        return members_done(ctx, "anew" if _ANEW.match(ctx.folded) else "")
    return _take(ctx, check, field)


def _take(ctx: Context, check: Check, field: str) -> Turn:
    """A field as it was read, or asked for again."""
    found = read(field, ctx.text, ctx.today)
    if found.again is not None:
        more = _more_buttons(ctx) if field == "members" and check.form.get("members_so_far") else ()
        buttons = more or (*_buttons(ctx, check, field), ctx.button("officer"))  # a person knows what is meant
        return checks.keep(ctx.say(found.again, *buttons).wait(ASK, **_choosing(field)), check)
    if field == "members":
        return _more_members(ctx, check, found.value)
    value = found.value
    if field in ("residence", "home") and not _UNIT.search(ctx.folded) and (unit := unit_text(ctx)):
        value = f"{value}, {unit}"  # "thôn 5" is a part of it
    return ask(ctx, with_field(check, field, value))


def _more_members(ctx: Context, check: Check, people: list[dict[str, str]]) -> Turn:
    """Members may come in several messages; what was read is shown."""
    so_far = [*(check.form.get("members_so_far") or []), *people][:MEMBERS_MOST]
    told = [(one["name"], sex_text(one["sex"]), one["born"], one["relation"], one["state"]) for one in so_far]
    lines = [", ".join(part for part in each if part) for each in told]
    numbered = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
    text = join([ctx.fill("request.members_so_far"), *numbered, ctx.fill("request.members_more")])
    turn = checks.private(ctx.tell(text, *_more_buttons(ctx)))
    return checks.keep(turn.wait(ASK), with_field(check, "members_so_far", so_far))


def _more_buttons(ctx: Context) -> tuple[QuickReply, ...]:
    return ctx.button("members_done", "request-members"), ctx.button("members_anew", "request-members:anew")


@router.press("request-members")
def members_done(ctx: Context, anew: str = "") -> Turn | None:
    """All members were named, or they are named anew."""
    check = checks.of(ctx)
    if check is None:
        return None
    if anew:
        return ask(ctx, with_field(check, "members_so_far", []))
    return ask(ctx, with_field(check, "members", check.form.get("members_so_far") or None))


@router.press("request-back")
def back(ctx: Context, _: str = "") -> Turn:
    """The field before this one."""
    check = _check(ctx)
    filled = [name for name in FIELDS if name in check.form]
    if not filled:
        return start(ctx)
    form = {name: value for name, value in check.form.items() if name not in (filled[-1], "members_so_far")}
    return ask(ctx, replace(check, form=form))


# --- the paper ---


def done(ctx: Context, check: Check) -> Turn:
    """The paper, and what to do with it (voice.md T30)."""
    turn = ctx.say("request.ready", *after(ctx, sendable=True), committee=result.committee(ctx))
    return checks.keep(checks.private(turn).event(filled(ctx, check)).wait(READY), check).about(REVIEW)


@router.press("request-word")
@router.word("bản word", "lấy bản word")
def as_word(ctx: Context, _: str = "") -> Turn | None:
    """The same paper for whoever wants to change it on a computer."""
    check = checks.of(ctx)
    if check is None:
        return None
    buttons = (
        ctx.button("send_request", "request-send"),
        ctx.button("mend_form", "request-mend"),
        ctx.button("officer"),
    )
    turn = ctx.say("request.word", *buttons)
    return checks.keep(checks.private(turn).event(filled(ctx, check, FileKind.DOCX)).wait(READY), check)


def filled(ctx: Context, check: Check, kind: FileKind = FileKind.PDF) -> PaperAsked:
    """The paper as it is filled."""
    name = ctx.fill("request.file")
    return PaperAsked(paper=request_paper(ctx, check), name=name, kinds=(kind,))


def after(ctx: Context, *, sendable: bool) -> list[QuickReply]:
    """What can be done with the paper."""
    buttons = [ctx.button("send_request", "request-send")] if sendable and ctx.contact.locality != ELSEWHERE else []
    where = QuickReply(label=ctx.fill("button.part_where"), payload=f"part:{REVIEW}:where")
    if sendable:
        buttons.append(ctx.button("mend_form", "request-mend"))
        buttons.append(ctx.button("as_word", "request-word"))
        buttons.append(ctx.button("summary", "request-summary"))
    else:
        buttons += [ctx.button("fill_in", "request-go"), where]
    return [*buttons, ctx.button("officer")]


@router.press("request-mend")
def mend(ctx: Context, field: str = "") -> Turn | None:
    """Which field is to be changed; or that one, asked anew."""
    check = checks.of(ctx)
    if check is None or not check.form:
        return start(ctx)
    if field in FIELDS:
        form = {name: value for name, value in check.form.items() if name not in (field, "members_so_far")}
        return ask(ctx, replace(check, form=form))
    lines = [
        f"{number}. {ctx.fill(f'request.name.{name}')}: {shown(ctx, check.form.get(name))}"
        for number, name in enumerate(FIELDS, 1)
    ]
    text = join([ctx.fill("request.mend"), *lines, ctx.fill("request.mend_number")])
    turn = checks.private(ctx.tell(text, ctx.button("keep_as_is", "request-go")))
    return checks.keep(turn.wait("request.mend"), check)


def shown(ctx: Context, value: Any) -> str:
    """A field in words."""
    if not value:
        return ctx.fill("request.empty_field")
    if isinstance(value, list):
        return ", ".join(one["name"] for one in value)
    return sex_text(str(value)) or str(value)


def sex_text(value: str) -> str:
    """As it is written on the form; empty for anything else."""
    return {"male": "Nam", "female": "Nữ"}.get(value, "")


@router.state("request.mend")
def read_mend(ctx: Context) -> Turn | None:
    """The number of a field."""
    digits = ctx.text.strip()
    if digits.isascii() and digits.isdecimal() and 0 < int(digits) <= len(FIELDS):
        return mend(ctx, FIELDS[int(digits) - 1])
    return None


@router.press("request-summary")
def summary(ctx: Context, _: str = "") -> Turn | None:
    """The household's own sheet: answers and what they may mean, without a name."""
    check = checks.of(ctx)
    if check is None or not check.answers:
        return None
    turn = ctx.say("request.summary", ctx.button("see_result", "check-result"), ctx.button("officer"))
    name = ctx.fill("request.summary_file")
    asked = PaperAsked(paper=summary_paper(ctx, check), name=name, kinds=(FileKind.PDF,))
    return checks.keep(checks.private(turn).event(asked), check)

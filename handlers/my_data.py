"""What is kept about the person: shown, handed over as a file, deleted with one word."""

import re
from datetime import datetime

from content import formatting
from core.contacts import Consent, ContactStatus, Purpose
from core.conversation import ErasureRequested, ExportRequested, Turn
from core.messages import QuickReply
from core.questions import QuestionState
from handlers.again import answer
from handlers.channels import spoken_channel
from handlers.context import LOCAL, Context, join
from handlers.dates import spoken_time
from handlers.routing import Router
from handlers.selfcheck.aside import is_other

router = Router("my_data")

STATE = "mydata.erase"
_ME = r"(?:toi|tui|em|minh|con|chau|bac|tao|nha (?:toi|em|minh|tui))"
_KNOWS = re.compile(
    r"(?:(?:m|may|mi|ban|bot|ad|em|chung tay|ben nay|ben do|o day|trang nay|cai nay|phuong|xa|da|oi|the|vay) )*"
    r"(?:(?:dang|da|co|con) )*(?:biet|luu|giu|nho|ghi|nam)(?: (?:nhung|duoc|cai|thong tin|lai|du lieu|so lieu|dieu))*"
    rf" (?:gi|chi|nhung gi|thong tin gi|cai gi)(?: (?:ve|cua))+ {_ME}"
    r"(?: (?:vay|the|a|ha|khong|roi|day|do|ta|nhi|het|chua))*"
)


@router.press("mydata")
@router.word("xem dữ liệu của tôi", "dữ liệu của tôi", "chung tay biết gì về tôi", "my data", "/privacy")
@router.action("action:privacy")
def show(ctx: Context, _: str = "") -> Turn:
    """All of it, in words (voice.md T31)."""
    words = ctx.words
    where = ", ".join(part for part in (ctx.locality and ctx.here, ctx.contact.hamlet) if part)
    agreed = max((one.expires_at for one in _consents(ctx, Purpose.QUESTION)), default=None)
    lines = [
        ctx.fill("mydata.intro"),
        words.text("mydata.place", place=where or words.text("mydata.nothing")),
        words.text("mydata.questions", count=len(_open_or_answered(ctx))),
        ctx.fill("mydata.messages"),
        _joined(ctx),
        _check(ctx),
        _needs(ctx),
        _work(ctx),
        _training(ctx),
        _events(ctx),
        _kept_by(ctx, Purpose.STATED),
        _kept_by(ctx, Purpose.LABOUR),
        _market(ctx),
        _survey(ctx),
        words.text("mydata.reminders", count=len(ctx.person.reminders)) if ctx.person.reminders else "",
        *_listed(ctx),
        words.text("mydata.misread"),
        words.text("mydata.consent", day=_day(ctx, agreed)) if agreed else "",
        words.text("mydata.never"),
        ctx.fill("mydata.who"),
    ]
    # Five have room in a message; the place can be changed in the settings as well.
    lacking, place = ctx.button("needs_forget"), ctx.button("place")
    middle = (lacking, ctx.button("export")) if ctx.person.needs else (ctx.button("export"), place)
    return ctx.tell(join(lines), ctx.button("erase"), *middle, ctx.button("join"), ctx.button("menu"))


@router.before_understanding
def knows(ctx: Context) -> Turn | None:
    """ "M biết gì về tui", "đang giữ gì của tôi": asked in everyday words."""
    return show(ctx) if ctx.message.payload is None and _KNOWS.fullmatch(ctx.folded) else None


def _joined(ctx: Context) -> str:
    """The channels by which the person writes, where several were joined."""
    joined = ctx.person.addresses
    channels = ", ".join(dict.fromkeys(spoken_channel(one.urn, ctx.lang) for one in joined))
    return ctx.words.text("mydata.joined", count=len(joined), channels=channels) if joined else ""


def _consents(ctx: Context, purpose: Purpose) -> list[Consent]:
    return [one for one in ctx.person.consents if one.purpose is purpose]


def _listed(ctx: Context) -> list[str]:
    """What a list of the ward brought, and whether news are wanted."""
    contact, lines = ctx.contact, []
    status = ctx.fill(f"status.{contact.household_status}") if contact.household_status else ""
    told = [part for part in (contact.name, contact.phone, status) if part]
    if told:
        lines.append(ctx.fill("mydata.listed", told=", ".join(told)))
    listed = max((one.granted_at for one in _consents(ctx, Purpose.NOTICES)), default=None)
    if contact.status is ContactStatus.STOPPED:
        lines.append(ctx.fill("mydata.stopped"))
    elif listed is not None:
        lines.append(ctx.fill("mydata.notices", day=_day(ctx, listed)))
    if contact.status is ContactStatus.STOPPED or listed is not None:
        lines.append(ctx.fill("mydata.ledger"))
    return lines


def _needs(ctx: Context) -> str:
    """What the household lacks, where it agreed that this is kept."""
    agreed = max((one.expires_at for one in _consents(ctx, Purpose.NEEDS)), default=None)
    if not ctx.person.needs or agreed is None:
        return ""
    names = ", ".join(ctx.fill(f"needs.of.{one}") for one in ctx.person.needs)
    return ctx.words.text("mydata.needs", names=names, day=_day(ctx, agreed))


def _work(ctx: Context) -> str:
    """That what they look for is kept, and how to end it."""
    agreed = max((one.expires_at for one in _consents(ctx, Purpose.WORK)), default=None)
    return ctx.words.text("mydata.work", day=_day(ctx, agreed)) if agreed is not None and agreed > ctx.now else ""


def _training(ctx: Context) -> str:
    """That they are on the list of a course, and how to end it."""
    agreed = max((one.expires_at for one in _consents(ctx, Purpose.TRAINING)), default=None)
    return ctx.words.text("mydata.training", day=_day(ctx, agreed)) if agreed is not None and agreed > ctx.now else ""


def _events(ctx: Context) -> str:
    """That they signed up for a job fair, and how to end it."""
    agreed = max((one.expires_at for one in _consents(ctx, Purpose.EVENTS)), default=None)
    return ctx.words.text("mydata.events", day=_day(ctx, agreed)) if agreed is not None and agreed > ctx.now else ""


def _kept_by(ctx: Context, purpose: Purpose) -> str:
    """That what they need, or who of them works, is kept, and how to end it."""
    agreed = max((one.expires_at for one in _consents(ctx, purpose)), default=None)
    if agreed is None or agreed <= ctx.now:
        return ""
    return ctx.words.text(f"mydata.{purpose.value}", day=_day(ctx, agreed))


def _market(ctx: Context) -> str:
    """That posts of theirs are kept, and how to end them."""
    agreed = max((one.expires_at for one in _consents(ctx, Purpose.MARKET)), default=None)
    return ctx.words.text("mydata.market", day=_day(ctx, agreed)) if agreed is not None and agreed > ctx.now else ""


def _survey(ctx: Context) -> str:
    """That what they wish to learn is kept, and how to end it."""
    agreed = max((one.expires_at for one in _consents(ctx, Purpose.SURVEY)), default=None)
    return ctx.words.text("mydata.survey", day=_day(ctx, agreed)) if agreed is not None and agreed > ctx.now else ""


def _check(ctx: Context) -> str:
    notes = ctx.person.conversation.notes
    kept = notes is not None and notes.until > ctx.now
    return ctx.words.text("mydata.check", day=_day(ctx, notes.until)) if notes is not None and kept else ""


def _day(ctx: Context, moment: datetime) -> str:
    return formatting.date_text(moment.astimezone(LOCAL).date(), ctx.lang)


def _open_or_answered(ctx: Context) -> list[int]:
    return [one.id for one in ctx.person.questions if one.state is not QuestionState.WITHDRAWN]


@router.press("export")
@router.word("tải dữ liệu của tôi", "export my data")
def export(ctx: Context, _: str = "") -> Turn:
    """A file with everything; it comes with this very message."""
    return ctx.say("mydata.export", ctx.button("mydata"), ctx.button("menu")).event(ExportRequested())


@router.press("erase")
@router.word("xóa", "xóa hết", "xóa dữ liệu của tôi", "xóa tôi đi", "delete me", "delete my data", "xóa đi")
@router.word("xóa tin của tôi", "xóa tin của tôi đi", "xóa tin nhắn của tôi", "xóa tin nhắn", "xóa hết đi")
def erase(ctx: Context, _: str = "") -> Turn:
    """One clear question before everything goes."""
    if _asked(ctx) and ctx.message.payload is None:
        return _once_more(ctx)
    open_ones = sum(one.state is QuestionState.OPEN for one in ctx.person.questions)
    message_id = "mydata.erase_sure" if open_ones else "mydata.erase_sure_none"
    return ctx.say(message_id, *_yes_and_no(ctx), count=open_ones).wait(STATE, deed="erase")


def _asked(ctx: Context) -> bool:
    """Whether the question is what waits."""
    waiting = ctx.person.conversation.waiting
    return waiting is not None and waiting.state == STATE


def _yes_and_no(ctx: Context) -> tuple[QuickReply, QuickReply]:
    return ctx.button("erase_all", "erase-now"), ctx.button("keep", "erase-keep")


def _once_more(ctx: Context) -> Turn:
    """What cannot be taken back hangs on a clear word, and it is said that nothing is gone yet."""
    return ctx.say("mydata.erase_again", *_yes_and_no(ctx)).wait(STATE, deed="erase", again=True)


@router.state(STATE)
def unsure(ctx: Context, **_: object) -> Turn:
    """Neither a yes nor a no: asked again; a question of its own is answered, and nothing is erased."""
    if not is_other(ctx) or "xoa" in ctx.folded.split():
        return _once_more(ctx)
    return ctx.say("mydata.not_erased").then(answer(ctx, ctx.text))


@router.press("erase-now")
def erase_now(ctx: Context, _: str = "") -> Turn:
    """Gone; only pressed below the question, never by an old button."""
    if not _asked(ctx):
        return erase(ctx)
    local = ctx.now.astimezone(LOCAL)
    moment = spoken_time(local.time(), ctx.lang)
    stopped = any(one.state is QuestionState.OPEN for one in ctx.person.questions)
    turn = ctx.say(
        "mydata.erased" if stopped else "mydata.erased_none",
        ctx.button("begin", "start"),
        time=moment,
        day=formatting.date_text(local.date(), ctx.lang),
    )
    return turn.event(ErasureRequested())


@router.press("erase-keep")
def erase_not(ctx: Context, _: str = "") -> Turn:
    """Everything stays, and that is said."""
    return ctx.say("mydata.kept", ctx.button("mydata"), ctx.button("menu"))

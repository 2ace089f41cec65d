"""What somebody wants to be reminded of: asked for with a word, kept with a consent of its own, called off at once."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from content.reminding import Rule, after_escape, at, before_the_last_day, day_of, review_opens
from core.contacts import AGREED_FOR, ContactStatus, Purpose
from core.conversation import ConsentGiven, NoticeAnswered, ReminderAsked, RemindersOff, Turn
from core.reminders import Reminder
from core.text import Days, dates
from handlers import escaped, localities
from handlers.context import ELSEWHERE, Context
from handlers.routing import Router

router = Router("reminding")

STATE = "remind.certificate"
WORDING = "reminder.kept"
MOST_WORDS = 24  # in longer texts somebody tells what happened
_ME = "(?:toi|tui|t|em|e|minh|chau|con|bac|co|chu|di|anh|chi|ong|ba|me|nha toi|nha em|nha minh)"
_POLITE = (
    rf"(?:(?:da|thua|xin|nho|lam on|muon|can|hay|cho|giup|chung tay|can bo|phuong|xa|oi|a|{_ME}|den|toi|gan|luc do|nao"
    r"|khi nao|khi do|bao gio|thi|please|can you|could you) )*"
)
_REMINDS = re.compile(
    rf"{_POLITE}(?:nhac (?:nho |lai |giup |dum |gium |cho )*{_ME}\b|nhac (?:viec|nho|giay|so|xet|ra soat|ho ngheo)\b"
    rf"|remind me\b)|.*\b(?:thi|nho|giup|dum) nhac (?:nho |lai |giup |dum |gium |cho )*{_ME}\b"
)
_NOT = "(?:khong|khoi|dung|thoi|ngung|bo|huy|tat|k)"
_CALLED_OFF = re.compile(
    rf"{_POLITE}(?:thoi )?{_NOT}(?: (?:can|muon|co|phai|viec|nhan))* nhac(?: (?:nho|viec|nhe|giup|cho))*"
    rf"(?: {_ME})*(?: (?:nua|dau|het|di|nhe|nha|a|oi|viec do|cai do|{_ME}))*"
    r"|(?:please )?(?:don t|do not|stop|no more)(?: (?:remind|reminding|reminders?|me|of|about|that|it|any ?more))+"
)
_QUESTION = re.compile(r"\b(?:khong|chua|sao|ha|gi)$|^(?:sao|ai|co phai)\b|\b(?:da|co|hom truoc|hom qua) nhac\b")
_OF = (
    ("escaped", re.compile(r"\b(?:thoat ngheo|moi thoat|escap\w+)\b")),
    ("review", re.compile(r"\b(?:ra soat|binh xet|xet|hop thon|review)\b")),
    ("certificate", re.compile(r"\b(?:giay|so|certificate|papers?)\b")),
)
LONGEST = timedelta(days=3660)  # no paper is good for longer than ten years: the year is mistyped
KEPT_AFTER = timedelta(days=60)  # of the last moment: what was asked may be looked up for a while


@router.before_understanding
def asked(ctx: Context) -> Turn | None:
    """In one's own words: to be reminded, of what is named if anything is, or no longer."""
    if ctx.message.payload is not None or ctx.folded.count(" ") >= MOST_WORDS:
        return None
    if _CALLED_OFF.fullmatch(ctx.folded):
        return off(ctx, "")
    if not _REMINDS.match(ctx.folded) or _QUESTION.search(ctx.folded):
        return None
    name = next((name for name, words in _OF if words.search(ctx.folded)), "")
    return ask(ctx, name) if name else show(ctx)


@router.press("reminders")
@router.word("nhắc tôi", "nhắc việc", "nhắc em", "việc nhắc", "remind me", "reminders")
def show(ctx: Context, _: str = "") -> Turn:
    """What they will be reminded of, and what else they may be."""
    buttons = [
        ctx.button("remind_review", "remind:review"),
        ctx.button("remind_certificate", "remind:certificate"),
        ctx.button("remind_escaped", "escaped"),
    ]
    planned = ctx.person.reminders
    if not planned:
        return ctx.say("reminder.offer", *buttons, ctx.button("menu"))
    lines = [ctx.fill("reminder.list"), *(_line(ctx, one) for one in planned[:5])]
    return ctx.tell("\n".join(lines), *buttons, ctx.button("remind_off_all", "remind-off"), ctx.button("menu"))


def _line(ctx: Context, one: Reminder) -> str:
    name = one.rule.partition(":")[0]
    return ctx.fill("reminder.item", what=ctx.fill(f"reminder.of.{name}"), day=_day(ctx, one.due_at))


def _day(ctx: Context, moment: datetime) -> str:
    return ctx.day_text(day_of(moment))


@router.word("nhắc tôi kỳ rà soát", "nhắc tôi đợt rà soát", "nhắc tôi xét hộ nghèo", "nhắc tôi kỳ xét hộ nghèo")
def review(ctx: Context) -> Turn:
    """The next yearly review."""
    return ask(ctx, "review")


@router.word("nhắc tôi giấy hộ nghèo", "nhắc tôi đổi giấy", "nhắc tôi gia hạn giấy hộ nghèo", "nhắc tôi sổ hộ nghèo")
def certificate(ctx: Context) -> Turn:
    """The last day of a paper."""
    return ask(ctx, "certificate")


@router.press("remind")
def ask(ctx: Context, argument: str) -> Turn:
    """By one of the rules; what it needs to know is asked."""
    if (turn := _unreachable(ctx, argument)) is not None:
        return turn
    name, _, rest = argument.partition(":")
    if name == "review":
        opens = review_opens(ctx.content, locality=ctx.place_id, on=ctx.today)
        return _planned(ctx, Rule.REVIEW, [opens] if opens else [], about=opens)
    if name == "certificate":
        return ctx.say("reminder.ask_certificate", ctx.button("menu")).wait(STATE)
    if name != "escaped":
        return show(ctx)
    left = _date(rest)
    if left is None or left > ctx.today or left.year < escaped.OLDEST:
        return escaped.ask(ctx)
    moments = after_escape(ctx.content, left, locality=ctx.place_id, on=ctx.today)
    return _planned(ctx, Rule.ESCAPED, moments, about=at(left))


def _unreachable(ctx: Context, argument: str) -> Turn | None:
    """Whom nothing would reach is not told that it will: no place is known, or they stopped everything."""
    if ctx.contact.locality == ELSEWHERE:
        return ctx.say("no_notices", *localities.start_buttons(ctx))
    if ctx.locality is None:
        return localities.ask(ctx, pending=ctx.text or "nhắc tôi")
    if ctx.contact.status is ContactStatus.STOPPED:
        return ctx.say("reminder.stopped", ctx.button("remind_me", f"remind-again:{argument}"), ctx.button("menu"))
    return None


@router.press("remind-again")
def ask_again(ctx: Context, argument: str) -> Turn:
    """Who had stopped everything wants to be reminded after all, and hears what else that lets in."""
    yes = ConsentGiven(purpose=Purpose.NOTICES, expires_at=ctx.now + AGREED_FOR, wording="reminder.stopped")
    turn = ask(ctx.learning(status=ContactStatus.ALERTS), argument)
    return turn.learn(status=ContactStatus.ALERTS).event(yes)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@router.state(STATE)
def read_day(ctx: Context) -> Turn | None:
    """The last day on the paper."""
    found = [one for one in dates(ctx.text, on=ctx.today) if isinstance(one, Days)]
    last = found[0].last if found else None
    if last is None and ctx.reading.labels:
        return None
    if last is None or last > ctx.today + LONGEST:
        return ctx.say("reminder.again", ctx.button("menu")).wait(STATE).miss()
    moment = before_the_last_day(last, ctx.today)
    return _planned(ctx, Rule.CERTIFICATE, [moment] if moment else [], about=at(last))


def _planned(ctx: Context, rule: Rule, moments: Sequence[datetime], *, about: datetime | None) -> Turn:
    if not moments or about is None:
        return ctx.say("reminder.none_left", ctx.button("officer"), ctx.button("menu"))
    days = "; ".join(dict.fromkeys(_day(ctx, one) for one in moments))
    turn = ctx.say(WORDING, ctx.button("remind_off", f"remind-off:{rule}"), ctx.button("menu"), day=days)
    asked = ReminderAsked(rule=rule, moments=tuple(moments), about=about)
    return turn.event(asked).event(agreed(max(moments)))


def agreed(last: datetime) -> ConsentGiven:
    """That a day is kept until somebody was reminded of it."""
    return ConsentGiven(purpose=Purpose.REMINDERS, expires_at=last + KEPT_AFTER, wording=WORDING)


@router.press("remind-off")
def off(ctx: Context, rule: str) -> Turn:
    """Of nothing by this rule any more; without one, of nothing at all."""
    turn = ctx.say("reminder.off" if rule else "reminder.off_all", ctx.button("reminders"), ctx.button("menu"))
    return turn.event(RemindersOff(rule=rule or None))


@router.word("thôi nhắc", "đừng nhắc nữa", "không cần nhắc", "bỏ nhắc", "dừng nhắc", "stop reminding me")
def off_all(ctx: Context) -> Turn:
    """In one's own words."""
    return off(ctx, "")


@router.press("course-yes")
def comes(ctx: Context, campaign: str) -> Turn:
    """Who had signed up says that they come: kept with the notice."""
    return _answered(ctx, campaign, "reminder.comes", "course_yes")


@router.press("course-no")
def stays_away(ctx: Context, campaign: str) -> Turn:
    """Or that they do not, so that somebody else has the seat."""
    turn = _answered(ctx, campaign, "reminder.stays_away", "course_no")
    return turn.event(RemindersOff(rule=f"{Rule.COURSE}:{campaign}"))


def _answered(ctx: Context, campaign: str, message_id: str, button: str) -> Turn:
    turn = ctx.say(message_id, ctx.button("officer"), ctx.button("menu"))
    if not (campaign.isascii() and campaign.isdecimal() and len(campaign) <= 18):
        return turn
    said = ctx.words.text(f"button.{button}")
    return turn.event(NoticeAnswered(campaign_id=int(campaign), text=said, word=said))

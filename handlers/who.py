"""Who speaks here, and for whoever cannot read: whom to call, where to go. What was asked before stays asked."""

import re
from dataclasses import replace

from core.conversation import Turn
from handlers import localities
from handlers.context import Context, join
from handlers.routing import Router

router = Router("who")

LONGEST = 60  # characters of a message that says only this

_ME = r"(?:toi|em|tui|tao|minh|con|chau|bac|ba|ong|me|ma|co|chu|anh|chi)"
_BEFORE = rf"(?:(?:{_ME}|da|a|oi|ua|o|the|vay|nay|cho|hoi|xin|ma|thi|vi|tai|nhung|gia|roi|can bo|ad|hello|alo) )*?"
_THIS = (
    r"(?:may|mi|ban|bot|em|chi|anh|co|chu|ong|ba|ad|admin|day|chung tay|(?:ben|trang|kenh|cho|so|zalo|nick|cai|may) "
    r"(?:nay|day|ni))"
)
_SOMEBODY = r"(?:ai|gi|chi|cai gi|cai chi|con gi|(?:ben|co quan|don vi|to chuc|nguoi|cho) (?:gi|nao))"
_REAL = r"(?:nguoi|may|can bo|robot)(?: that)?"
WHO = re.compile(
    rf"{_BEFORE}(?:{_THIS} la {_SOMEBODY}|ai (?:vay|day|the)|ai (?:dang )?(?:noi|nhan|tra loi)"
    rf"|(?:dang )?(?:noi chuyen|nhan tin|chat) voi ai"
    rf"|(?:{_THIS} )?(?:la|phai|co phai|co phai la) {_REAL}(?: hay(?: la)? {_REAL})?"
    r"|who (?:are you|is this)|what is (?:this|chung tay))"
    r"(?: (?:vay|the|day|do|nhi|a|ha|ta|khong|chu|dung khong|phai khong|con|em|ban|oi))*"
)
_NOT = r"(?:khong|hong|hok|hem|ko|k|kg|chua|chang|no|it)"
CANNOT_READ = re.compile(
    rf"{_BEFORE}(?:{_NOT}(?: (?:he|co|duoc))* (?:biet|bit|ranh|thong|hoc)(?: (?:doc|viet|mat|cai))* (?:chu|doc)"
    rf"|{_NOT}(?: the)? (?:doc|xem|nhin) (?:duoc|noi|ra|thay)(?: chu)?|mu chu|{_NOT} doc chu"
    rf"|mat (?:kem|mo|yeu|toi|loa|dau)(?: (?:qua|lam|roi))*(?: {_NOT} (?:doc|thay|xem|nhin)(?: (?:duoc|noi|ro|ra))*)?"
    r"|doc(?: (?:giup|gium|dum|ho|cho|len|nghe|thanh tieng|bang loi|tin|cai nay|chu))+"
    r"|(?:i |my \w+ )?(?:can ?t|can ?not|don ?t know how to) read(?: it| this| well)?"
    r"|read (?:it |this )?(?:aloud|(?:to|for) me))"
    rf"(?: (?:nghia|nao|gi|chi|dau|a|ah|oi|voi|nhe|nha|ca|het|lam|may|nghe|di|duoc|duoc khong|roi|vay|ma|thi|lam sao"
    rf"|sao|gio|day|can bo|giup|dum|gium|ho|{_ME}))*"
)


@router.before_all
def who_speaks(ctx: Context) -> Turn | None:
    """ "Mày là ai", "chung tay là gì": a machine of the place, what it is for, and how to reach a person."""
    if not _asked(ctx, WHO):
        return None
    if ctx.contact.locality is None and ctx.person.conversation.waiting is None:
        return localities.greeting(ctx)
    return _and_on(ctx, ctx.tell(join([ctx.fill("who"), call(ctx)])))


@router.before_all
def cannot_read(ctx: Context) -> Turn | None:
    """ "Không biết chữ", "đọc giúp": a number to call, or where to go and speak."""
    if not _asked(ctx, CANNOT_READ):
        return None
    return _and_on(ctx, ctx.tell(join([ctx.fill("cannot_read"), call(ctx), ctx.fill("cannot_read.helped")])))


def call(ctx: Context) -> str:
    """How to reach a person: by telephone, as far as the ward has entered a number; else where to go."""
    found = ctx.content.telephone(locality=ctx.place_id, on=ctx.today, lang=ctx.lang)
    committee = ctx.content.committee(locality=ctx.place_id, on=ctx.today, lang=ctx.lang)
    if found is None:
        return ctx.fill("who.go", committee=committee)
    number, office = found
    return ctx.fill("who.call", phone=number, office=office or committee)


def _asked(ctx: Context, words: re.Pattern[str]) -> bool:
    """Whether the whole message says so; in an alarm all that is written belongs to the alarm."""
    waiting = ctx.person.conversation.waiting
    alarmed = waiting is not None and waiting.state.startswith("danger.")
    typed = ctx.message.payload is None and not ctx.message.attachments and ctx.message.unread is None
    return typed and not alarmed and len(ctx.folded) <= LONGEST and words.fullmatch(ctx.folded) is not None


def _and_on(ctx: Context, turn: Turn) -> Turn:
    """The turn with what could be pressed before, and what was awaited."""
    conversation = ctx.person.conversation
    buttons = conversation.offered if conversation.waiting is not None else ()
    last = replace(turn.replies[-1], quick_replies=buttons or (ctx.button("officer"), ctx.button("topics")))
    return replace(turn, replies=(*turn.replies[:-1], last), waiting=conversation.waiting)

"""What somebody says of a vacancy they are interested in: who may call them, did they start, are they still there.

One tap each, below a question that they were asked. Nothing is done for anybody but whoever presses: a lead is found by
the person and the number of the vacancy.
"""

import re

from content.following import ANSWER
from content.understanding.assent import assent
from core.conversation import Turn
from core.leads import Ask, LeadAct, LeadSaid, LeadState, Why
from handlers.context import Context
from handlers.routing import Router
from handlers.work.dialled import in_digits
from handlers.work.progress import Progress, progress_in

router = Router("work.leads")

TOPIC = "job-connection"  # whose offices look after it
OFFICER, PHONE, EMPLOYER = "lead.officer", "lead.phone", "lead.employer"
_NUMBER = re.compile(r"(?:\+?84|0)\d{9}")
_BETWEEN = re.compile(r"[ .\-()]")
TYPED = 8  # words of a text that is an answer
_STARTED = re.compile(r"(?:da |roi |co )*(?:(?:nhan|di lam|vao lam|lam|bat dau|duoc nhan)(?: viec| lam)?(?: roi)?|roi)")
_NOT_YET = re.compile(r"(?:van |con )?(?:chua|cho|dang cho)(?: .*)?")
_LEFT = re.compile(r"(?:toi |da )*(?:nghi|bo|thoi|khong lam)(?: viec| lam| roi| khong lam| nua)*")
_QUITS = re.compile(
    r"(?:thoi )?(?:(?:toi|em|minh|tui) )?(?:khong|chang|het) (?:muon |con )?(?:lam|quan tam|nhan|thich|can|di|ung)"
    r"(?: viec| lam| nay| do)* nua(?: (?:dau|nhe|nha|a|roi))*"
    r"|(?:rut|huy|bo)(?: (?:quan tam|viec|ten|dang ky))+(?: (?:nay|do|di|nhe|nha|lai))*"
)
_STILL = re.compile(r"(?:van |dang )*(?:con|lam|dang lam)(?: lam| chu| nhe)*")


def read_phone(text: str) -> str:
    """A telephone number as it is typed, from 0 on; empty where there is none, or something besides.

    >>> read_phone("so cua toi 0912 345 678"), read_phone("+84 912.345.678"), read_phone("12345")
    ('0912345678', '0912345678', '')
    """
    found = _NUMBER.search(_BETWEEN.sub("", in_digits(text)))
    return re.sub(r"^\+?84", "0", found[0]) if found else ""


def quits(folded: str) -> bool:
    """Whether somebody wants a vacancy no more.

    >>> quits("thoi khong lam nua"), quits("khong lam duoc ban dem")
    (True, False)
    """
    return _QUITS.fullmatch(folded) is not None


@router.press("lead-share")
def share(ctx: Context, said: str) -> Turn:
    """The officer may call: by the number of the ward's list, or by one that is typed."""
    number = read_number(said)
    if number is not None and not ctx.contact.phone:
        stay = ctx.button("lead_chat", f"lead-chat:{number}")
        return ctx.say("lead.ask_phone", stay).wait(PHONE, offer=number)
    return done(ctx, number, LeadAct.AGREED, phone=ctx.contact.phone or "", then=EMPLOYER)


@router.press("lead-chat")
def chat_only(ctx: Context, said: str) -> Turn:
    """The officer writes here, and gets no number."""
    return done(ctx, read_number(said), LeadAct.REFUSED)


@router.state(OFFICER)
def read_officer(ctx: Context, offer: int) -> Turn | None:
    """A yes, a no or the number itself, typed."""
    if quits(ctx.folded):
        return withdraw(ctx, str(offer))
    if read_phone(ctx.text):
        return read_typed_phone(ctx, offer)
    yes = assent(ctx.text)
    return None if yes is None else share(ctx, str(offer)) if yes else chat_only(ctx, str(offer))


@router.state(PHONE)
def read_typed_phone(ctx: Context, offer: int) -> Turn | None:
    """The number; what has no digits may be about something else."""
    phone = read_phone(ctx.text)
    if phone:
        return done(ctx, offer, LeadAct.AGREED, phone=phone, then=EMPLOYER).in_private()
    if quits(ctx.folded):
        return withdraw(ctx, str(offer))
    if assent(ctx.text) is False:
        return chat_only(ctx, str(offer))
    if not any(one.isdigit() for one in in_digits(ctx.text)):
        return None
    stay = ctx.button("lead_chat", f"lead-chat:{offer}")
    return ctx.say("lead.phone_again", stay).wait(PHONE, offer=offer)


@router.press("lead-employer")
def employer(ctx: Context, said: str) -> Turn:
    """Whether the employer gets the number too."""
    first, _, yes = said.partition(":")
    return done(ctx, read_number(first), LeadAct.EMPLOYER_AGREED if yes == "yes" else LeadAct.EMPLOYER_REFUSED)


@router.state(EMPLOYER)
def read_employer(ctx: Context, offer: int) -> Turn | None:
    """The same, typed."""
    if quits(ctx.folded):
        return withdraw(ctx, str(offer))
    yes = assent(ctx.text)
    return None if yes is None else employer(ctx, f"{offer}:{'yes' if yes else 'no'}")


@router.word("sàn giao dịch việc làm", "sàn việc làm", "sàn giao dịch", "job exchange")
def exchange(ctx: Context) -> Turn:
    """No exchange outside is connected: that is said, and what is here goes on."""
    return ctx.say("lead.no_exchange", ctx.button("work"), ctx.topic_button("job-connection"), ctx.button("officer"))


@router.press("lead-began")
def began(ctx: Context, said: str) -> Turn:
    """They have started."""
    return done(ctx, read_number(said), LeadState.STARTED)


@router.press("lead-wait")
def still_waits(ctx: Context, said: str) -> Turn:
    """Not yet."""
    return done(ctx, read_number(said), LeadAct.ANSWERED)


@router.press("lead-still")
def still_there(ctx: Context, said: str) -> Turn:
    """They are still there, after one month or three."""
    first, _, ask = said.partition(":")
    return done(ctx, read_number(first), LeadState.QUARTER if ask == Ask.QUARTER else LeadState.MONTH)


def withdraw(ctx: Context, number: str) -> Turn:
    """Whether they really want it no more; one press, for words like these are said of many things."""
    return ctx.say("lead.withdraw", ctx.button("lead_out", f"lead-stop:{number}"), ctx.button("keep_as_is", "menu"))


@router.press("lead-stop")
def gives_up(ctx: Context, said: str) -> Turn:
    """They do not want it any more, or left; why is asked, and need not be said."""
    return done(ctx, read_number(said), LeadState.GAVE_UP)


@router.press("lead-why")
def because(ctx: Context, said: str) -> Turn:
    """Why."""
    first, _, why = said.partition(":")
    return done(ctx, read_number(first), LeadState.GAVE_UP, why=Why(why) if why in set(Why) else Why.OTHER)


@router.press("lead-quiet")
def quiet(ctx: Context, said: str) -> Turn:
    """No more questions about this one."""
    return done(ctx, read_number(said), LeadAct.SILENCED)


@router.word("đừng hỏi nữa", "đừng hỏi việc nữa", "đừng hỏi thăm nữa", "thôi hỏi thăm", "stop asking about work")
def quiet_about_all(ctx: Context) -> Turn:
    """No more questions about any."""
    turn = ctx.say("lead.silenced", ctx.button("work_see", "work"), ctx.button("menu"))
    return turn.event(LeadSaid(offer_id=None, act=LeadAct.SILENCED))


@router.state(ANSWER)
def read_answer(ctx: Context, offer: int, ask: str) -> Turn | None:
    """An answer to a follow-up question in a few words of their own."""
    if "?" in ctx.text:
        return None
    number, heard = str(offer), progress_in(ctx.folded)
    if heard is not None and heard.progress is Progress.LEFT:
        turn = done(ctx, offer, LeadState.GAVE_UP, why=heard.why)
        return with_their_words(ctx, turn) if heard.why is Why.UNPAID else turn
    if ask == Ask.BEGAN and heard is not None and heard.progress is Progress.HIRED:
        return began(ctx, number)
    return _in_few_words(ctx, number, ask) if len(ctx.folded.split()) <= TYPED else None


def with_their_words(ctx: Context, turn: Turn) -> Turn:
    """Pressing "Gặp cán bộ" passes these very words on; nothing is passed on without that press."""
    return turn.wait("handover.ready", text=ctx.text, topic=TOPIC, files=[])


def _in_few_words(ctx: Context, number: str, ask: str) -> Turn | None:
    yes = assent(ctx.text)
    if _LEFT.fullmatch(ctx.folded):
        return gives_up(ctx, number)
    if ask == Ask.BEGAN:
        if _NOT_YET.fullmatch(ctx.folded) or yes is False:
            return still_waits(ctx, number)
        return began(ctx, number) if yes or _STARTED.fullmatch(ctx.folded) else None
    if yes or _STILL.fullmatch(ctx.folded):
        return still_there(ctx, f"{number}:{ask}")
    return gives_up(ctx, number) if yes is False else None


def done(
    ctx: Context,
    number: int | None,
    act: LeadState | LeadAct,
    *,
    why: Why | None = None,
    phone: str = "",
    then: str = "",
) -> Turn:
    """What they said is kept; the reply stands where there is no such lead of theirs any more."""
    turn = ctx.say("lead.gone", ctx.button("work_see", "work"), ctx.button("officer"), ctx.button("menu"))
    if number is None:
        return turn
    turn = turn.wait(then, offer=number) if then else turn
    return turn.event(LeadSaid(offer_id=number, act=act, why=why, phone=phone))


def read_number(said: str) -> int | None:
    """The number of a vacancy as it stands in a button."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= 18 else None

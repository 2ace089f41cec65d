""" "That is not what I asked": said so, the words before are noted, and what they may have meant is offered."""

import re

from core.conversation import Misread, Turn
from core.messages import QuickReply
from core.misreadings import Why
from handlers.context import Context
from handlers.routing import Router
from handlers.topics import choice_button

router = Router("not_meant")

LONGEST = 12  # words; what is longer says more than that
OFFERED = 2  # matters, beside "other topics" and an officer
LIKELY = 0.15  # the chance of a matter that is offered, now that the answered ones are out of question
LEAST = 0.01  # its chance before: what is less likely is nothing the words are about

_WHO = r"(?:toi|tui|to|em|e|t|minh|con|chau|bac|co|chu|anh|chi|ba|ong|tao|ba con)"
_NOT = r"(?:khong|hong|chua|chang|dau|deo)(?: (?:co|phai|he|duoc|phai la))*"
_IT = r"(?:cai|dieu|viec|chuyen|y|cau|thu|cho)"
_ASKED = rf"(?:{_WHO} )?(?:(?:muon|can|dinh|dang|vua|da) )*(?:hoi|noi|can|muon|biet)"
_VAGUE = r"(?:do|nay|vay|the|ay|kia|khac)"
_SAID = "|".join(
    (
        rf"{_NOT} (?:dung|trung|sat|ro|hieu|vao) (?:voi |vao )?(?:{_IT}|cau hoi|noi dung)"
        rf"(?: cua)?(?: (?:{_ASKED}|{_WHO}))?",
        rf"{_NOT} {_IT}(?: ma)?(?: {_VAGUE})?(?: cua)? (?:{_ASKED}|{_WHO})",
        rf"khong phai y {_VAGUE}",
        rf"(?:{_WHO} )?{_NOT} (?:muon |can |dinh )?(?:hoi|noi)(?: ve)?(?: {_IT})? {_VAGUE}",
        rf"(?:{_WHO} )?co (?:hoi|noi)(?: ve)?(?: {_IT})? {_VAGUE} dau",
        rf"y {_WHO} (?:khong phai|la)(?: {_IT})? {_VAGUE}",
        rf"{_WHO} (?:dang |muon |can |da )*hoi (?:{_IT} )?khac(?= (?:ma|co|kia))",
        rf"(?:tra loi|tl|hieu|noi|doc|nghe)(?: bi)? (?:sai|nham|lac de|lech|khong dung)"
        rf"(?: (?:y|cau hoi|cau|het|bet|cua|hoi|cai|muon|{_WHO}))*",
        rf"(?:sai|nham|khac|lech|trat) (?:voi )?(?:y|cau hoi)(?: cua)?(?: {_ASKED}| {_WHO})?|lac de",
        r"(?:(?:that|this|it)(?: s| is)? |thats )?not what i (?:asked|meant|mean|wanted|said)(?: for| about)?",
        r"(?:that|this|it)(?: s| is)? not my question|not my question|wrong (?:answer|topic)",
        r"you (?:misunderstood|got (?:it|me|that) wrong)(?: me)?",
        r"i (?:did not|didn t|didnt) (?:ask|mean) (?:about )?(?:that|this)",
    )
)
_SHORTLY = r"(?:sai|nham|lon|trat|khong dung|khong phai|chua dung|khong trung)"  # means it only right after an answer
_BEFORE = (
    r"(?:(?:a|o|oi|u|ua|um|oh|no|thoi|da|vang|van|lai|nhung|ma|nham roi|sai roi|khong|chung tay|ban|may|bot|can bo|"
    rf"sorry|hinh nhu|la|{_WHO}|(?:cai|cau|tra loi|cau tra loi)(?: (?:nay|do|vua roi|tren))?|vay|the|but) )*?"
)
_AFTER = (
    rf"(?: (?:roi|ma|nhe|nha|a|ah|luon|ca|het|gi|co|vay|the|do|nua|oi|kia|dau|at|hoan toan|{_WHO}|ban|chung tay|bot|"
    r"may|can bo|at all|sorry))*"
)
_WHOLE = re.compile(f"{_BEFORE}(?:{_SAID}){_AFTER}")
_SHORT = re.compile(f"{_BEFORE}{_SHORTLY}{_AFTER}")


def says_so(folded: str, *, after_answer: bool = False) -> bool:
    """Whether a whole message says that something else was meant; `after_answer` takes "sai rồi" for it too."""
    if folded.count(" ") >= LONGEST:
        return False
    return bool(_WHOLE.fullmatch(folded) or (after_answer and _SHORT.fullmatch(folded)))


@router.before_all
def after_an_answer(ctx: Context) -> Turn | None:
    """It is about what the machine has just answered, whatever else is waited for."""
    conversation = ctx.person.conversation
    heard = conversation.heard
    if heard is None or ctx.message.payload is not None or ctx.message.attachments or ctx.message.unread:
        return None
    if not says_so(ctx.folded, after_answer=conversation.waiting is None):
        return None
    return _sorry(ctx, _others(ctx)).event(Misread(text=heard.text, why=Why.NOT_MEANT, read_as=heard.labels))


@router.before_understanding
def at_any_time(ctx: Context) -> Turn | None:
    """Where no words were answered just now there is nothing to note, but no other answer would be kind."""
    conversation = ctx.person.conversation
    again = conversation.waiting is None and conversation.misses > 0
    return _sorry(ctx, []) if conversation.offered and says_so(ctx.folded, after_answer=again) else None


def _others(ctx: Context) -> list[QuickReply]:
    """What the words before may have meant instead, the likeliest first."""
    heard = ctx.person.conversation.heard
    if heard is None:
        return []
    guesses = ctx.understanding.read(heard.text).ranked
    left = 1 - sum(guess.score for guess in guesses if guess.label in heard.labels)
    least = max(LIKELY * left, LEAST)
    likely = [guess.label for guess in guesses if guess.label not in heard.labels and guess.score >= least]
    buttons = [button for label in likely if (button := choice_button(ctx, label)) is not None]
    return [one for one in buttons if one.payload != "officer"][:OFFERED]


def _sorry(ctx: Context, others: list[QuickReply]) -> Turn:
    if ctx.person.conversation.misses:  # never the same text twice running (voice.md A13)
        return ctx.say("not_meant.again", ctx.button("officer"), ctx.button("topics")).miss()
    message_id = "not_meant" if others else "not_meant.no_idea"
    return ctx.say(message_id, *others, ctx.button("other_topics", "topics"), ctx.button("officer")).miss()

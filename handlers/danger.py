"""Danger first: numbers at once, an officer told at once, no menu (voice.md T40 to T42).

Until an officer answers, everything the person writes belongs to the open urgent case; its place is learnt on the way.
"""

import re
from dataclasses import replace

from content.selfcheck.reading import unknown
from content.understanding import Decision
from core.conversation import QuestionAsked, Turn
from core.messages import Attachment, QuickReply, attachment_from_json
from core.questions import Question, QuestionState, spoken_code
from core.text import fold
from handlers import again, asking_notices, cases, drafts
from handlers.asked import may_answer
from handlers.cases import told as told_of
from handlers.codes import due_at, new_code
from handlers.context import LOCAL, Context, join
from handlers.dates import spoken_time
from handlers.market import posting
from handlers.market.crossing import only_answers
from handlers.routing import Router
from handlers.selfcheck import aside
from handlers.subscribing import reading
from handlers.training import fields

router = Router("danger")

STATE = "danger.more"
CLEARLY = 0.6  # above the cut: sentences of the corpus that are dangers stand 0.77 and more above it
# In order of what must be said first, where a message speaks of several.
KINDS = ("violence", "suicide", "medical", "hunger", "disaster")
# What can be pressed below each: the label is written into the case as the person's own words.
CHOICES = {
    "violence": ("no_call", "hide"),
    "suicide": ("somebody_near", "alone"),
    "hunger": ("children", "sick"),
}
NAMED = ("hunger", "disaster")  # told by its code in the first answer
# "Việc đã gửi sao rồi", "khi nào cán bộ tới": how it stands; "có người cho rồi": it is less urgent, and still open.
_STANDS = re.compile(
    r"\b(?:khi nao|bao gio|chung nao|bao lau|may gio|luc nao|sao) (?:\w+ ){0,3}(?:can bo|nguoi|ai|cac (?:anh|chi|chu))"
    r"\b.*\b(?:toi|den|xuong|qua|goi|tra loi|nhan|giup|lien he)\b"
    r"|\b(?:viec|tin|cau|don) (?:\w+ ){0,3}(?:gui|bao|nhan) (?:\w+ ){0,2}(?:sao|toi dau|den dau|the nao)\b"
    r"|\b(?:can bo|ai|nguoi ta) (?:\w+ ){0,2}(?:biet|nhan|doc|xem|tra loi) (?:\w+ ){0,2}chua\b"
    r"|\b(?:sao|ma) lau (?:qua|vay|the)\b|\bcho (?:hoai|mai|lau) (?:qua|khong|chua|roi)\b"
)
_HELPED = re.compile(
    r"\b(?:co nguoi|hang xom|ba con|hoi|truong thon|nguoi ta|ho|nha ngoai|nha noi|anh em) (?:\w+ ){0,3}"
    r"(?:cho|giup|tang|mang|dem|ho tro)\b.*\broi\b|\b(?:do|on|tam on|yen) roi\b|\bhet (?:doi|nguy|nguy hiem) roi\b"
)
_ASKS = re.compile(
    r"\b(?:khong|ko|k|bao nhieu|sao|the nao|o dau|dau|ai|gi|may|khi nao|bao gio)"
    r"(?: (?:vay|a|ha|nhi|ta|the|do|hi|co|chu|anh|chi|em|chau|con|bac|ong|ba|can bo|ban))*$"
)
_WANTS = re.compile(r"^(?:\w+ ){0,8}(?:xin|muon|hoi|vay|dang ky|lam lai|can giay|con .* thi)\b")
_NO_CALL = re.compile(r"\b(?:dung|khong|ko|khoi|cho) (?:co )?(?:goi|dien)\b")
_TELL_NOBODY = re.compile(
    r"\b(?:dung|khong|ko|khoi|cho) (?:co |ma |duoc )?(?:bao|noi|ke|mach|cho) (?:lai )?(?:voi |cho |den |toi )?"
    r"(?:\w+ )?(?:ai|nguoi ta|nha|gia dinh|chong|vo|con|chau|bo|me|cha|ma|ba|thay|co giao|hang xom|cong an|biet)\b"
    r"|\b(?:dung|khong|khoi) (?:noi|neu|ghi|lo|tiet lo) ten\b"
    r"|\bgiu (?:bi mat|kin)\b|\bdo(?:nt| not) tell\b"
)


@router.before_all
def danger(ctx: Context) -> Turn | None:
    """Someone may be in danger, in any spelling, whatever the conversation was waiting for."""
    if ctx.message.payload is not None or _declines(ctx) or ctx.reading.decision is not Decision.DANGER:
        return None
    if asking_notices.only_asks(ctx) or reading.again(ctx.text):
        return None  # "i want messages again", "tin này thật không con": heard as a danger by their single words
    kind = next((one for one in KINDS if one in ctx.reading.labels), KINDS[0])
    told = told_of(ctx)
    if kind in told and open_case(ctx) is not None:
        return add(ctx, told=told)
    night = "" if _in_hours(ctx) else ctx.fill("danger.out_of_hours")
    # Something is swallowed or cut already: what saves the life comes before what is said to a wish to die.
    first = ctx.fill("danger.now") if kind == "suicide" and "medical" in ctx.reading.labels else ""
    known = open_case(ctx)
    code = known.code if known is not None else new_code(ctx.chance)
    # A code says nothing to whoever looks over a shoulder; where that is a danger itself it is left out.
    named = ctx.fill("danger.code", code=spoken_code(code)) if kind in NAMED else ""
    text = join([first, ctx.fill(f"danger.{kind}"), named, night, _where(ctx)])
    turn = ctx.tell(text, *_choices(ctx, kind))
    # The words go to an officer without asking first: to protect a life needs no consent (Law 91/2025/QH15).
    return alert(ctx, turn, ctx.text, code=code).wait(STATE, told=[*told, kind])


def _declines(ctx: Context) -> bool:
    """Among answers about one's household: "không muốn nói" is no wish to die, "hai mẹ con" no call for help.

    There a danger is heard from a rule, or from what sounds clearly like one: the cut is made for other talk. What is
    no answer to the question that waits is other talk.
    """
    waiting, felt = ctx.person.conversation.waiting, ctx.reading.felt
    if felt is not None and (fields.may_answer(ctx) or _answers_the_market(ctx)):
        return felt < CLEARLY
    if felt is None or waiting is None or not waiting.state.startswith(("selfcheck.", "request.")):
        return False
    return unknown(ctx.text) or (felt < CLEARLY and may_answer(ctx))


def _answers_the_market(ctx: Context) -> bool:
    """A day, a price or the like where what is sold is asked about: "sáng mai" sounds to the model like despair."""
    waiting = ctx.person.conversation.waiting
    return waiting is not None and waiting.state == posting.STATE and only_answers(ctx.text)


def _in_hours(ctx: Context) -> bool:
    """Whether somebody is likely to be at a desk: no roster says who is on duty, so no more is said than is known."""
    local = ctx.now.astimezone(LOCAL)
    return local.weekday() < 5 and 7 <= local.hour < 17  # Monday to Friday, usual office hours


def _where(ctx: Context) -> str:
    return ctx.fill("danger.where") if ctx.locality is None else ""


def _choices(ctx: Context, kind: str) -> tuple[QuickReply, ...]:
    return tuple(ctx.button(f"danger_{name}", f"danger:{name}") for name in CHOICES.get(kind, ()))


def _away(ctx: Context) -> tuple[QuickReply, ...]:
    """What leads out of an alarm: the paper or the check that was begun before it waits, and the menu."""
    begun = aside.go_on_button(ctx)
    return (begun, ctx.button("menu")) if begun is not None else (ctx.button("menu"),)


@router.before_all
def place_pressed(ctx: Context) -> Turn | None:
    """A place's button in the middle of an alarm tells where to look; it does not end the alarm."""
    name, _, locality = (ctx.message.payload or "").partition(":")
    waiting = ctx.person.conversation.waiting
    alarmed = waiting is not None and waiting.state == STATE and open_case(ctx) is not None
    if name != "at" or not alarmed or locality not in ctx.content.localities:
        return None
    told = told_of(ctx)
    ctx = ctx.learning(locality=locality)
    turn = ctx.say("danger.place", *_away(ctx))
    return alert(ctx, turn, ctx.here).learn(locality=locality).wait(STATE, told=told)


@router.state(STATE)
def add(ctx: Context, told: list[str], noted: int = 0) -> Turn | None:
    """Whatever is written next belongs to the alarm; a question of the law gets its answer besides."""
    known = case_of(ctx)
    if known is None or not (ctx.text or ctx.message.attachments):
        return None  # it was withdrawn, or answered long ago: the alarm is over
    found = ctx.content.find_locality(ctx.text) if ctx.locality is None else []
    learnt = found[0].id if len(found) == 1 else None
    ctx = ctx.learning(locality=learnt) if learnt else ctx
    if not learnt and (answer := _asked_besides(ctx)):
        turn = answer.then(ctx.tell(numbers(ctx, told), *_away(ctx)))
    elif _TELL_NOBODY.search(ctx.folded):
        turn = ctx.say("danger.told_only", ctx.button("danger_hide", "danger:hide"), *_away(ctx))
    elif _thanks(ctx):
        turn = ctx.tell(join([ctx.fill("danger.thanks"), numbers(ctx, told)]), *_away(ctx))
    elif known.state is QuestionState.OPEN and _STANDS.search(ctx.folded):
        turn = ctx.tell(join([_stands(ctx, known, told), numbers(ctx, told)]), *_away(ctx))
    elif _HELPED.search(ctx.folded):
        turn = ctx.tell(join([ctx.fill("danger.helped"), numbers(ctx, told)]), *_away(ctx))
    elif _NO_CALL.search(ctx.folded):
        turn = ctx.say("danger.no_call", ctx.button("danger_hide", "danger:hide"), *_away(ctx))
    else:
        turn = ctx.tell(join([_added(ctx, known, told, noted), _where(ctx)]), *_away(ctx))
    turn = alert(ctx, turn, ctx.text)
    return (turn.learn(locality=learnt) if learnt else turn).wait(STATE, told=told, noted=noted + 1)


def carry_on(ctx: Context) -> Turn | None:
    """What comes along while an alarm is open belongs to it, also when the talk has gone elsewhere; a film cannot."""
    if case_of(ctx) is None:
        return None
    if ctx.text or ctx.message.attachments:
        return add(ctx, told=told_of(ctx))
    turn = ctx.say(f"unread.{ctx.message.unread}").then(ctx.say("danger.numbers", *_away(ctx)))
    return turn.wait(STATE, told=told_of(ctx))


def _asked_besides(ctx: Context) -> Turn | None:
    """The answer to what asks about one of our matters in so many words; all else is told of the danger."""
    return again.answer(ctx, ctx.text) if asks_besides(ctx) else None


def asks_besides(ctx: Context) -> bool:
    """Whether these words ask about one of our matters."""
    told = ctx.reading.decision in (Decision.ANSWER, Decision.SEVERAL)
    wants = _WANTS.search(ctx.folded) is not None and ctx.reading.sure >= again.SURE
    return told and (wants or _asks(ctx.text))


def _asks(text: str) -> bool:
    return text.rstrip().endswith("?") or _ASKS.search(fold(text)) is not None


def _thanks(ctx: Context) -> bool:
    return ctx.reading.decision is Decision.SMALLTALK and ctx.reading.labels[:1] == ("thanks",)


def _added(ctx: Context, known: Question, told: list[str], noted: int) -> str:
    """That it was noted, with the numbers for this danger; by turns, so that nobody reads the same twice running."""
    if known.state is not QuestionState.OPEN:  # open again with these words
        if set(told) <= {"violence"}:
            return ctx.fill("danger.reopened")
        return join([ctx.fill("danger.added"), numbers(ctx, told)])
    local = known.due_at.astimezone(LOCAL)
    message_id = "danger.added_until" if noted % 2 == 0 and _in_hours(ctx) else "danger.added"
    return join([ctx.fill(message_id, time=spoken_time(local.time(), ctx.lang)), numbers(ctx, told)])


def _stands(ctx: Context, known: Question, told: list[str]) -> str:
    """That nobody has answered yet, and until when somebody must, as long as that is so."""
    late = known.due_at <= ctx.now or not _in_hours(ctx)
    time = spoken_time(known.due_at.astimezone(LOCAL).time(), ctx.lang)
    text = ctx.fill("danger.stands" if late else "danger.stands_until", code=spoken_code(known.code), time=time)
    # In violence the hamlet head may be near to the one who is feared.
    return join([text, ctx.fill("danger.hamlet_head") if told and told[-1] in NAMED else ""])


def numbers(ctx: Context, told: list[str]) -> str:
    """Whom to call in the danger that was told of last."""
    return ctx.fill(f"danger.call.{told[-1]}" if told else "danger.numbers")


@router.press("danger")
def pressed(ctx: Context, name: str) -> Turn | None:
    """One of the buttons below an alarm."""
    told, known = told_of(ctx), case_of(ctx)
    if name == "hide":
        return ctx.say("danger.hide", ctx.button("erase"), *_away(ctx)).wait(STATE, told=told)
    if known is None or name not in {one for names in CHOICES.values() for one in names}:
        return None
    message_id = {"no_call": "danger.no_call", "alone": "danger.alone"}.get(name)
    turn = ctx.say(message_id, *_away(ctx)) if message_id else ctx.tell(_added(ctx, known, told, 0), *_away(ctx))
    return alert(ctx, turn, ctx.words.text(f"button.danger_{name}")).wait(STATE, told=told)


@router.press("held")
def held(ctx: Context, _: str = "") -> Turn:
    """Below a warning of fraud: somebody is held already. An alarm like one that was told of in words."""
    waiting = ctx.person.conversation.waiting
    warned = str(waiting.data.get("text", "")) if waiting is not None and waiting.state == "handover.ready" else ""
    night = "" if _in_hours(ctx) else ctx.fill("danger.out_of_hours")
    turn = ctx.tell(join([ctx.fill("danger.held"), night, _where(ctx)]), *_away(ctx))
    words = join([ctx.words.text("button.held"), warned])
    return alert(ctx, turn, words).wait(STATE, told=[*told_of(ctx), "violence"])


def open_case(ctx: Context) -> Question | None:
    """The urgent case that no officer has answered yet."""
    return next((one for one in ctx.person.questions if one.urgent and one.state is QuestionState.OPEN), None)


def case_of(ctx: Context) -> Question | None:
    """The same, or the one whose answer is fresh: what is written next may be what the officer asked for."""
    return open_case(ctx) or cases.alarm(ctx)


def alert(ctx: Context, turn: Turn, text: str, *, code: str = "") -> Turn:
    """The same turn, with an urgent question opened, or the one that is there extended, and open again."""
    known, (before, files) = case_of(ctx), _draft(ctx)
    text = f"{before}\n{text}".strip()
    if known is not None:
        more = cases.more_of(ctx, known, text, files)
        return turn.event(replace(more, locality=ctx.place_id))
    asked = QuestionAsked(
        code=code or new_code(ctx.chance),
        text=text,
        topic=None,
        due_at=due_at(ctx, urgent=True),
        urgent=True,
        attachments=files,
    )
    return turn.event(asked)


def _draft(ctx: Context) -> tuple[str, tuple[Attachment, ...]]:
    """What was written or sent just before and waits for a yes, with what came along now: it belongs to the alarm."""
    draft = drafts.pending(ctx.person.conversation)
    if draft is None or draft.get("since") is not None:  # something else came in between
        return "", ctx.message.attachments
    kept = tuple(attachment_from_json(one) for one in draft["files"])
    return draft["text"], (*kept, *ctx.message.attachments)

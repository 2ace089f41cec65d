"""What somebody wishes to learn: eight short questions after a yes, each of which may be passed over."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from content.understanding.assent import assent
from core.contacts import Purpose
from core.conversation import ConsentGiven, ConsentWithdrawn, Turn
from core.messages import QuickReply
from core.surveys import CHOICES, NOTHING, SurveyAsked, SurveyBegun, SurveyTold, Wish
from core.text import fold
from core.training import LONGEST_NAME, Household
from handlers import localities
from handlers.context import ELSEWHERE, Context
from handlers.needs.asking import needs_else
from handlers.routing import Router
from handlers.training.joining import household_in
from handlers.training.wishes import CONSENT

router = Router("training-survey")

WORDING = "survey.ask"  # what somebody reads before anything is kept
STATE = "survey.told"
STEPS = ("trade", *CHOICES, "hamlet", "household")
PAGE = 3  # groups of trades in a bubble, beside "others" and "pass over"
_PASSED = ("bo qua", "khong biet", "chua biet", "sao cung duoc", "skip", "pass")
_NOTHING = ("khong muon", "khong hoc", "khong can hoc", "nothing", "none")
_SAID: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "season": (
        ("any", ("luc nao", "quanh nam", "thang nao", "any")),
        ("early", ("dau nam", "sau tet", "thang gieng", "early")),
        ("middle", ("giua nam", "mua he", "he", "middle")),
        ("late", ("cuoi nam", "truoc tet", "late")),
    ),
    "hours": (
        ("any", ("luc nao", "ca ngay", "any")),
        ("morning", ("sang", "morning")),
        ("afternoon", ("chieu", "afternoon")),
        ("evening", ("toi", "dem", "evening")),
    ),
    "reach": (
        ("stay", ("o lai", "xa cung", "xa nha", "stay")),
        ("daily", ("di ve", "trong ngay", "daily")),
        ("here", ("trong xa", "trong phuong", "gan nha", "trong thon", "here", "near")),
    ),
    "schooling": (
        ("none", ("khong biet chu", "chua hoc", "chua xong", "none")),
        ("primary", ("cap 1", "lop 5", "tieu hoc", "primary")),
        ("lower", ("cap 2", "lop 9", "grade 9")),
        ("upper", ("cap 3", "lop 12", "upper")),
    ),
    "care": (("no", ("khong", "no")), ("yes", ("co", "can", "yes"))),
}


@router.press("survey")
@router.word("khảo sát học nghề", "khảo sát nghề", "trả lời khảo sát", "khảo sát nhu cầu học nghề", "training survey")
def survey(ctx: Context, _: str = "") -> Turn:
    """Whether there is a survey of their place, and what would be kept, take the place of this reply."""
    if ctx.contact.locality == ELSEWHERE:
        return ctx.say("work.elsewhere", ctx.topic_button("vocational-training"), ctx.button("menu"))
    if ctx.locality is None:
        return localities.ask(ctx, pending="khảo sát học nghề")
    turn = ctx.say("survey.none", ctx.button("courses"), ctx.button("officer"))
    return turn.event(SurveyAsked(keep=ctx.keeping.questions))


@router.state(CONSENT)
def read_consent(ctx: Context) -> Turn | None:
    """Yes or no in the person's own words."""
    yes = assent(ctx.text)
    return None if yes is None else (_begun(ctx) if yes else refused(ctx))


@router.press("survey-agree")
def agreed(ctx: Context, _: str = "") -> Turn:
    """The questions begin; only below the question. Nothing is kept before the last one."""
    waiting = ctx.person.conversation.waiting
    return _begun(ctx) if waiting is not None and waiting.state == CONSENT else survey(ctx)


def _begun(ctx: Context) -> Turn:
    """The first question, or that the survey is over by now: nobody answers eight questions for nothing."""
    return _question(ctx, {}).event(SurveyBegun())


@router.press("survey-refuse")
def refused(ctx: Context, _: str = "") -> Turn:
    """Nothing is kept."""
    return ctx.say("survey.refused", ctx.button("courses"), ctx.button("menu"))


@router.press("survey-forget")
@router.word("xóa câu trả lời khảo sát", "forget my answers")
def forget(ctx: Context, _: str = "") -> Turn:
    """What they answered goes at once."""
    turn = ctx.say("survey.forgotten", ctx.button("courses"), ctx.button("menu"))
    return turn.event(ConsentWithdrawn(purpose=Purpose.SURVEY))


@router.state(STATE)
def read_typed(ctx: Context, **told: Any) -> Turn | None:
    """An answer in the person's own words; None where it is a question of theirs."""
    if "?" in ctx.text or needs_else(ctx):
        return None
    step = step_of(ctx, told)
    said = "" if ctx.folded in _PASSED else _read(ctx, step)
    return _question(ctx, told, again=True) if said is None else _taken(ctx, told, step, said)


def _read(ctx: Context, step: str) -> str | None:
    padded = f" {ctx.folded} "
    if step == "trade":
        if any(f" {one} " in padded for one in _NOTHING):
            return NOTHING
        trades = ctx.content.trades
        return next((trades.group_of.get(one, one) for one in trades.named_in(ctx.text)), None)
    if step == "hamlet":
        text = " ".join(ctx.text.split())
        return text if len(text) <= LONGEST_NAME else None
    if step == "household":
        return household_in(ctx.folded)
    return next((one for one, words in _SAID[step] if any(f" {each} " in padded for each in words)), None)


@router.press("survey-say")
def read_press(ctx: Context, said: str) -> Turn:
    """An answer that was pressed; only below its question."""
    waiting = ctx.person.conversation.waiting
    if waiting is None or waiting.state != STATE:
        return survey(ctx)
    told, (step, _, value) = dict(waiting.data), said.partition("=")
    if step != step_of(ctx, told):
        return _question(ctx, told)
    if value.startswith("page"):
        return _question(ctx, {**told, "page": int(value[4:]) if value[4:].isdecimal() else 0})
    known: Mapping[str, Iterable[str]] = {"trade": ctx.content.trades.groups, "household": Household, "hamlet": ()}
    fits = not value or value in [*known.get(step, CHOICES.get(step, ()))]
    return _taken(ctx, told, step, value) if fits else _question(ctx, told)


def _steps(ctx: Context) -> list[str]:
    return [one for one in STEPS if one != "hamlet" or not ctx.contact.hamlet]


def step_of(ctx: Context, told: Mapping[str, Any]) -> str:
    """The first question that has no answer yet."""
    return next((one for one in _steps(ctx) if one not in told), "household")


def _taken(ctx: Context, told: Mapping[str, Any], step: str, said: str) -> Turn:
    told = {**{name: value for name, value in told.items() if name != "page"}, step: said}
    if step != "household":
        return _question(ctx, told)
    choices = {name: str(told.get(name, "")) for name in CHOICES}
    wish = Wish(trade=str(told.get("trade", "")), household=Household(said or Household.UNSAID), **choices)
    expires = ctx.now + timedelta(days=ctx.keeping.questions)
    given = ConsentGiven(purpose=Purpose.SURVEY, expires_at=expires, wording=WORDING)
    hamlet = ctx.contact.hamlet or str(told.get("hamlet", ""))
    turn = ctx.say("survey.none", ctx.button("courses"), ctx.button("officer"))
    return turn.event(given, SurveyTold(wish=wish, hamlet=hamlet)).in_private()


def _question(ctx: Context, told: Mapping[str, Any], *, again: bool = False) -> Turn:
    """The next question with its buttons; what was not understood is asked once more."""
    step, steps = step_of(ctx, told), _steps(ctx)
    text = ctx.fill(f"survey.question.{step}", number=steps.index(step) + 1, count=len(steps))
    if again:
        text = f"{ctx.fill('survey.again')}\n{text}"
    # What a household is and where is not kept among the messages.
    return ctx.tell(text, *_buttons(ctx, step, told)).wait(STATE, **told).in_private()


def _buttons(ctx: Context, step: str, told: Mapping[str, Any]) -> list[QuickReply]:
    passed = ctx.button("course_skip", f"survey-say:{step}=")
    if step == "household":
        return [ctx.button(f"course_{one.replace('-', '_')}", f"survey-say:household={one}") for one in Household]
    if step == "hamlet":
        return [passed]
    if step != "trade":
        return [*(ctx.button(f"survey_{step}_{one}", f"survey-say:{step}={one}") for one in CHOICES[step]), passed]
    groups = list(ctx.content.trades.groups.values())
    first = int(told.get("page", 0)) * PAGE
    first = first if first < len(groups) else 0
    shown = [
        QuickReply(label=one.button.get(ctx.lang), payload=f"survey-say:trade={one.id}")
        for one in groups[first : first + PAGE]
    ]
    following = first // PAGE + 1 if first + PAGE < len(groups) else 0
    return [*shown, ctx.button("work_other_trades", f"survey-say:trade=page{following}"), passed]


assert all(fold(one) == one for steps in _SAID.values() for _, words in steps for one in words)  # noqa: S101

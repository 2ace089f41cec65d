"""What the local plan says: its figures, goals, projects, money and offices, and who handles a matter."""

from collections.abc import Sequence
from datetime import date

from content.catalogue import Catalogue
from content.formatting import date_text
from content.offices import office_named
from content.planbook import PlanBook
from content.planpage import PlanItem, PlanPage
from content.planreading import Asked, asked
from content.understanding import Decision
from content.wording import Wording
from core.conversation import Turn
from core.messages import OutboundMessage, QuickReply
from core.progress import Reported
from handlers.context import Context, join
from handlers.routing import Router

router = Router("plan")

PLAN = "local-targets"
DESK = ("contact", PLAN)  # no matter of their own
# All that a plan says, in the order in which it is read as a whole.
PARTS = (
    *("poverty", "goals", "targets", "counts", "projects", "money", "solutions", "priorities", "policies"),
    *("processes", "offices", "movement", "fund", "channels", "disclosure", "feedback", "documents"),
)
MENUS = ("home", "more")  # pages that only lead on, and say themselves what they are
WITH_FIGURES = ("poverty", "progress", "targets", "topic")  # pages on which goals of the plan are told
ITEMS, LENGTH = 5, 480  # of a bubble: things in a list, characters (voice A4, A2)
LIKE = 0.2  # of the best score: another matter that may be meant as well
BUTTONS = 4  # beside the officer's


@router.before_understanding
def understood(ctx: Context) -> Turn | None:
    """Words that ask about the plan itself, or who handles a matter."""
    if ctx.locality is None:
        return None
    found = asked(ctx.text)
    if found is None:
        return None
    # "Xã làm tới đâu rồi" names the place: what somebody sent themselves is not meant.
    if not (found.page or "").startswith("progress") and ctx.reading.decision in (Decision.ACTION, Decision.SMALLTALK):
        return None
    turn = _who(ctx, found) if found.who else _told(ctx, found)
    return turn.answering(ctx.text, PLAN) if turn is not None else None


def _told(ctx: Context, found: Asked) -> Turn | None:
    page = found.page or _page(ctx, found)
    book = _book(ctx) if page == "offices" else None
    if book is not None and (office := office_named(book.place.offices, ctx.folded)):
        page = f"offices:{office}"
    return show(ctx, page) if page else None


def _book(ctx: Context, *, reported: Sequence[Reported] = ()) -> PlanBook | None:
    """The plan of the place, where we have more of it than its offices."""
    if ctx.locality is None:
        return None
    return ctx.content.plan(locality=ctx.locality.id, on=ctx.today, lang=ctx.lang, reported=reported)


def _page(ctx: Context, found: Asked) -> str | None:
    """What the plan says of a matter, of a whole dimension, or the plan itself where nothing else is named."""
    topic = _topic(ctx, found.rest, of_plan=True) if found.rest else None
    if topic is not None:
        return f"topic:{topic}"
    return f"targets:{found.dimension}" if found.dimension else None if found.rest else "home"


def _topic(ctx: Context, rest: str, *, of_plan: bool = False) -> str | None:
    """The matter that is named; without one, that of the turn before. Of several like matters, with `of_plan`, the one
    that the plan speaks of."""
    before = ctx.person.conversation.topic
    if not rest:
        return before if before in ctx.content.topics and before not in DESK else None
    # What is named by itself first: "ai lo việc nhà ở" after another matter does not go on about that one.
    for after in (None, before):
        reading = ctx.understanding.read(rest, after=after)
        if reading.decision in (Decision.ANSWER, Decision.CHOOSE, Decision.SEVERAL) or (of_plan and reading.labels):
            like = [one.label for one in reading.ranked if one.score > LIKE * reading.ranked[0].score]
            named = [one for one in (*reading.labels, *like) if one in ctx.content.topics and one not in DESK]
            book = _book(ctx) if of_plan else None
            told = [one for one in named if book and book.speaks_of(one)]
            return next(iter((*told, *named)), None)
    return None


def _who(ctx: Context, found: Asked) -> Turn | None:
    topic = _topic(ctx, found.rest)
    if topic is None:
        return None
    card = ctx.content.card(topic, locality=ctx.place_id, on=ctx.today, lang=ctx.lang)
    # A card may know a nearer place than an office: the school, the bank's group in the hamlet.
    told = (
        card.sections["where"]
        if card
        else ctx.content.office(topic, locality=ctx.place_id, on=ctx.today, lang=ctx.lang)
    )
    text = ctx.fill("plan.who_handles", topic=ctx.content.topics[topic].button.get(ctx.lang), office=told.text)
    offices = (ctx.button("plan_offices", "plan:offices"),) if ctx.place_id in ctx.content.plans else ()
    return ctx.tell(text, ctx.topic_button(topic), *offices, ctx.button("officer"), source=told.source).about(topic)


@router.press("plan")
def pressed(ctx: Context, argument: str) -> Turn | None:
    """ "plan:<page>", or "plan:<page>#<first item>.<first button>" for what did not fit."""
    key, _, place = argument.partition("#")
    first, _, button = place.partition(".")
    return show(ctx, key, first=_number(first), button=_number(button))


def home(ctx: Context) -> Turn | None:
    """What the plan of the place is and what it can be asked; None where only its offices are known."""
    return show(ctx, "home") if ctx.place_id in ctx.content.plans else None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def show(ctx: Context, key: str, *, first: int = 0, button: int = 0) -> Turn | None:
    """A page of the plan; None when there is none of that name."""
    if ctx.locality is None:
        return None
    with_figures = key.partition(":")[0] in WITH_FIGURES
    book = _book(ctx, reported=ctx.reported if with_figures else ())
    if book is None:
        return ctx.say("plan.none", ctx.button("officer"), ctx.button("topics"))
    page = book.page(key)
    if page is None:
        return None
    items = _fitting(page.items[first:])
    lead = page.lead if first == 0 else ()
    named = () if key in MENUS else (ctx.fill("plan.named_page", title=page.title),)
    text = join([*named, page.over, *lead, *_listed(items)])
    message = OutboundMessage(
        text=text,
        source=_source(ctx, page, items, table=first == 0 and page.table is not None),
        quick_replies=(*_buttons(ctx, book, page, first + len(items), button), ctx.button("officer")),
        table=page.table if first == 0 else None,
    )
    return Turn(replies=(message,)).about(_about(key))


def _about(key: str) -> str:
    name, _, rest = key.partition(":")
    return rest if name == "topic" else PLAN


def _fitting(items: Sequence[PlanItem]) -> Sequence[PlanItem]:
    count = length = 0
    for item in items[:ITEMS]:
        length += len(item.text) + 3
        if count and length > LENGTH:
            break
        count += 1
    return items[:count]


def _listed(items: Sequence[PlanItem]) -> list[str]:
    return [item.text for item in items] if len(items) == 1 else [f"• {item.text}" for item in items]


def _source(ctx: Context, page: PlanPage, items: Sequence[PlanItem], *, table: bool) -> str:
    assert ctx.locality is not None  # noqa: S101 - only then there is a page
    return source_line(ctx.content, ctx.locality.id, page, items, on=ctx.today, words=ctx.words, table=table)


def source_line(
    content: Catalogue,
    locality: str,
    page: PlanPage,
    items: Sequence[PlanItem],
    *,
    on: date,
    words: Wording,
    table: bool = False,
) -> str:
    """The source of these items of a page: the plan with their sections, and the day up to which it was checked."""
    sections = dict.fromkeys(part for item in items if item.section for part in item.section.split(", "))
    if table:  # it tells figures of all items: the chief section of each is named
        sections |= dict.fromkeys(item.section.split(", ")[0] for item in page.items if item.section)
    cited = f"{page.plan}, {', '.join(sections)}" if sections else page.plan
    day = min(on, content.plan_checked(locality))
    return words.text("card.source", documents=cited, date=date_text(day, words.lang))


def _buttons(ctx: Context, book: PlanBook, page: PlanPage, following: int, start: int) -> list[QuickReply]:
    """What follows: the rest of the list first, then other pages; those that do not fit stand behind one more."""
    buttons = []
    if following < len(page.items):
        buttons.append(ctx.button("plan_next", f"plan:{page.key}#{following}.{start}"))
    room = BUTTONS - len(buttons)
    keys = page.onward[start:]
    shown = keys if len(keys) <= room else keys[: room - 1]
    buttons += [QuickReply(label=book.label(key), payload=_payload(key)) for key in shown]
    if len(shown) < len(keys):
        buttons.append(ctx.button("plan_more", f"plan:{page.key}#{len(page.items)}.{start + len(shown)}"))
    return buttons


def _payload(key: str) -> str:
    return key if key.startswith("topic:") else f"plan:{key}"

"""The result: never a verdict, but what is possible, why, and what to do now."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from content.certainty import Certainty
from content.formatting import date_text, day_month_text
from content.selfcheck.answers import UNKNOWN
from content.selfcheck.deriving import income_per_person, indicators
from content.selfcheck.outcome import TOLD_BY, Outcome, by_dimension, outcomes
from content.standards.schema import Area, HouseholdClass, Indicator
from core.conversation import CheckFinished, PictureAsked, Turn
from core.messages import QuickReply
from core.papers import FileKind, Mark, Picture, Tile
from handlers.context import Context, join
from handlers.routing import Router
from handlers.selfcheck import aside, telling
from handlers.selfcheck import check as checks
from handlers.selfcheck.check import Check

router = Router("selfcheck.result")

POOR, NEAR_POOR = HouseholdClass.POOR, HouseholdClass.NEAR_POOR
AVERAGE, ABOVE = HouseholdClass.AVERAGE_LIVING, HouseholdClass.ABOVE
REVIEW = "household-review"
STATE = "selfcheck.result"
NAMED = 3  # doubtful things that are told by name
LISTED = "; "  # between things of a list of which one may have a comma in its name


def found(ctx: Context, check: Check) -> list[Outcome]:
    """What each standard of today says."""
    return outcomes(ctx.content, checks.home_of(ctx, check), locality=ctx.place_id, on=ctx.today)


def standing(ctx: Context) -> tuple[Check, list[Outcome]] | None:
    """The check that was begun, and what each standard says of it; None where there is nothing to speak of."""
    check = checks.of(ctx)
    told = found(ctx, check) if check is not None else []
    return (check, told) if check is not None and told else None


def is_decided(ctx: Context, check: Check) -> bool:
    """Whether no further answer can change what the household may be."""
    told = found(ctx, check) if "members" in check.answers else []
    return bool(told) and all(len(one.possible) == 1 for one in told)


def lacking_dimensions(ctx: Context, check: Check) -> list[str]:
    """The ids of the dimensions in which something is lacking."""
    told = found(ctx, check)
    if not told:
        return []
    marks = by_dimension(told[0].standard, indicators(checks.home_of(ctx, check)))
    return [dimension for dimension, values in marks.items() if True in values]


def finish(ctx: Context, check: Check) -> Turn:
    """The result, and once for each check a mark in the unnamed tally."""
    turn = tell(ctx, check)
    if check.counted:
        return checks.keep(turn, replace(check, at=None))
    counted = turn.event(CheckFinished(lacking=tuple(lacking_dimensions(ctx, check))))
    return checks.keep(counted, replace(check, at=None, counted=True))


@router.press("check-result")
def see(ctx: Context, _: str = "") -> Turn | None:
    """The result as far as the answers go."""
    check = checks.of(ctx)
    return finish(ctx, check) if check is not None and check.answers else None


def tell(ctx: Context, check: Check) -> Turn:
    """What is possible and what to do; then why, with the picture."""
    told = found(ctx, check)
    if not told:
        return ctx.say("check.no_standard", ctx.topic_button(REVIEW), ctx.button("officer"))
    head = ctx.tell(_head(ctx, check, told))
    reasons = ctx.tell(_why(ctx, check, told), *_buttons(ctx, check, told), source=source(ctx, told))
    both = checks.private(head.then(reasons))
    picture = picture_of(ctx, check, told[0])
    asked = PictureAsked(picture=picture, name=ctx.fill("check.picture.file"), kinds=(_kind(ctx),), reply=0)
    return both.event(asked).about(REVIEW).wait(STATE)


# --- the first message ---


def _head(ctx: Context, check: Check, told: Sequence[Outcome]) -> str:
    first = told[0]
    single = first.certain_class
    if differ(told) and all(one.certain_class for one in told):
        lines = [ctx.fill("check.result.two"), *(_by_standard(ctx, one) for one in told)]
        return join([*lines, ctx.fill("check.result.decides"), _to_do(ctx)])
    if single is None or differ(told):
        lines = [ctx.fill("check.result.open")]
        if differ(told):
            lines += [_by_standard(ctx, one) for one in told]
        else:
            lines.append(ctx.fill("check.result.classes", classes=classes_text(ctx, first.possible)))
        settling = _settling(ctx, check, told)
        if settling is not None:
            lines.append(ctx.fill("check.result.settled_by", question=telling.name_text(ctx, settling)))
        elif unasked := _unasked(ctx, check, told):
            lines.append(ctx.fill("check.result.unasked", names=LISTED.join(unasked)))
        return join([*lines, ctx.fill("check.result.right"), _to_do(ctx)])
    if single in (POOR, NEAR_POOR):
        head = ctx.fill("check.result.may_be", group=class_text(ctx, single))
        return join([head, ctx.fill("check.result.not_decided"), _to_do(ctx)])
    lines = [ctx.fill("check.result.above")]
    if single is AVERAGE:
        lines.append(ctx.fill("check.result.average", group=class_text(ctx, AVERAGE)))
    return join([*lines, ctx.fill("check.result.still")])


def differ(told: Sequence[Outcome]) -> bool:
    """Whether the standards of today lead to different classes."""
    return len({one.possible for one in told}) > 1


def _by_standard(ctx: Context, one: Outcome) -> str:
    """A standard by its days, and what it leads to."""
    later = one.standard.from_ > ctx.today
    message_id = "check.result.from" if later else "check.result.until"
    day = ctx.day_text(one.standard.from_ if later else one.standard.to)
    return ctx.fill(message_id, day=day, classes=classes_text(ctx, one.possible))


def _to_do(ctx: Context) -> str:
    """Where and until when the request is handed in: within the yearly review, or in the year."""
    window = review_window(ctx)
    if window is None:
        return ctx.fill("check.todo.ask")
    first, last = window
    if first <= ctx.today <= last:
        return ctx.fill("check.todo.now", day=date_text(last, ctx.lang), committee=committee(ctx))
    return ctx.fill("check.todo.later", first=day_month_text(f"{first:%m-%d}", ctx.lang), committee=committee(ctx))


def committee(ctx: Context) -> str:
    """The People's Committee to which the request goes."""
    return ctx.content.committee(locality=ctx.place_id, on=ctx.today, lang=ctx.lang)


def review_window(ctx: Context) -> tuple[date, date] | None:
    """The days of this year's review; None where no document that holds today tells them."""
    figures = ctx.content.figures(locality=ctx.place_id)
    days = []
    for name in ("window.from", "window.to"):
        figure = figures.get((REVIEW, name))
        value = figure.at(ctx.today) if figure else None
        if value is None or not isinstance(value.value, str):
            return None
        days.append(date.fromisoformat(f"{ctx.today.year}-{value.value}"))
    return days[0], days[1]


def _settling(ctx: Context, check: Check, told: Sequence[Outcome]) -> str | None:
    """The step whose answer alone would settle it, by all standards or by that of today."""
    order = checks.order(ctx, check)
    open_ones = [one.settled_by for one in told if one.certain_class is None]
    if not open_ones:
        return None
    shared = [name for name in open_ones[0] if all(name in each for each in open_ones)]
    for name in shared or open_ones[0]:
        step = next((step for step in TOLD_BY.get(name, ()) if step in order), None)
        unknown = [each for each in order if each.startswith("amount.") and check.answers.get(each) == UNKNOWN]
        if name == "income" and unknown:
            return unknown[0]
        if step is not None:
            return step
    return None


def _unasked(ctx: Context, check: Check, told: Sequence[Outcome]) -> list[str]:
    """What alone leaves the result open and no question of ours tells: no text at hand says when it is lacking."""
    lacks = indicators(checks.home_of(ctx, check))
    open_ones = {one.id: one for each in told for one in each.standard.indicators if lacks.get(one.id) is None}
    alone = open_ones and not any(name in TOLD_BY for name in open_ones)
    return [one.name.get(ctx.lang).lower() for one in open_ones.values()] if alone else []


# --- why ---


def _why(ctx: Context, check: Check, told: Sequence[Outcome]) -> str:
    home = checks.home_of(ctx, check)
    lacks = indicators(home)
    names = _names(ctx, told[0].standard.indicators, lacks, wanted=True)
    asked = {one.id: one for each in told for one in each.standard.indicators}
    unknown = _names(ctx, tuple(asked.values()), lacks, wanted=None)
    some_known = unknown and len(unknown) < len(lacks)
    lines = [_income(ctx, told, income_per_person(home), home.area)]
    lines.append(ctx.fill("check.why.lacking", count=len(names), names=LISTED.join(names)) if names else "")
    lines.append(ctx.fill("check.why.nothing") if not names and len(unknown) < len(lacks) else "")
    lines.append(ctx.fill("check.why.unknown", names=LISTED.join(unknown)) if some_known else "")
    lines.append(ctx.fill(points_text(ctx)))
    lines += _doubts(ctx, told)
    return join(lines)


def points_text(ctx: Context) -> str:
    """The message about how the commune scores income: by the form in use, or in a way that is not known yet."""
    return "check.why.points" if review_window(ctx) else "check.why.points_unknown"


def _doubts(ctx: Context, told: Sequence[Outcome]) -> list[str]:
    """What the result rests on and nobody has verified; where it is most of a standard, its whole list."""
    reported = any(one.certainty is Certainty.REPORTED for one in told)
    lines = [ctx.fill("card.reported.whole")] if reported else []
    doubtful: dict[str, None] = {}
    for one in told:
        if one.certainty is not Certainty.UNVERIFIED:
            continue
        names = {item.id: item.name.get(ctx.lang).lower() for item in one.standard.indicators}
        whole = len(one.doubtful) > NAMED
        parts = (
            [ctx.fill("check.why.unverified_list", when=_when(ctx, one))]
            if whole
            else [names.get(name, ctx.fill("assess.income")) for name in one.doubtful]
        )
        doubtful.update(dict.fromkeys(parts))
    return [*lines, ctx.fill("check.why.unverified", what=LISTED.join(doubtful))] if doubtful else lines


def _when(ctx: Context, one: Outcome) -> str:
    """The days of a standard, as they stand behind "mức"."""
    later = one.standard.from_ > ctx.today
    day = ctx.day_text(one.standard.from_ if later else one.standard.to)
    return ctx.fill("check.why.from" if later else "check.why.until", day=day)


def _names(
    ctx: Context, standard: Sequence[Indicator], lacks: dict[str, bool | None], *, wanted: bool | None
) -> list[str]:
    return [one.name.get(ctx.lang).lower() for one in standard if lacks.get(one.id) is wanted]


def _income(ctx: Context, told: Sequence[Outcome], share: int | None, area: Area | None) -> str:
    """The income beside the line of each standard, or that it is not known."""
    if share is None or area is None:
        return ctx.fill("check.why.no_income")
    lines = [ctx.fill("check.why.income", share=telling.a_month(ctx, share))]
    for one in told:
        if one.standard.line is None:
            continue
        line = one.standard.line.of(area).value
        key = "within" if share <= line else "over"
        lines.append(ctx.fill(f"check.why.{key}", when=_when(ctx, one), line=telling.money(ctx, line)))
    return join(lines)


def source(ctx: Context, told: Sequence[Outcome]) -> str:
    """The documents a result rests on, and the day up to which they were checked."""
    cited = [
        pair
        for one in told
        for pair in ((one.standard.document, one.standard.article), (one.use.document, one.use.article))
    ]
    with_article = {document for document, article in cited if article}
    documents = dict.fromkeys(
        ctx.fill("card.source.article", document=document, article=article) if article else document
        for document, article in cited
        if article or document not in with_article
    )
    checked = min(ctx.content.checked(locality=ctx.place_id), ctx.today)
    return ctx.fill("card.source", documents="; ".join(documents), date=ctx.day_text(checked))


def _buttons(ctx: Context, check: Check, told: Sequence[Outcome]) -> list[QuickReply]:
    settling = _settling(ctx, check, told)
    buttons = []
    if settling is not None:
        buttons.append(ctx.button("answer_this", f"check-fix:{settling}"))
    elif differ(told):
        buttons.append(ctx.button("two_standards", "check-two"))
    buttons.append(ctx.button("reasons", "check-reasons"))
    buttons.append(ctx.button("make_request", "request"))
    buttons.append(ctx.button("what_helps", "check-help"))
    if len(buttons) < aside.BUTTONS - 1:
        buttons.append(ctx.button("summary", "request-summary"))
    return [*buttons, ctx.button("officer")]


def class_text(ctx: Context, one: HouseholdClass) -> str:
    """A class by its name, as it stands within a sentence."""
    return ctx.fill(f"check.class.{one.value}")


def classes_text(ctx: Context, possible: frozenset[HouseholdClass]) -> str:
    """Classes by name, the poorest first."""
    return ", ".join(class_text(ctx, one) for one in HouseholdClass if one in possible)


# --- the picture ---


def _kind(ctx: Context) -> FileKind:
    """A page shows lines, a quarter of the bytes on the way; other channels take pictures made of dots."""
    return FileKind.SVG if ctx.message.urn.channel == "webchat" else FileKind.PNG


def picture_of(ctx: Context, check: Check, one: Outcome) -> Picture:
    """The six dimensions to look at. It holds no name and no number of the household."""
    marks = by_dimension(one.standard, indicators(checks.home_of(ctx, check)))
    names = {dimension.id: dimension.name.get(ctx.lang) for dimension in one.standard.dimensions}
    tiles = tuple(_tile(ctx, id_, names[id_], values) for id_, values in marks.items())
    return Picture(
        title=ctx.fill("check.picture.title"),
        tiles=tiles,
        footer=ctx.fill("check.picture.footer"),
        alt="; ".join(f"{tile.name}: {tile.text}" for tile in tiles),
    )


def _tile(ctx: Context, id_: str, name: str, values: Sequence[bool | None]) -> Tile:
    lacking, unknown = values.count(True), values.count(None)
    mark = Mark.LACKING if lacking else Mark.UNKNOWN if unknown else Mark.FINE
    message_id = f"check.picture.{mark.value}"
    text = ctx.fill(message_id, count=lacking or unknown, total=len(values))
    return Tile(id=id_, name=name, mark=mark, text=text)

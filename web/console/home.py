"""The first page: what needs me now, then the week. A panel is data: a new room adds one to PANELS.

However many people and questions there are, it takes the same number of statements; a test counts them.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from starlette.responses import Response

from content.formatting import date_text
from content.outlook import ending
from content.work.doubts import signs
from core.campaigns import CampaignState
from core.console_storage import Asked
from core.leads import LeadShow
from core.local_content import Change
from core.market import PostState
from core.offer_desk import OffersAsked
from core.officers import Right
from core.ports import ChannelState
from core.questions import spoken_code
from core.schedules import ScheduleState
from core.work import Standing
from web.bubbles import VIET_NAM as LOCAL
from web.bubbles import time_text
from web.console.content.access import may, readable
from web.console.content.words import ChangeLine, today_of
from web.console.content.words import line_of as change_line
from web.console.events.lines import EVENT
from web.console.figures.targets import entry_name
from web.console.kept import forget
from web.console.leads.listing import PAGE as LEADS
from web.console.leads.listing import line_of as lead_line
from web.console.leads.listing import places_of
from web.console.lines import Line, line_of, office_name, place_name
from web.console.market.listing import PAGE as MARKET_PAGE
from web.console.market.listing import line_of as market_line
from web.console.market.listing import places_of as market_places
from web.console.navigation import HOME, room_name
from web.console.notices.calendar import page_of, series_title
from web.console.offers import access as offers
from web.console.offers import listing
from web.console.questions.news import mark_of as news_mark
from web.console.questions.news import news_of
from web.console.tasks.listing import due_text, mark_of, soon_of
from web.console.visit import Visit
from web.console.week import week_days, week_of
from web.health import State, detail_text, part_name

SHOWN = 5  # lines of a panel
LOOKED_AT = 100  # offers that wait: whether one has signs of a fraud no database can say
DROP = "/console/drafts/drop"
_QUESTION = re.compile(r"/console/questions/(\d{1,18})")
_NUMBER = re.compile(r"/(\d+)(?:/|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line that leads nowhere yet, or to one page."""

    sign: str
    kind: str
    text: str = field(repr=False)
    href: str = ""
    drop: str = ""  # the page of what was typed, where it can be thrown away


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One part of "what needs me now"."""

    id: str
    title: str
    empty: str = ""  # what belongs here, why there is nothing
    summary: str = ""
    questions: tuple[Line, ...] = ()
    entries: tuple[Entry, ...] = ()
    more: tuple[str, str] | None = None  # address, label


Maker = Callable[[Visit], Awaitable[Panel | None]]


async def unanswered(visit: Visit) -> Panel | None:
    """Questions that wait, by due time, urgent ones on top."""
    reach, words = visit.officer.reach(Right.READ_QUESTIONS), visit.words
    async with visit.site.storage.read() as uow:
        found, _ = await uow.desk.page(Asked(reach=reach), offset=0, limit=SHOWN)
        totals = await uow.desk.totals(reach, visit.now)
    counts = {"open": totals.open, "urgent": totals.urgent, "overdue": totals.overdue}
    return Panel(
        id="questions",
        title=words.text("console.home.questions"),
        empty=words.text("console.questions.empty"),
        summary=words.text("console.home.totals", **counts) if totals.open else "",
        questions=tuple(line_of(visit, one) for one in found),
        more=("/console/questions", words.text("console.home.all-questions")) if totals.open > SHOWN else None,
    )


async def unapproved(visit: Visit) -> Panel | None:
    """Notices and schedules that wait for an approval by this officer."""
    words = visit.words
    async with visit.site.storage.read() as uow:
        found = await uow.campaigns.list(CampaignState.SUBMITTED)
        schedules = await uow.schedules.list(ScheduleState.SUBMITTED)
    mine = [one for one in found if visit.officer.may(Right.APPROVE_CAMPAIGNS, localities=one.notice.localities)]
    entries = [
        Entry(
            sign="◇",
            kind="plain",
            href=f"/console/notices/{one.id}",
            text=words.text("console.home.notice", title=one.notice.title, author=one.created_by, number=one.id),
        )
        for one in mine[:SHOWN]
    ]
    entries += [
        Entry(
            sign="◇",
            kind="plain",
            href=page_of(one.id),
            text=words.text(
                "console.home.schedule",
                title=series_title(visit, one.locality, one.series),
                number=len(one.occurrences),
                author=one.created_by,
            ),
        )
        for one in schedules
        if visit.officer.may(Right.APPROVE_CAMPAIGNS, localities=[one.locality])
    ][:SHOWN]
    return Panel(
        id="notices",
        title=words.text("console.home.notices"),
        empty=words.text("console.home.no-notices"),
        entries=tuple(entries),
        more=("/console/notices?show=submitted", words.text("console.home.all-notices")) if len(mine) > SHOWN else None,
    )


async def unchecked(visit: Visit) -> Panel | None:
    """Figures that wait for an approval by this officer; no panel where none do."""
    words, places = visit.words, visit.console.content.localities
    mine = {locality for locality, _ in visit.officer.reach(Right.APPROVE_FIGURES)}
    async with visit.site.storage.read() as uow:
        found = await uow.progress.waiting(mine, SHOWN)
    entries = [
        Entry(
            sign="◇",
            kind="plain",
            href=f"/console/figures/{one.id}",
            text=words.text(
                "console.home.figure",
                name=entry_name(visit, places[one.locality], one),
                place=place_name(visit, one.locality),
                officer=one.entered_by,
            ),
        )
        for one in found
        if one.locality in places
    ]
    return Panel(id="figures", title=words.text("console.targets.waiting"), entries=tuple(entries)) if entries else None


async def tasks(visit: Visit) -> Panel | None:
    """Tasks of this officer's offices that are late or due within a week, and those for which help was asked.

    No panel where there are none.
    """
    words, until = visit.words, soon_of(visit)
    reach = visit.officer.reach(Right.WORK_TASKS)
    async with visit.site.storage.read() as uow:
        found = await uow.tasks.due(reach, until, SHOWN + 1)
    entries = []
    for one in found[:SHOWN]:
        mark, name = mark_of(visit, one), office_name(visit, one.locality, one.office)
        values = {"state": mark.word, "text": one.text, "office": name, "due": due_text(visit, one)}
        text = words.text("console.home.task", **values)
        entries.append(Entry(sign=mark.sign, kind=mark.kind, href=f"/console/tasks/{one.id}", text=text))
    more = ("/console/tasks", words.text("console.home.all-tasks")) if len(found) > SHOWN else None
    title = words.text("console.home.tasks")
    return Panel(id="tasks", title=title, entries=tuple(entries), more=more) if entries else None


async def market(visit: Visit) -> Panel | None:
    """Posts of the market that nobody has looked at; no panel where there are none."""
    words = visit.words
    mine = [one for one, _ in market_places(visit, Right.ANSWER)]
    async with visit.site.storage.read() as uow:
        found, total = await uow.market.page(mine, PostState.WAITING, limit=SHOWN)
    lines = [market_line(visit, one) for one in found]
    entries = [
        Entry(
            sign="■" if line.doubtful else "◇",
            kind="danger" if line.doubtful else "plain",
            href=line.href,
            text=words.text("console.home.market.line", side=line.about, what=line.what, place=line.place),
        )
        for line in lines
    ]
    more = (MARKET_PAGE, words.text("console.home.all-market")) if total > SHOWN else None
    title = words.text("console.home.market")
    return Panel(id="market", title=title, entries=tuple(entries), more=more) if entries else None


async def typed(visit: Visit) -> Panel | None:
    """What was being typed when a session ended; no panel where nothing was."""
    async with visit.site.storage.read() as uow:
        drafts = await uow.forms.drafts(visit.officer.id, visit.now)
        shown = sorted(drafts.items(), key=lambda one: one[1], reverse=True)[:SHOWN]
        about = {page: int(found[1]) for page, _ in shown if (found := _QUESTION.fullmatch(page))}
        codes = await uow.desk.codes(list(about.values())) if about else {}
    entries = [
        Entry(
            sign="◐",
            kind="busy",
            href=page,
            drop=page,
            text=_typed_text(visit, page, at, codes.get(about.get(page, 0))),
        )
        for page, at in shown
    ]
    words = visit.words
    return Panel(id="drafts", title=words.text("console.home.drafts"), entries=tuple(entries)) if entries else None


def _typed_text(visit: Visit, page: str, at: datetime, code: str | None) -> str:
    """What it belongs to: a question by its code, anything else by its room and number."""
    words, time = visit.words, time_text(at, now=visit.now, words=visit.words)
    if code is not None:
        return words.text("console.home.draft.question", code=spoken_code(code), time=time)
    room, number = room_name(page, words), _NUMBER.search(page)
    if number is None:
        return words.text("console.home.draft", room=room, time=time)
    return words.text("console.home.draft.number", room=room, number=number[1], time=time)


async def post_drop(visit: Visit) -> Response:
    """POST /console/drafts/drop: what was typed on a page is thrown away; only ever one's own."""
    await forget(visit, visit.form.get("page"))
    return visit.go(HOME, done="draft-dropped")


async def channels(visit: Visit) -> Panel | None:
    """How the channels are doing, and the parts that all of them need."""
    report, words = await visit.site.health(), visit.words
    looks = {State.OK: ("●", "good"), State.SLOW: ("▲", "warning"), State.DOWN: ("■", "danger")}
    entries = []
    for one in report.checks:
        sign, kind = looks[one.state]
        state = words.text(f"web.health.{one.condition or one.state}")
        troubled = one.state is not State.OK or one.condition not in (None, ChannelState.UP)
        detail = detail_text(one, words) if troubled else ""
        text = words.text("console.home.channel", name=_called(visit, one.name), state=state)
        entries.append(Entry(sign=sign, kind=kind, text=f"{text}. {detail}" if detail else text))
    summary = words.text("console.home.waiting", number=report.outbox_pending) if report.outbox_pending else ""
    return Panel(id="channels", title=words.text("console.home.channels"), summary=summary, entries=tuple(entries))


def _called(visit: Visit, part: str) -> str:
    """A channel by its kind, with the account where it is not the only one."""
    kind, _, account = part.partition(".")
    if not account or not visit.words.has(f"console.kind.{kind}"):
        return part_name(part, visit.words)
    name = visit.words.text(f"console.kind.{kind}")
    return name if account == "main" else f"{name} ({account})"


async def changes(visit: Visit) -> Panel | None:
    """Local texts that wait for a second person, of those that this officer may approve."""
    words = visit.words
    async with visit.site.storage.read() as uow:
        found = await uow.local.waiting([one for one, _ in readable(visit)])
    mine = [one for one in found if may(visit, Right.APPROVE_CONTENT, one.about, one.after.get("office", ""))]
    lines = [(one, change_line(visit, one)) for one in mine[:SHOWN]]
    entries = [
        Entry(sign="◇", kind="plain", href=line.href, text=words.text("console.home.changes.line", **_of(line, one)))
        for one, line in lines
    ]
    return Panel(
        id="changes",
        title=words.text("console.home.changes"),
        empty=words.text("console.home.changes.empty"),
        entries=tuple(entries),
    )


def _of(line: ChangeLine, one: Change) -> dict[str, str]:
    return {"what": line.what, "place": line.place, "officer": one.proposed_by}


async def expiring(visit: Visit) -> Panel | None:
    """Texts that end soon, by day and place, and those that are not told since the packs have changed."""
    content, words, today = visit.console.content, visit.words, today_of(visit)
    counts: dict[tuple[date, str], int] = {}
    for place, _ in readable(visit):
        for one in ending(content, locality=place, on=today, lang=words.lang):
            # What has ended long ago stands on the place's own page.
            if one.last >= today:
                counts[one.last, place] = counts.get((one.last, place), 0) + 1
    here = dict(readable(visit))
    again = [one for one in content.overlay.again if one.about.locality in here]
    entries = [
        Entry(
            sign="▲",
            kind="warning",
            href=change_line(visit, one).href,
            text=words.text(
                "console.home.content.again", what=change_line(visit, one).what, place=here[one.about.locality]
            ),
        )
        for one in again
    ]
    for (last, place), count in sorted(counts.items()):
        told = {"date": date_text(last, words.lang), "place": here[place], "count": count}
        text, href = words.text("console.home.content.line", **told), f"/console/content?at={place}"
        entries.append(Entry(sign="▲", kind="warning", text=text, href=href))
    return Panel(
        id="content",
        title=words.text("console.home.content"),
        empty=words.text("console.home.content.empty"),
        entries=tuple(entries[:SHOWN]),
        more=("/console/content", words.text("console.home.content.all")) if len(entries) > SHOWN else None,
    )


async def vacancies(visit: Visit) -> Panel | None:
    """Offers and job fairs that wait for a second person, and offers that end within a week; no panel without any.

    Those with signs of a fraud stand on top, whenever they came.
    """
    words, day = visit.words, today_of(visit)
    mine = [one for one, _ in offers.places(visit, Right.CONTROL_CAMPAIGNS)]
    drafts = OffersAsked(localities=mine, on=day, standing=Standing.DRAFT)
    async with visit.site.storage.read() as uow:
        waiting, total = await uow.offers.page(drafts, offset=0, limit=LOOKED_AT)
        ending = await uow.offers.ending(mine, day, listing.soon_of(visit), SHOWN)
        coming, fairs = await uow.events.waiting(mine, visit.now, SHOWN)
    doubtful = [one for one in waiting if signs(one.offer)]
    others = [one for one in waiting if one not in doubtful]
    lines = [(one, "■", "danger", "doubtful") for one in doubtful] + [(one, "◇", "plain", "waiting") for one in others]
    lines = lines[:SHOWN] + [(one, "▲", "warning", "ending") for one in ending]
    entries = []
    for one, sign, kind, name in lines:
        told = {"title": one.offer.title, "employer": one.offer.employer, "author": listing.author_text(visit, one)}
        told["day"] = date_text(one.offer.deadline, words.lang)
        text = words.text(f"console.home.offers.{name}", **told)
        entries.append(Entry(sign=sign, kind=kind, href=f"{listing.PAGE}/{one.id}", text=text))
    for fair in coming:
        told = {"title": fair.event.title, "day": date_text(fair.event.starts_at.astimezone(LOCAL).date(), words.lang)}
        text = words.text("console.home.offers.fair", **told, author=fair.written_by)
        entries.append(Entry(sign="◇", kind="plain", href=EVENT.format(id=fair.id), text=text))
    if not entries:
        return None
    all_, waits = f"{listing.PAGE}?standing={Standing.DRAFT}", words.text("console.home.offers.to-check")
    counted = words.text("console.home.offers.counts", offers=total, doubtful=len(doubtful), fairs=fairs)
    return Panel(
        id="vacancies",
        title=words.text("console.home.offers"),
        summary=counted if total or fairs else "",
        entries=tuple(entries),
        more=(all_, waits) if total else (listing.PAGE, words.text("console.home.offers.all")),
    )


async def leads(visit: Visit) -> Panel | None:
    """People who are interested in a vacancy and wait for an officer's word; no panel where nobody does."""
    words, mine = visit.words, [one for one, _ in places_of(visit, Right.ANSWER)]
    async with visit.site.storage.read() as uow:
        found, total = await uow.leads.page(mine, LeadShow.WAITING, limit=SHOWN)
    lines = [lead_line(visit, one) for one in found]
    entries = [
        Entry(
            sign="▲" if one.loud else "○",
            kind="warning" if one.loud else "plain",
            href=one.href,
            text=words.text("console.home.lead", who=one.who, title=one.title, days=one.days),
        )
        for one in lines
    ]
    more = (LEADS, words.text("console.home.all-leads")) if total > SHOWN else None
    title = words.text("console.home.leads")
    return Panel(id="leads", title=title, entries=tuple(entries), more=more) if entries else None


# In the order of the page, with the right that each takes.
PANELS: tuple[tuple[Right | None, Maker], ...] = (
    (Right.READ_QUESTIONS, unanswered),
    (None, typed),
    (Right.APPROVE_CAMPAIGNS, unapproved),
    (None, channels),
    (Right.APPROVE_CONTENT, changes),
    (Right.APPROVE_FIGURES, unchecked),
    (Right.CONTROL_CAMPAIGNS, vacancies),
    (Right.WORK_TASKS, tasks),
    (Right.ANSWER, leads),
    (Right.ANSWER, market),
    (Right.READ_CONTENT, expiring),
)


async def show_home(visit: Visit) -> Response:
    """GET /console."""
    made = [await make(visit) for right, make in PANELS if right is None or visit.officer.may_somewhere(right)]
    week, news = None, None
    if visit.officer.may_somewhere(Right.READ_QUESTIONS):
        async with visit.site.storage.read() as uow:
            counts = await uow.desk.week(visit.officer.reach(Right.READ_QUESTIONS), week_days(visit.now))
        week = week_of(counts, visit.words)
        news = await news_of(visit)
    panels = [one for one in made if one is not None]
    return visit.page(
        "home.html",
        panels=panels,
        week=week,
        news=news,
        mark=news_mark(news) if news else "",
        here=visit.request.url.path,
    )

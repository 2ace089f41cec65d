"""One notice: all its words, to whom, at what cost, when; how far it is; and what may be done with it now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from starlette.responses import Response

from content.formatting import number_text
from content.planning import lines_of
from content.reporting import written
from core.audience import Field, asked
from core.campaigns import EDITABLE, STEPS, Campaign, CampaignState, Notice, Step, pace
from core.caps import QUIET_FROM, QUIET_UNTIL, quiet
from core.delivery import DeliveryStatus
from core.errors import NotFoundError
from core.notice_desk import Happened
from core.officers import Right
from core.planning import AccountPlan
from core.report import FATES, WHYS, Fate, ToldReach, tell_reach
from core.rhythm import Rhythm, sent_at
from core.text import fold
from handlers import campaigning
from handlers.campaigning import MANY
from web.bubbles import moment_text, time_text
from web.console.access import access_notice
from web.console.kept import Typed, kept
from web.console.notices.along import along
from web.console.notices.form import corrected
from web.console.notices.listing import OVER, mark_of, page_of, places_text
from web.console.notices.words import audience_lines, changes, cited, sending_lines
from web.console.parts import Sample
from web.console.visit import Visit
from web.files import FILE_POLICY, SHOWN_INLINE, disposition

BEFORE_SENDING = (CampaignState.DRAFT, CampaignState.SUBMITTED, CampaignState.APPROVED)
SAME_WORDS = (CampaignState.DRAFT, CampaignState.SUBMITTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why what was posted was not done."""

    text: str
    form: str  # the step
    status: int = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class May:
    """What this officer may do with it now."""

    edit: bool
    steps: frozenset[Step]
    own: bool  # would approve it, had they not written it
    correct: bool
    ledger: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far it is."""

    done: int
    all: int
    text: str
    left: str
    waiting: str  # how many are not written to yet; empty where that is not known or not told
    parts: tuple[tuple[str, str], ...] = field(default=())
    whys: tuple[str, ...] = ()
    live: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Who is meant as of now."""

    text: str
    whys: tuple[str, ...]
    many: int  # to be typed by whoever approves; 0: need not be
    number: str
    nobody: bool


def notice_of(visit: Visit) -> Campaign:
    """The notice that the address names, let in by the door."""
    assert visit.notice is not None  # noqa: S101 - the table says so
    return visit.notice


async def show_notice(visit: Visit) -> Response:
    """GET /console/notices/{id}."""
    one = notice_of(visit)
    return await notice_page(visit, one, typed=await kept(visit, page_of(one)))


async def show_file(visit: Visit) -> Response:
    """GET /console/notices/{id}/file?at=1: a file that goes along, for whoever may read the notice."""
    files, typed = notice_of(visit).notice.attachments, visit.request.query_params.get("at", "1")
    at = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else 0
    item = files[at - 1] if 0 < at <= len(files) else None
    content = await visit.site.files.get(item.sha256) if item is not None else None
    if item is None or content is None:
        raise NotFoundError("no such file", where=typed)
    headers = {
        "Content-Disposition": disposition(item.name, inline=item.media_type in SHOWN_INLINE),
        "Content-Security-Policy": FILE_POLICY,
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=item.media_type, headers=headers)


async def notice_page(
    visit: Visit, one: Campaign, *, typed: Typed | None = None, trouble: Trouble | None = None
) -> Response:
    """The page of a notice, with what was typed into its forms."""
    async with visit.site.storage.read() as uow:
        history = await uow.notices.history(one.id)
    may = await _may(visit, one, history)
    waits = one.state in BEFORE_SENDING
    asks = Step.APPROVE in may.steps
    month = await visit.console.noticing.month(ask=asks)
    plans = await campaigning.planned(visit.site.storage, one, month, now=visit.now) if waits else ()
    reach = await reached(visit, one.notice, month) if waits else None
    before = await _before(visit, one, history) if one.state in SAME_WORDS else None
    return visit.page(
        "notice.html",
        status=trouble.status if trouble else 200,
        one=one,
        href=page_of(one),
        seen=one.notice.hash(),
        mark=mark_of(visit, one.state),
        places=places_text(visit, one),
        corrects=corrected(one.notice),
        audience=audience_lines(visit, one.notice.audience),
        sending=sending_lines(visit, one.notice),
        samples=samples(visit, one.notice, one.id),
        along=along(visit, one.notice, page_of(one)),
        cited=cited(visit, one.notice) if waits else [],
        reach=reach,
        cost=cost_lines(visit, plans, one.notice) if waits else [],
        hours=hours_text(visit, one.notice) if waits else "",
        since=changes(visit, before, one.notice) if before else None,
        progress=_progress(visit, one) if one.counts or not waits else None,
        doubts=_doubts(visit, one),
        history=[_line(visit, each) for each in history],
        begins=moment_text(one.starts_at, visit.words) if one.starts_at else "",
        may=may,
        typed=typed or Typed(),
        trouble=trouble,
        most_why=campaigning.MOST_WHY,
    )


async def _may(visit: Visit, one: Campaign, history: Sequence[Happened]) -> May:
    officer, places = visit.officer, one.notice.localities
    writes = officer.may(Right.WRITE_CAMPAIGNS, localities=places)
    controls = officer.may(Right.CONTROL_CAMPAIGNS, localities=places)
    approves = officer.may(Right.APPROVE_CAMPAIGNS, localities=places)
    allowed = {
        Step.SUBMIT: writes,
        Step.APPROVE: approves,
        Step.RETURN: approves,
        Step.PAUSE: controls,
        Step.RESUME: controls,
        Step.STOP: controls,
    }
    authors = campaigning.authors_of(one, history)
    own = fold(officer.name) in {fold(name) for name in authors}
    steps = {step for step, may in allowed.items() if may and one.state in STEPS[step]}
    return May(
        edit=writes and one.state in EDITABLE,
        steps=frozenset(steps - ({Step.APPROVE} if own else set())),
        own=own and Step.APPROVE in steps,
        correct=writes and one.state in (CampaignState.SENDING, CampaignState.PAUSED, *OVER),
        ledger=officer.may(Right.READ_LEDGER, localities=places) and one.expanded_at is not None,
    )


async def reached(visit: Visit, notice: Notice, month: campaigning.Month) -> Reached:
    """How many are meant, and why others of them get nothing, as of now: the same as the commands tell."""
    async with visit.site.storage.read() as uow:
        accounts = await uow.lists.accounts()
        reach = await uow.audiences.reach(notice, accounts=accounts, now=visit.now, windows=month.terms.windows)
    told: ToldReach = tell_reach(reach, guarded=campaigning.guarded(notice))
    words = visit.words
    number = written(words, told.reached)
    return Reached(
        text=words.text("console.reach", meant=written(words, told.meant), reached=number),
        whys=(words.text("console.reach.nobody"),)
        if told.meant == 0
        else tuple(
            words.text("console.reach.out", number=written(words, figure), why=_why(visit, reason.value))
            for reason, figure in told.left_out.items()
            if figure != 0
        ),
        many=told.reached if isinstance(told.reached, int) and told.reached >= MANY else 0,
        number=number,
        nobody=told.reached == 0,
    )


def _why(visit: Visit, reason: str) -> str:
    return visit.words.text(f"report.why.{WHYS[reason]}") if reason in WHYS else reason


def samples(visit: Visit, notice: Notice, number: int) -> list[tuple[str, str, Sequence[Sample]]]:
    """How it looks: language, its name, and a sample for each kind of channel."""
    locality = next(iter(sorted(notice.localities)), "")
    return [
        (
            lang,
            visit.words.text(f"console.compose.text.{lang}"),
            visit.console.noticing.samples(notice, lang, locality=locality, number=number, now=visit.now),
        )
        for lang in sorted(notice.text, reverse=True)
    ]


def cost_lines(visit: Visit, plans: Sequence[AccountPlan], notice: Notice) -> list[str]:
    """What it costs, account by account."""
    late = notice.not_after is not None and notice.not_after <= sent_at(Rhythm.DAILY, visit.now)
    guarded = campaigning.guarded(notice)
    return [line for one in plans for line in lines_of(one, visit.words, guarded=guarded, late=late)] or [
        visit.words.text("spending.none")
    ]


def hours_text(visit: Visit, notice: Notice) -> str:
    """What the quiet hours make of it."""
    times = {"begin": f"{QUIET_FROM:%H:%M}", "end": f"{QUIET_UNTIL:%H:%M}"}
    if notice.urgent:
        return visit.words.text("console.hours.urgent", **times)
    return visit.words.text("console.hours.now" if quiet(visit.now) else "console.hours", **times)


async def _before(visit: Visit, one: Campaign, history: Sequence[Happened]) -> Notice | None:
    """What was approved last: of this notice, else of the one it corrects, else of one with its title and places."""
    own = [each.notice for each in history if each.notice is not None]
    if own:
        return own[-1]
    for number in sorted(asked(one.notice.audience, Field.REACHED)):
        try:
            return (await access_notice(visit, int(number), Right.READ_CAMPAIGNS)).notice
        except (NotFoundError, ValueError):
            continue
    async with visit.site.storage.read() as uow:
        found = await uow.notices.approved(one.notice.title, one.id)
    return next((each for each in found if each.localities == one.notice.localities), None)


def _progress(visit: Visit, one: Campaign) -> Progress:
    words, how = visit.words, pace(one, visit.now)
    guarded = campaigning.guarded(one.notice)
    counted: dict[Fate, int] = {}
    for state, number in one.counts.items():
        counted[FATES[state]] = counted.get(FATES[state], 0) + number

    def said(number: int) -> str:
        return number_text(number, words.lang)

    shown = Fate.TO_GO, Fate.REACHED, Fate.DOUBT, Fate.FAILED, Fate.TAKEN_BACK, Fate.SKIPPED
    parts = [(words.text(f"report.fate.{fate}"), said(counted[fate])) for fate in shown if counted.get(fate)]
    whys = [
        words.text("console.reach.out", number=said(number), why=_why(visit, reason))
        for reason, number in sorted(one.left_out.items())
    ]
    percent = 100 * how.done // how.all if how.all else 0
    text = words.text("console.progress", done=said(how.done), all=said(how.all), percent=percent)
    waiting = counted.get(Fate.TO_GO, 0)
    left = words.text("console.progress.left", minutes=said(-(-how.left // 60))) if how.left is not None else ""
    return Progress(
        done=how.done,
        all=how.all,
        # Of people picked by what they lack no number is told.
        text=words.text("console.progress.percent", percent=percent) if guarded else text,
        left=left,
        waiting=words.text("console.progress.waiting", number=said(waiting)) if waiting and not guarded else "",
        parts=() if guarded else tuple(parts),
        whys=() if guarded else tuple(whys),
        live=one.state in (CampaignState.APPROVED, CampaignState.SENDING),
    )


def _doubts(visit: Visit, one: Campaign) -> str:
    """The way to the messages of which nobody knows whether they arrived; empty where there are none."""
    number = one.counts.get(DeliveryStatus.IN_DOUBT.value, 0)
    if not number or campaigning.guarded(one.notice):
        return visit.words.text("console.doubts") if number else ""
    return visit.words.text("console.doubts.see", number=number_text(number, visit.words.lang))


def _line(visit: Visit, one: Happened) -> Mapping[str, str]:
    name = f"console.act.{one.act}"
    act = visit.words.text(name) if visit.words.has(name) else one.act
    time = time_text(one.at, now=visit.now, words=visit.words)
    return {
        "text": visit.words.text("console.notice.happened", officer=one.officer, act=act, time=time),
        "why": one.why,
    }

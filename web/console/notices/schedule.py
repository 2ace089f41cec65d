"""A schedule: every post with its moment and its words, what became of it; submitted, approved as a whole, stopped."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from starlette.responses import Response

from content.series.proposing import lacks
from core.campaigns import LONGEST_TEXT, Campaign, CampaignState
from core.errors import ChungTayError, NotAllowedError, NotFoundError, StaleError
from core.officers import Right
from core.schedules import SCHEDULE_STEPS, Occurrence, OccurrenceState, Schedule, ScheduleState, ScheduleStep
from core.text import fold
from handlers import scheduling
from handlers.campaigning import planned
from web.bubbles import VIET_NAM, time_text
from web.console.access import access_schedule
from web.console.kept import Typed, kept
from web.console.lines import place_name
from web.console.notices import listing
from web.console.notices.calendar import moment_text, page_of, post_mark, schedule_mark, series_title
from web.console.notices.notice import Reached, cost_lines, reached
from web.console.states import Mark
from web.console.visit import Visit

SCHEDULE = "/console/schedules/{id}"
POST = "/console/schedules/{id}/posts/{post}"
TYPED = ("text_vi", "text_en", "seen")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLine:
    """A post as it will go out."""

    id: int
    when: str
    title: str
    text: dict[str, str] = field(repr=False)
    source: str = field(repr=False)
    mark: Mark
    why: str  # it was not sent
    lacks: str  # of the place's own
    edited_by: str
    sent: str  # address of the notice that it is
    open: bool  # it can still be changed


def schedule_of(visit: Visit) -> Schedule:
    """The schedule that the address names, let in by the door."""
    assert visit.schedule is not None  # noqa: S101 - the table says so
    return visit.schedule


async def show_schedule(visit: Visit) -> Response:
    """GET /console/schedules/{id}."""
    return await schedule_page(visit, schedule_of(visit))


async def schedule_page(visit: Visit, one: Schedule, *, trouble: str = "", status: int = 200) -> Response:
    """The page of a schedule, with why what was posted was not done."""
    steps, own = _steps(visit, one)
    reach, cost = await _first(visit, one) if steps & {ScheduleStep.SUBMIT, ScheduleStep.APPROVE} else (None, [])
    coming = [each for each in one.occurrences if each.state is OccurrenceState.PLANNED]
    return visit.page(
        "schedule.html",
        status=status,
        one=one,
        href=page_of(one.id),
        title=series_title(visit, one.locality, one.series),
        place=place_name(visit, one.locality),
        mark=schedule_mark(visit, one.state),
        seen=one.hash(),
        posts=_posts(visit, one),
        coming=len(coming),
        begins=moment_text(visit, coming[0].due_at) if coming else "",
        steps=steps,
        own=own,
        reach=reach,
        cost=cost,
        trouble=trouble,
        left=_left_out(visit),
    )


def _steps(visit: Visit, one: Schedule) -> tuple[set[ScheduleStep], bool]:
    """What this officer may do now; and whether they would approve it, had they not written it."""
    allowed = {
        step
        for step, right in scheduling.RIGHTS.items()
        if visit.officer.may(right, localities=[one.locality]) and one.state in SCHEDULE_STEPS[step]
    }
    own = fold(visit.officer.name) in {fold(name) for name in scheduling.authors_of(one)}
    return allowed - ({ScheduleStep.APPROVE} if own else set()), own and ScheduleStep.APPROVE in allowed


async def _first(visit: Visit, one: Schedule) -> tuple[Reached | None, Sequence[str]]:
    """Whom the next post reaches, and what one post costs, as of now."""
    coming = next((each for each in one.occurrences if each.state is OccurrenceState.PLANNED), None)
    if coming is None:
        return None, []
    month = await visit.console.noticing.month(ask=False)
    campaign = Campaign(
        id=0, notice=coming.notice, state=CampaignState.DRAFT, created_by=one.created_by, created_at=visit.now
    )
    plans = await planned(visit.site.storage, campaign, month, now=visit.now)
    return await reached(visit, coming.notice, month), cost_lines(visit, plans, coming.notice)


def _posts(visit: Visit, one: Schedule) -> list[PostLine]:
    known = visit.console.content
    series = known.series(locality=one.locality).get(one.series) if one.locality in known.localities else None
    coming = [
        (each.post, each.due_at.astimezone(VIET_NAM).date())
        for each in one.occurrences
        if each.state is OccurrenceState.PLANNED and not each.edited
    ]
    missing: dict[str, str] = {}
    if series is not None and one.state is not ScheduleState.STOPPED:
        there = {post.id for post in series.posts}
        named = [each for each in coming if each[0] in there]
        for line in lacks(known, series, one.locality, named):
            post, _, what = line.partition(": ")
            missing[post] = ", ".join(visit.words.text(f"console.post.lacks.{each}") for each in what.split(", "))
    return [_line(visit, one, each, missing.get(each.post, "")) for each in one.occurrences]


def _line(visit: Visit, one: Schedule, each: Occurrence, missing: str) -> PostLine:
    planned_yet = each.state is OccurrenceState.PLANNED
    return PostLine(
        id=each.id,
        when=moment_text(visit, each.due_at),
        title=each.notice.title.partition(": ")[2] or each.notice.title,
        text=dict(each.notice.text),
        source=each.notice.source,
        mark=post_mark(visit, each.state, one.state),
        why=visit.words.text(f"console.post.why.{each.why}") if each.why else "",
        lacks=missing if planned_yet else "",
        edited_by=each.edited_by or "",
        sent=f"{listing.PAGE}/{each.campaign_id}" if each.campaign_id is not None else "",
        open=planned_yet and one.state is not ScheduleState.STOPPED,
    )


def _left_out(visit: Visit) -> list[str]:
    """How many posts of the series were not proposed, and why; told once, behind the proposal."""
    said = []
    for why in ("tet", "ended"):
        number = visit.request.query_params.get(why, "")
        if number.isascii() and number.isdigit() and len(number) < 4:
            said.append(visit.words.text(f"console.schedule.left.{why}", number=int(number)))
    return said


async def post_step(visit: Visit) -> Response:
    """POST /console/schedules/{id}/{step}."""
    one, step = schedule_of(visit), ScheduleStep(visit.request.url.path.rpartition("/")[2])
    try:
        await scheduling.take(
            visit.site.storage,
            one,
            step,
            officer=visit.officer.name,
            now=visit.now,
            seen=visit.form.get("seen") if step is ScheduleStep.APPROVE else None,
            once=visit.once,
        )
    except NotAllowedError:
        if not visit.officer.may(scheduling.RIGHTS[step], localities=[one.locality]):
            raise
        return await schedule_page(visit, one, trouble=visit.words.text("console.schedule.own"), status=403)
    except ChungTayError:
        there = await access_schedule(visit, one.id, Right.READ_CAMPAIGNS)
        return await schedule_page(visit, there, trouble=visit.words.text("console.schedule.stale"), status=409)
    return visit.go(page_of(one.id), done=f"schedule-{step}")


# --- one post ---


def _post_of(visit: Visit) -> Occurrence:
    """The post that the address names. Raises NotFoundError."""
    number = visit.request.path_params["post"]
    found = next((each for each in schedule_of(visit).occurrences if each.id == number), None)
    if found is None:
        raise NotFoundError("no such post", where=str(number))
    return found


async def show_post(visit: Visit) -> Response:
    """GET /console/schedules/{id}/posts/{post}, with what was being typed when a session ended."""
    return await _post_page(visit, typed=await kept(visit, _address(visit)))


def _address(visit: Visit) -> str:
    return POST.format(**visit.request.path_params)


async def _post_page(
    visit: Visit, *, typed: Typed | None = None, trouble: str = "", theirs: Occurrence | None = None, status: int = 200
) -> Response:
    one, post = schedule_of(visit), theirs or _post_of(visit)
    fields = dict(typed.fields) if typed and typed.fields else {}
    return visit.page(
        "post.html",
        status=status,
        one=one,
        href=page_of(one.id),
        address=_address(visit),
        line=_line(visit, one, post, ""),
        place=place_name(visit, one.locality),
        seen=post.notice.hash() if theirs else fields.get("seen") or post.notice.hash(),
        vi=fields.get("text_vi", post.notice.text["vi"]),
        en=fields.get("text_en", post.notice.text.get("en", "")),
        may_write=visit.officer.may(Right.WRITE_CAMPAIGNS, localities=[one.locality]),
        may_skip=visit.officer.may(Right.CONTROL_CAMPAIGNS, localities=[one.locality]),
        approved=one.state is not ScheduleState.DRAFT,
        typed_at=time_text(typed.at, now=visit.now, words=visit.words) if typed and typed.at else "",
        trouble=trouble,
        theirs=theirs,
        most=LONGEST_TEXT,
    )


async def post_reword(visit: Visit) -> Response:
    """POST …/posts/{post}/reword: other words; the schedule is a draft again."""
    one, post = schedule_of(visit), _post_of(visit)
    texts = {lang: visit.form.get(f"text_{lang}").replace("\r\n", "\n").strip() for lang in ("vi", "en")}
    typed = Typed(fields={name: visit.form.get(name) for name in TYPED})
    long = [lang for lang, text in texts.items() if len(text) > LONGEST_TEXT]
    if not texts["vi"] or long:
        name = "console.post.long" if long else "console.post.empty"
        return await _post_page(visit, typed=typed, trouble=visit.words.text(name, most=LONGEST_TEXT), status=422)
    try:
        await scheduling.reword(
            visit.site.storage,
            one,
            str(post.id),
            texts,
            officer=visit.officer.name,
            now=visit.now,
            seen=visit.form.get("seen"),
            once=visit.once,
        )
    except StaleError:
        there = await access_schedule(visit, one.id, Right.READ_CAMPAIGNS)
        theirs = next(each for each in there.occurrences if each.id == post.id)
        text = visit.words.text("console.post.stale", officer=theirs.edited_by or there.created_by)
        return await _post_page(visit, typed=typed, trouble=text, theirs=theirs, status=409)
    except NotAllowedError:
        raise
    except ChungTayError:
        return await _post_page(visit, typed=typed, trouble=visit.words.text("console.post.gone"), status=409)
    async with visit.site.storage.write() as uow:
        await uow.forms.drop(visit.officer.id, _address(visit))
        await uow.commit()
    return visit.go(f"{page_of(one.id)}", done="post-reworded")


async def post_skip(visit: Visit) -> Response:
    """POST …/posts/{post}/skip: it is not sent."""
    one, post = schedule_of(visit), _post_of(visit)
    try:
        await scheduling.skip(
            visit.site.storage, one, str(post.id), officer=visit.officer.name, now=visit.now, once=visit.once
        )
    except NotAllowedError:
        raise
    except ChungTayError:
        return await _post_page(visit, trouble=visit.words.text("console.post.gone"), status=409)
    return visit.go(page_of(one.id), done="post-skipped")

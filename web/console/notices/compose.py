"""Writing a notice: looked at before it is kept, kept as a draft, handed to those who approve."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from starlette.responses import Response

from content.voice import MESSAGE_LIMIT
from core.campaigns import LONGEST_LINE, LONGEST_TEXT, Campaign, CampaignState, Notice, Step
from core.errors import ChungTayError, NotAllowedError, NotFoundError, StaleError
from core.officers import Right
from core.text import fold
from handlers import composing
from handlers.campaigning import Doing, planned
from web.bubbles import file_label, time_text
from web.console.access import access_notice
from web.console.kept import Typed, kept
from web.console.notices.acts import take
from web.console.notices.along import ACCEPTS, Along, along, carried, shown, taken, tokens
from web.console.notices.form import NAMES, STATUSES, Fault, blank, built, data_of, fault_of, fields_of, posted
from web.console.notices.listing import PAGE, page_of
from web.console.notices.notice import Reached, cost_lines, hours_text, notice_of, reached, samples
from web.console.notices.words import Change, audience_lines, changes, cited, topic_title
from web.console.parts import Sample
from web.console.questions.suggestions import readability
from web.console.visit import Visit

NEW = f"{PAGE}/new"
EDIT = f"{PAGE}/{{id}}/edit"
TYPED = (*NAMES, "seen")  # what was seen goes along: words of others must not be lost unseen after signing in again


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would come of it, as of now; nothing of it is kept."""

    samples: Sequence[tuple[str, str, Sequence[Sample]]]
    along: Along
    advice: Sequence[str]
    cited: Sequence[tuple[str, str]]
    audience: Sequence[str]
    reach: Reached
    cost: Sequence[str]
    hours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Somebody changed the same notice meanwhile."""

    text: str
    changed: Sequence[Change]  # from theirs to what was typed here


async def show_new(visit: Visit) -> Response:
    """GET /console/notices/new?correct=: empty, or a correction to those who got another one."""
    typed = await kept(visit, NEW)
    correct = visit.request.query_params.get("correct", "")
    before = await _corrected(visit, correct) if correct else None
    fields = blank(visit, _places(visit), before)
    return await _page(visit, None, dict(typed.fields) if typed.fields and before is None else fields, typed=typed)


async def _corrected(visit: Visit, number: str) -> Campaign:
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise NotFoundError("no such number")
    return await access_notice(visit, int(number), Right.WRITE_CAMPAIGNS)


async def _said_before(visit: Visit, number: str) -> str:
    """The words of the notice that is corrected; empty where none is, or this officer may not see it."""
    with suppress(NotFoundError):
        return (await _corrected(visit, number)).notice.text["vi"] if number else ""
    return ""


async def show_edit(visit: Visit) -> Response:
    """GET /console/notices/{id}/edit, with what was being typed when a session ended."""
    one = notice_of(visit)
    typed = await kept(visit, EDIT.format(id=one.id))
    return await _page(visit, one, dict(typed.fields) or fields_of(visit, one.notice), typed=typed)


async def post_new(visit: Visit) -> Response:
    """POST /console/notices/new: look, keep, or hand on."""
    return await _posted(visit, None)


async def post_edit(visit: Visit) -> Response:
    """POST /console/notices/{id}/edit: the same of one that is there."""
    return await _posted(visit, notice_of(visit))


async def _posted(visit: Visit, one: Campaign | None) -> Response:
    fields, do, storage = posted(visit), visit.form.get("do"), visit.site.storage
    try:
        base, where = one.notice if one else None, visit.request.url.path
        files = await taken(visit, fields["attached"])
        fields["attached"] = tokens(visit, files)
        data = data_of(fields, base, files)
        notice = await composing.checked(storage, visit.console.content, data, where=where, now=visit.now)
    except ChungTayError as error:
        return await _page(visit, one, fields, fault=fault_of(visit, error, fields))
    if not visit.officer.may(Right.WRITE_CAMPAIGNS, localities=notice.localities):
        fault = Fault(at="locality", text=visit.words.text("console.compose.fault.locality"))
        return await _page(visit, one, fields, fault=fault)
    if do not in ("save", "submit"):
        return await _page(visit, one, fields, preview=await _preview(visit, notice, one.id if one else 0))
    return await _kept(visit, one, notice, fields, submit=do == "submit")


async def _kept(
    visit: Visit, one: Campaign | None, notice: Notice, fields: Mapping[str, str], *, submit: bool
) -> Response:
    doing = Doing(
        officer=visit.officer.name,
        now=visit.now,
        seen=visit.form.get("seen") if one else None,
        once=visit.once,
    )
    storage = visit.site.storage
    try:
        if one is None:
            done = await composing.save(storage, notice, doing)
        else:
            done = await composing.edit(storage, one, notice, doing)
    except NotAllowedError:
        raise
    except StaleError:
        return await _meanwhile(visit, one, notice, fields) if one else visit.go(PAGE, done="notice-saved")
    except ChungTayError:
        fault = Fault(at="", text=visit.words.text("console.compose.going"))
        return await _page(visit, one, fields, fault=fault)
    async with storage.write() as uow:
        await uow.forms.drop(visit.officer.id, EDIT.format(id=done.id) if one else NEW)
        await uow.commit()
    if submit and done.state is CampaignState.DRAFT:
        return await take(replace(visit, notice=done), done, Step.SUBMIT, first=False)
    return visit.go(page_of(done), done="notice-submit" if submit else "notice-saved")


async def _meanwhile(visit: Visit, one: Campaign, notice: Notice, fields: Mapping[str, str]) -> Response:
    """The second of two hears who was first, sees what is there now, and keeps every word typed."""
    there = await access_notice(visit, one.id, Right.WRITE_CAMPAIGNS)
    async with visit.site.storage.read() as uow:
        history = await uow.notices.history(one.id)
    words, last = visit.words, history[-1] if history else None
    text = words.text("console.compose.stale")
    if last is not None:
        time = time_text(last.at, now=visit.now, words=words)
        text = words.text("console.compose.stale-by", officer=last.officer, time=time)
    clash = Clash(text=text, changed=changes(visit, there.notice, notice))
    return await _page(visit, there, fields, clash=clash)


async def _preview(visit: Visit, notice: Notice, number: int) -> Preview:
    month = await visit.console.noticing.month(ask=False)
    one = Campaign(
        id=number, notice=notice, state=CampaignState.DRAFT, created_by=visit.officer.name, created_at=visit.now
    )
    plans = await planned(visit.site.storage, one, month, now=visit.now)
    return Preview(
        samples=samples(visit, notice, number),
        along=along(visit, notice),
        advice=advice(visit, notice.text["vi"]),
        cited=cited(visit, notice),
        audience=audience_lines(visit, notice.audience),
        reach=await reached(visit, notice, month),
        cost=cost_lines(visit, plans, notice),
        hours=hours_text(visit, notice),
    )


def advice(visit: Visit, text: str) -> list[str]:
    """Whether it is easy to read; it advises, and changes nothing."""
    said = readability(visit.words, text)
    if len(text) > MESSAGE_LIMIT:
        said.append(visit.words.text("console.compose.long", number=len(text), most=MESSAGE_LIMIT))
    return said or [visit.words.text("console.compose.easy")]


def _approves(visit: Visit, one: Campaign) -> bool:
    """Whether this officer could approve it as long as they write nothing in it."""
    may = visit.officer.may(Right.APPROVE_CAMPAIGNS, localities=one.notice.localities)
    return may and fold(visit.officer.name) != fold(one.created_by)


def _places(visit: Visit) -> list[tuple[str, str]]:
    """The places to which this officer may write: id and name."""
    own = {locality for locality, _ in visit.officer.reach(Right.WRITE_CAMPAIGNS)}
    return [(one, name) for one, name in visit.site.localities.items() if one in own or "" in own]


def _themes(visit: Visit, chosen: Sequence[str]) -> list[tuple[str, str, bool]]:
    """The id and the name of each theme, and whether it is chosen; behind them what was chosen and is none of them.

    By ids, for a theme and one of its matters may have nearly the same name.
    """
    themes = {one.id: one.title.vi for one in visit.console.content.themes.values()}
    others = [one for one in dict.fromkeys(chosen) if one.strip() and one not in themes]
    boxes = [(one, name, one in chosen) for one, name in themes.items()]
    return boxes + [(one, topic_title(visit, one), True) for one in others]


async def _hamlets(
    visit: Visit, places: Sequence[tuple[str, str]], chosen: Sequence[str]
) -> list[tuple[str, list[tuple[str, bool]]]]:
    """The hamlets of each place by name, and whether each is chosen; at last what was chosen and is none of them."""
    known = visit.console.content.localities
    async with visit.site.storage.read() as uow:
        lived = await uow.audiences.homes([place for place, _ in places])
    ticked, groups, told = {fold(one): one for one in chosen if one.strip()}, [], set()
    for place, name in places:
        listed = [each.name for each in known[place].hamlets] if place in known else []
        there = {fold(one): one for one in [*lived.get(place, ()), *listed] if fold(one)}  # the list's spelling wins
        told |= set(there)
        if there:
            groups.append((name, [(one, key in ticked) for key, one in sorted(there.items())]))
    others = [(one, True) for key, one in ticked.items() if key not in told]
    return [*groups, *([("", others)] if others else [])]


async def _page(
    visit: Visit,
    one: Campaign | None,
    fields: Mapping[str, str],
    *,
    typed: Typed | None = None,
    fault: Fault | None = None,
    preview: Preview | None = None,
    clash: Clash | None = None,
) -> Response:
    fixed = one is not None and built(one.notice.audience) is None
    corrects = fields.get("reached", "")
    places, words = _places(visit), visit.words
    seen = fields.get("seen", "") or (one.notice.hash() if one else "")
    if one is not None and visit.request.method == "POST" and clash is None:
        seen = visit.form.get("seen")
    return visit.page(
        "compose.html",
        status=409 if clash else 422 if fault else 200,
        one=one,
        action=EDIT.format(id=one.id) if one else NEW,
        back=page_of(one) if one else PAGE,
        fields=fields,
        seen=seen,
        fault=fault,
        clash=clash,
        preview=preview,
        places=places,
        hamlets=await _hamlets(visit, places, fields.get("hamlets", "").split("\n")),
        attached=[(line, file_label(one, words)) for line, one in carried(visit, fields.get("attached", ""))],
        accepts=ACCEPTS,
        replies=range(1, shown(fields) + 1),
        themes=_themes(visit, fields.get("topics", "").split("\n")),
        statuses=[(name, words.text(f"console.status.{name}")) for name in STATUSES],
        fixed=audience_lines(visit, one.notice.audience) if one and fixed else [],
        corrects=corrects,
        before=await _said_before(visit, corrects),
        approves=one is not None and _approves(visit, one),
        typed_at=time_text(typed.at, now=visit.now, words=words) if typed and typed.at else "",
        most=LONGEST_TEXT,
        most_line=LONGEST_LINE,
    )

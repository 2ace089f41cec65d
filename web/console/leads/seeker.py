"""One person who looks for work and what suits them; and the form by which an officer writes somebody down."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from starlette.responses import Response

from content.formatting import phone_text
from content.locality import Locality
from core.errors import NotAllowedError, NotFoundError, StaleError
from core.officers import Right
from core.seekers import SeekerLine
from core.work import Hindrance, Profile, Reach, Times
from handlers.context import Keeping
from handlers.reported import Acting, WrongFigureError
from handlers.work import leading, seeking
from handlers.work.seeking import HOUSEHOLDS, Written
from web.console.figures.target import Trouble
from web.console.figures.targets import today
from web.console.kept import Typed, forget, kept
from web.console.leads.listing import PAGE as LEADS
from web.console.leads.listing import household_text
from web.console.leads.seekers import PAGE, called, home_text, line_of, reasons
from web.console.lines import place_name
from web.console.visit import Visit

SEEKER = f"{PAGE}/{{id}}"
EDIT = f"{SEEKER}/edit"
NEW = f"{PAGE}/at/{{place}}/new"
TICKS = ("agreed", "may_pass")
LONG_AGO = datetime.fromtimestamp(0, UTC)
LASTS = Keeping().questions  # days for which somebody is kept
TYPED = ("name", "phone", "hamlet", "status", "can", "wants", "reach", "times", *TICKS)


async def access_seeker(visit: Visit, number: int) -> SeekerLine:
    """Somebody of a place in which this officer may act. Raises NotFoundError, as for a number that nobody has."""
    async with visit.site.storage.read() as uow:
        line = await uow.seekers.get(number, visit.now)
    if line is not None and await _allowed(visit, line.locality, Right.ANSWER):
        return line
    raise NotFoundError("nobody of this number looks for work", where=str(number))


async def access_there(visit: Visit) -> Locality:
    """The place that the address names. Raises NotFoundError where this officer may not act in it."""
    place = visit.console.content.localities.get(visit.request.path_params["place"])
    if place is not None and await _allowed(visit, place.id, Right.WRITE_SEEKERS):
        return place
    raise NotFoundError("no such place", where=visit.request.path_params["place"])


async def _allowed(visit: Visit, locality: str, right: Right) -> bool:
    content = visit.console.content
    if locality not in content.localities:
        return False
    if leading.may(content, visit.officer, right, locality, today(visit)):
        return True
    acting = Acting(officer=visit.officer.name, now=visit.now)
    with suppress(NotAllowedError):  # it is in the log
        await leading.demand_right(visit.site.storage, content, locality, right, acting)
    return False


async def show_seeker(visit: Visit) -> Response:
    """GET /console/work/seekers/{id}."""
    return await _shown(visit, await access_seeker(visit, visit.request.path_params["id"]))


async def _shown(visit: Visit, one: SeekerLine, trouble: Trouble | None = None) -> Response:
    words, line = visit.words, line_of(visit, one)
    found = await seeking.proposals(visit.site.storage, visit.console.content, one, visit.now)
    return visit.page(
        "seeker.html",
        status=trouble.status if trouble else 200,
        trouble=trouble,
        who=called(visit, one),
        home=home_text(visit, one),
        place=place_name(visit, one.locality),
        phone=phone_text(one.phone) if one.phone else "",
        line=line,
        held=", ".join(words.text(f"button.work_held_{each}") for each in one.profile.held),
        entered=words.text("console.seekers.entered", officer=one.entered_by, day=line.told) if one.entered_by else "",
        may_pass=one.may_pass,
        matches=[
            (
                f"{LEADS}/offers/{each.posted.id}",
                each.posted.offer.title,
                each.posted.offer.employer,
                reasons(visit, each),
            )
            for each in found
        ],
        href=SEEKER.format(id=one.contact_id),
        changing=bool(one.entered_by),
        back=f"{PAGE}?at={one.locality}",
    )


async def post_remove(visit: Visit) -> Response:
    """POST …/remove: they asked to be taken out, which cannot be taken back: a tick says that they did."""
    one = await access_seeker(visit, visit.request.path_params["id"])
    if visit.form.get("sure") != "1":
        faults = {"sure": visit.words.text("console.seekers.remove.unsure")}
        trouble = Trouble(text=visit.words.text("console.seekers.remove.not"), faults=faults)
        return await _shown(visit, one, trouble)
    await seeking.remove(visit.site.storage, visit.console.content, one, _acting(visit))
    return visit.go(PAGE, at=one.locality, done="seeker-removed")


def _acting(visit: Visit) -> Acting:
    return Acting(officer=visit.officer.name, now=visit.now, once=visit.once)


async def show_new(visit: Visit) -> Response:
    """GET /console/work/seekers/at/{place}/new."""
    place = await access_there(visit)
    return new_page(visit, place, typed=await kept(visit, NEW.format(place=place.id)))


def new_page(visit: Visit, place: Locality, *, typed: Typed, trouble: Trouble | None = None) -> Response:
    """The form for somebody new, as it is filled in."""
    words, href = visit.words, NEW.format(place=place.id)
    title = words.text("console.seekers.new-at", place=place.place.get(words.lang))
    return _form(visit, place, typed, trouble, title=title, href=href, back=f"{PAGE}?at={place.id}", seen="")


async def post_new(visit: Visit) -> Response:
    """POST …/new: somebody who agreed in person is written down."""
    place = await access_there(visit)
    storage, content = visit.site.storage, visit.console.content
    try:
        said = _written(visit, place.id, agreed=visit.form.get("agreed") == "1")
        number = await seeking.enter(storage, content, said, timedelta(days=LASTS), _acting(visit))
    except WrongFigureError as error:
        return new_page(visit, place, typed=_typed(visit), trouble=_trouble(visit, error))
    await forget(visit, NEW.format(place=place.id))
    if not number or not leading.may(content, visit.officer, Right.ANSWER, place.id, today(visit)):
        return visit.go(PAGE, at=place.id, done="seeker-entered")
    return visit.go(SEEKER.format(id=number), done="seeker-entered")


async def show_edit(visit: Visit) -> Response:
    """GET …/edit: of somebody whom an officer wrote down; whoever told it in the chat changes it there."""
    one = await access_seeker(visit, visit.request.path_params["id"])
    here = SEEKER.format(id=one.contact_id)
    if not one.entered_by:
        return visit.go(here)
    typed = await kept(visit, EDIT.format(id=one.contact_id))
    return edit_page(visit, one, typed=typed if typed.fields else Typed(fields=_stands(one)))


def edit_page(visit: Visit, one: SeekerLine, *, typed: Typed, trouble: Trouble | None = None) -> Response:
    """The form with what is known of somebody."""
    place, here = visit.console.content.localities[one.locality], SEEKER.format(id=one.contact_id)
    title, seen = visit.words.text("console.seekers.edit"), one.told_at.isoformat()
    return _form(visit, place, typed, trouble, title=title, href=f"{here}/edit", back=here, seen=seen)


async def post_edit(visit: Visit) -> Response:
    """POST …/edit: what they told anew in person."""
    one = await access_seeker(visit, visit.request.path_params["id"])
    here, as_seen = SEEKER.format(id=one.contact_id), visit.form.get("seen") == one.told_at.isoformat()
    try:
        said = _written(visit, one.locality, agreed=True)
        before = one if as_seen else replace(one, told_at=LONG_AGO)  # so that a form that was sent before is known
        await seeking.change(visit.site.storage, visit.console.content, before, said, _acting(visit))
    except WrongFigureError as error:
        return edit_page(visit, one, typed=_typed(visit), trouble=_trouble(visit, error))
    except StaleError:
        trouble = Trouble(text=visit.words.text("console.leads.stale"), status=409)
        return edit_page(visit, one, typed=_typed(visit), trouble=trouble)
    await forget(visit, EDIT.format(id=one.contact_id))
    return visit.go(here, done="seeker-changed")


def _form(visit: Visit, place: Locality, typed: Typed, trouble: Trouble | None, **told: object) -> Response:
    words = visit.words
    groups = [(one.id, one.title.get(words.lang)) for one in visit.console.content.trades.groups.values()]
    choices = {
        "hamlet": [(one.name, one.name) for one in place.hamlets],
        "status": [(one, household_text(visit, one)) for one in HOUSEHOLDS],
        "can": groups,
        "wants": groups,
        "reach": [(one.value, words.text(f"button.work_reach_{one}")) for one in Reach],
        "times": [(one.value, words.text(f"button.work_times_{one}")) for one in Times],
    }
    held = [(f"held_{one}", words.text(f"button.work_held_{one}")) for one in Hindrance]
    told |= {"days": LASTS, "choices": choices, "held": held, "typed": typed, "trouble": trouble}
    return visit.page("seeker-form.html", status=trouble.status if trouble else 200, **told)


def _written(visit: Visit, place: str, *, agreed: bool) -> Written:
    form, groups = visit.form, visit.console.content.trades.groups
    can, wants = (tuple(one for one in (form.get(name),) if one in groups) for name in ("can", "wants"))
    profile = Profile(
        can=can,
        wants=wants,
        reach=next((one for one in Reach if one.value == form.get("reach")), Reach.DAILY),
        times=next((one for one in Times if one.value == form.get("times")), Times.ANY),
        held=tuple(one for one in Hindrance if form.get(f"held_{one}") == "1"),
    )
    return Written(
        locality=place,
        hamlet=form.get("hamlet"),
        status=form.get("status"),
        name=form.get("name"),
        phone=form.get("phone"),
        profile=profile,
        agreed=agreed,
        may_pass=form.get("may_pass") == "1",
    )


def _stands(one: SeekerLine) -> dict[str, str]:
    told = one.profile
    facts = {"name": one.name, "phone": phone_text(one.phone) if one.phone else "", "hamlet": one.hamlet}
    facts |= {"can": "".join(told.can[:1]), "wants": "".join(told.wants[:1]), "status": one.status}
    facts |= {"reach": told.reach.value, "times": told.times.value, "may_pass": "1" if one.may_pass else ""}
    return facts | {f"held_{held}": "1" for held in told.held}


def _typed(visit: Visit) -> Typed:
    return Typed(fields={name: visit.form.get(name) for name in visit.form.fields})


def _trouble(visit: Visit, error: WrongFigureError) -> Trouble:
    words = visit.words
    faults = {name: words.text(f"console.seekers.fault.{name}.{fault}") for name, fault in error.faults.items()}
    return Trouble(text=words.text("console.figure.wrong"), faults=faults)

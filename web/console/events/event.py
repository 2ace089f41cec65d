"""One job fair: what people see, what waits for a second person, and what can be done with it."""

from starlette.responses import Response

from content.event_words import employers_text, page_path, title_text, when_text, where_text
from core.errors import NotAllowedError, StaleError
from core.events import Announced, EventStanding, EventState, JobEvent
from core.officers import Right
from handlers import inviting, job_events
from handlers.campaigning import Doing
from handlers.job_events import MOST_WHY
from handlers.reported import WrongFigureError
from web.bubbles import time_text
from web.console.events.coming import came_text
from web.console.events.lines import EVENT, PAGE, access_event, acting, mark_of, seen_in, signed_text
from web.console.figures.target import Trouble
from web.console.kept import Typed, forget, kept
from web.console.lines import place_name
from web.console.notices.listing import page_of
from web.console.visit import Visit

TYPED = ("why",)
RIGHTS = {
    "verify": Right.APPROVE_CAMPAIGNS,
    "take-back": Right.WRITE_CAMPAIGNS,
    "cancel": Right.CONTROL_CAMPAIGNS,
}


async def show_event(visit: Visit) -> Response:
    """GET /console/work/events/{id}."""
    one = await access_event(visit, Right.READ_CAMPAIGNS)
    return _page(visit, one, typed=await kept(visit, EVENT.format(id=one.id)))


async def post_act(visit: Visit) -> Response:
    """POST /console/work/events/{id}/verify, …/take-back and …/cancel."""
    name = visit.request.url.path.rpartition("/")[2]
    one = await access_event(visit, RIGHTS[name])
    storage, seen = visit.site.storage, seen_in(visit)
    typed = Typed(fields={each: visit.form.get(each) for each in TYPED})
    try:
        if name == "verify":
            await job_events.verify(storage, one, acting(visit), seen)
        elif name == "cancel":
            await job_events.cancel(storage, one, typed.get("why"), acting(visit), seen)
        else:
            await job_events.take_back(storage, one, acting(visit), seen)
    except StaleError:
        one = await access_event(visit, RIGHTS[name])
        return _page(
            visit, one, typed=typed, trouble=Trouble(text=visit.words.text("console.events.stale"), status=409)
        )
    except WrongFigureError as error:
        faults = {
            where: visit.words.text(f"console.events.fault.{fault}", most=MOST_WHY)
            for where, fault in error.faults.items()
        }
        return _page(
            visit, one, typed=typed, trouble=Trouble(text=visit.words.text("console.figure.wrong"), faults=faults)
        )
    except NotAllowedError:
        trouble = Trouble(text=visit.words.text("console.events.own"), status=403)
        return _page(visit, one, typed=typed, trouble=trouble)
    await forget(visit, EVENT.format(id=one.id))
    return visit.go(EVENT.format(id=one.id), done=f"event-{name}")


async def post_invite(visit: Visit) -> Response:
    """POST /console/work/events/{id}/invite: a draft of a notice, to be looked at and handed on."""
    one = await access_event(visit, Right.WRITE_CAMPAIGNS)
    doing = Doing(officer=visit.officer.name, now=visit.now, once=visit.once)
    try:
        made = await inviting.invite(visit.site.storage, one, doing)
    except StaleError:
        trouble = Trouble(text=visit.words.text("console.events.stale"), status=409)
        return _page(visit, one, typed=Typed(), trouble=trouble)
    return visit.go(f"{page_of(made)}/edit", done="event-invite")


def _page(visit: Visit, one: Announced, *, typed: Typed, trouble: Trouble | None = None) -> Response:
    words, officer, places = visit.words, visit.officer, [one.locality]
    standing = one.standing(visit.now)
    alive = standing not in (EventStanding.OVER, EventStanding.CANCELLED)
    authors = {one.written_by, *([one.created_by] if one.state is EventState.DRAFT else [])}
    waits = alive and (one.state is EventState.DRAFT or one.proposed is not None)
    approver = officer.may(Right.APPROVE_CAMPAIGNS, localities=places)
    return visit.page(
        "event.html",
        status=trouble.status if trouble else 200,
        href=EVENT.format(id=one.id),
        back=f"{PAGE}?at={one.locality}",
        one=one,
        title=title_text(one.event, words),
        place=place_name(visit, one.locality),
        facts=facts_of(visit, one.event),
        changes=changes_of(visit, one),
        mark=mark_of(visit, one),
        signed=signed_text(visit, one),
        there=came_text(visit, one),
        changed=time_text(one.changed_at, now=visit.now, words=words),
        public=page_path(one) if one.verified_by else "",
        may_edit=alive and officer.may(Right.WRITE_CAMPAIGNS, localities=places),
        may_verify=waits and approver and officer.name not in authors,
        own=waits and approver and officer.name in authors,
        may_take_back=alive and one.proposed is not None and officer.may(Right.WRITE_CAMPAIGNS, localities=places),
        may_cancel=alive and officer.may(Right.CONTROL_CAMPAIGNS, localities=places),
        may_invite=standing is EventStanding.OPEN and officer.may(Right.WRITE_CAMPAIGNS, localities=places),
        may_list=one.verified_by is not None and officer.may(Right.READ_LEDGER, localities=places),
        most=MOST_WHY,
        typed=typed,
        typed_at=time_text(typed.at, now=visit.now, words=words) if typed.at else "",
        trouble=trouble,
    )


def facts_of(visit: Visit, event: JobEvent) -> list[tuple[str, str]]:
    """What an event says, each with its name."""
    words = visit.words
    there = f"{event.latitude}, {event.longitude}" if event.map_link else ""
    said = {
        "when": when_text(event, words),
        "where": where_text(event),
        "employers": employers_text(event),
        "bring": event.bring,
        "organiser": event.organiser,
        "contact": event.contact,
        "seats": "" if event.seats is None else str(event.seats),
        "position": there,
    }
    return [(words.text(f"console.events.fact.{name}"), value) for name, value in said.items() if value]


def changes_of(visit: Visit, one: Announced) -> list[tuple[str, str, str]]:
    """What would be otherwise: the name, what people see now, what it would be."""
    if one.proposed is None:
        return []
    now, then = (dict(facts_of(visit, event)) for event in (one.event, one.proposed))
    title = visit.words.text("console.events.fact.title")
    now[title], then[title] = one.event.title, one.proposed.title
    names = dict.fromkeys([*now, *then])
    return [(name, now.get(name, ""), then.get(name, "")) for name in names if now.get(name) != then.get(name)]

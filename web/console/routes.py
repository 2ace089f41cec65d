"""The one table of routes: where each room is, who may enter, and for what. A test goes through it role by role."""

from starlette.routing import Route

from core.officers import Right
from web.console import components, officers
from web.console.content.rooms import ROOMS as CONTENT
from web.console.door import Room, route_of
from web.console.entering.rooms import ROOMS as ENTERING
from web.console.events.rooms import ROOMS as EVENTS
from web.console.figures.rooms import ROOMS as FIGURES
from web.console.home import asked, page
from web.console.labour.rooms import ROOMS as LABOUR
from web.console.leads.rooms import ROOMS as LEADS
from web.console.market.rooms import ROOMS as MARKET
from web.console.navigation import HOME
from web.console.needs.rooms import ROOMS as NEEDS
from web.console.notices.rooms import ROOMS as NOTICES
from web.console.offers.rooms import ROOMS as OFFERS
from web.console.picture.rooms import ROOMS as PICTURE
from web.console.questions.rooms import ROOMS as QUESTIONS
from web.console.reports.rooms import ROOMS as REPORTS
from web.console.tasks.rooms import ROOMS as TASKS
from web.console.training.rooms import ROOMS as TRAINING

OWN = (
    Room.own(HOME, page.show_home),
    Room.own(asked.DROP, asked.post_drop, form_on=HOME),
    Room.own("/console/components", components.show_components),
)
OFFICERS = (
    Room.get(officers.PAGE, officers.show_officers, Right.MANAGE_OFFICERS),
    Room.post(
        "/console/officers/new",
        officers.post_new,
        Right.MANAGE_OFFICERS,
        page=officers.PAGE,
        keeps=officers.TYPED,
    ),
    Room.post("/console/officers/{id:int}/link", officers.post_link, Right.MANAGE_OFFICERS, page=officers.PAGE),
    Room.get("/console/officers/{id:int}", officers.show_officer, Right.MANAGE_OFFICERS),
    *(
        Room.post(f"/console/officers/{{id:int}}/{name}", act, Right.MANAGE_OFFICERS, page=officers.OFFICER)
        for name, act in (
            ("role", officers.post_role),
            ("revoke", officers.post_revoke),
            ("retire", officers.post_retire),
        )
    ),
)
ROOMS = (
    *OWN,
    *ENTERING,
    *OFFICERS,
    *QUESTIONS,
    *NOTICES,
    *CONTENT,
    *REPORTS,
    *FIGURES,
    *TASKS,
    *OFFERS,
    *TRAINING,
    *EVENTS,
    *PICTURE,
    *LEADS,
    *NEEDS,
    *LABOUR,
    *MARKET,
)


def console_routes() -> tuple[Route, ...]:
    """Each room behind the door."""
    return tuple(route_of(room) for room in ROOMS)

"""Colleagues: who acts here, and a link for whoever has to set a password anew."""

from starlette.responses import Response

from core.errors import NotFoundError
from core.officers import Officer, Right
from handlers.signing import enrolling
from web.console.visit import Visit

PAGE = "/console/officers"


async def show_officers(visit: Visit) -> Response:
    """GET /console/officers: those whose places this one manages."""
    return await _page(visit)


async def _page(visit: Visit, *, link: str = "", link_for: str = "") -> Response:
    async with visit.site.storage.read() as uow:
        found, known = await uow.officers.list(), await uow.credentials.with_password()
    words = visit.words
    lines = [
        {
            "id": one.id,
            "name": one.name,
            "roles": ", ".join(_role(visit, one)) or words.text("console.officers.none"),
            "ready": one.id in known,
            "retired": one.retired_at is not None,
        }
        for one in found
        if manages(visit.officer, one)
    ]
    return visit.page("officers.html", officers=lines, link=link, link_for=link_for)


def manages(officer: Officer, other: Officer) -> bool:
    """Whether one may see to the other's access: in all places where the other has a role."""
    everywhere = not other.grants or any(not one.locality for one in other.grants)
    places = [] if everywhere else [one.locality for one in other.grants]
    return officer.may(Right.MANAGE_OFFICERS, localities=places)


def _role(visit: Visit, one: Officer) -> list[str]:
    return [
        visit.words.text(
            "console.account.role",
            role=visit.words.text(f"console.role.{grant.role}"),
            place=visit.site.localities.get(grant.locality, grant.locality) or visit.words.text("console.everywhere"),
        )
        for grant in one.grants
    ]


async def post_link(visit: Visit) -> Response:
    """POST /console/officers/{id}/link: a link, shown once, for its officer alone."""
    async with visit.site.storage.read() as uow:
        found = await uow.officers.get(visit.request.path_params["id"])
    if found is None or not manages(visit.officer, found):
        raise NotFoundError("no such officer", where=str(visit.request.path_params["id"]))
    token = await enrolling.new_link(visit.console.gate, found.name, by=visit.officer.name, now=visit.now)
    return await _page(visit, link=f"{visit.site.public_url}/console/start/{token}", link_for=found.name)

"""The hamlets of a place, and where on the map their meeting houses are."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import Response

from content.hamlets import subject_of
from core.local_content import ChangeState, Kind, Place
from core.officers import Right
from web.console.content.access import access_place, may
from web.console.content.words import PAGE, form_of, hamlet_name
from web.console.lines import place_name
from web.console.visit import Visit

LONGEST = 60  # characters of a name that is typed


@dataclass(frozen=True, slots=True, kw_only=True)
class HamletRow:
    """A hamlet as a line of a list."""

    name: str
    where: str  # both degrees; empty where nobody entered them
    edit: str  # address of its form; empty where this officer may not change it


async def named(visit: Visit, place: str) -> dict[str, str]:
    """The hamlets that the pack of a place, its own word or its households name: each by its name, in order."""
    locality = visit.console.content.localities[place]
    async with visit.site.storage.read() as uow:
        lived = (await uow.audiences.homes([place])).get(place, ())
        changes = [one for one in await uow.local.in_force() if one.about.locality == place]
    found = {subject_of(locality, one): " ".join(one.split()) for one in lived}
    for one in changes:
        if one.about.kind is Kind.HAMLET and one.state is ChangeState.IN_FORCE and one.after:
            found[one.about.subject] = hamlet_name(visit, one.about, one.after)
    found |= {subject_of(locality, one.name): one.name for one in locality.hamlets}
    known = {subject: name for subject, name in found.items() if subject}
    return dict(sorted(known.items(), key=lambda pair: [(len(one), one) for one in pair[0].split("-")]))


async def rows(visit: Visit, place: str) -> list[HamletRow]:
    """All of them; those of which nobody entered where they are come last."""
    positions = visit.console.content.overlay.positions.get(place, {})
    found = []
    for subject, name in (await named(visit, place)).items():
        about = Place(locality=place, kind=Kind.HAMLET, subject=subject)
        where = ", ".join(map(str, positions[subject])) if subject in positions else ""
        edit = f"{form_of(about)}?{urlencode({'hamlet': name})}" if may(visit, Right.WRITE_CONTENT, about) else ""
        found.append(HamletRow(name=name, where=where, edit=edit))
    return sorted(found, key=lambda one: not one.where)


async def known_here(visit: Visit, about: Place) -> bool:
    """Whether a hamlet may be put on the map: any that can be one where no pack lists them, else what is named."""
    locality = visit.console.content.localities[about.locality]
    if not locality.hamlets or locality.hamlet(about.subject) is not None:
        return True
    return about.subject in await named(visit, about.locality)


def spelt(visit: Visit, about: Place, typed: str) -> str:
    """A hamlet's name as it was typed, where it is this hamlet's; else nothing."""
    locality, name = visit.console.content.localities[about.locality], " ".join(typed.split())
    return name if len(name) <= LONGEST and subject_of(locality, name) == about.subject else ""


async def show_choice(visit: Visit) -> Response:
    """GET /console/content/{place}/hamlet?hamlet=: which hamlet is put on the map."""
    place = await access_place(visit, visit.request.path_params["place"])
    typed = " ".join(visit.request.query_params.get("hamlet", "").replace("\x00", "").split())
    subject = subject_of(visit.console.content.localities[place], typed) if len(typed) <= LONGEST else ""
    about = Place(locality=place, kind=Kind.HAMLET, subject=subject)
    if subject and visit.console.content.packed.knows(about) and await known_here(visit, about):
        return visit.go(f"{form_of(about)}?{urlencode({'hamlet': typed})}")
    return visit.page(
        "content-hamlet.html",
        status=422 if typed else 200,
        action=visit.request.url.path,
        names=list((await named(visit, place)).values()),
        typed=typed[:LONGEST],
        listed=bool(visit.console.content.localities[place].hamlets),
        back=f"{PAGE}?at={place}",
        heading_place=place_name(visit, place),
    )

"""Whose content an officer sees and may change: places of others are not there."""

from core.errors import NotAllowedError, NotFoundError
from core.local_content import Change, Place
from core.officers import Right
from handlers.local_content import office_of
from handlers.permission import demand
from web.console.visit import Visit


def readable(visit: Visit) -> list[tuple[str, str]]:
    """The places whose content this officer may read: id and name."""
    own = {locality for locality, _ in visit.officer.reach(Right.READ_CONTENT)}
    known = visit.console.content.localities
    return [(one, name) for one, name in visit.site.localities.items() if one in known and (one in own or "" in own)]


async def access_place(visit: Visit, place: str) -> str:
    """The id of a place whose content this officer may read.

    Raises NotFoundError; the refusal of one that exists is in the log.
    """
    if place in dict(readable(visit)):
        return place
    if place in visit.console.content.localities:
        await _refused(visit, Right.READ_CONTENT, place, f"content:{place}")
    raise NotFoundError("no such place", where=place[:80])


async def access_change(visit: Visit) -> Change:
    """The change that the address names. Raises NotFoundError where this officer may not read of its place."""
    number = visit.request.path_params["id"]
    async with visit.site.storage.read() as uow:
        found = await uow.local.get(number)
    if found is None:
        raise NotFoundError("no such change", where=str(number))
    if found.about.locality not in dict(readable(visit)):
        await _refused(visit, Right.READ_CONTENT, found.about.locality, f"content:{number}")
        raise NotFoundError("no such change", where=str(number))
    return found


def may(visit: Visit, right: Right, about: Place, office: str = "") -> bool:
    """Whether this officer may do this with a thing; of an answer, with one of this office."""
    office = office_of(about, {"office": office})
    return visit.officer.may(right, localities=[about.locality], office=office)


async def _refused(visit: Visit, right: Right, place: str, subject: str) -> None:
    storage, name = visit.site.storage, visit.officer.name
    try:
        await demand(storage, name, right, localities=[place], subject=subject[:80], now=visit.now)
    except NotAllowedError:
        raise NotFoundError("no such place", where=place) from None

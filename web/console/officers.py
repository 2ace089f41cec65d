"""Colleagues: who acts here, with which roles and where; added, changed, and given a link to set a password."""

from collections.abc import Mapping, Sequence

from starlette.responses import Response

from core.errors import ChungTayError, NotFoundError, StaleError
from core.officers import Grant, Officer, Right, Role
from core.text import fold
from handlers import staffing
from handlers.answers import officer_name
from handlers.signing import enrolling
from handlers.staffing import manages
from web.console.kept import kept
from web.console.visit import Visit

PAGE = "/console/officers"
OFFICER = "/console/officers/{id}"
TYPED = ("name", "role", "where")
# In the order in which somebody chooses.
ROLES = (
    Role.ANSWERER,
    Role.EDITOR,
    Role.APPROVER,
    Role.VIEWER,
    Role.ADMINISTRATOR,
    Role.COLLABORATOR,
    Role.SUPERVISOR,
)


async def show_officers(visit: Visit) -> Response:
    """GET /console/officers: those whose places this one manages."""
    return await _page(visit, fields=(await kept(visit, PAGE)).fields)


async def _page(
    visit: Visit,
    *,
    link: str = "",
    link_for: str = "",
    fields: Mapping[str, str] | None = None,
    trouble: str = "",
    at: str = "",
    status: int = 200,
) -> Response:
    async with visit.site.storage.read() as uow:
        found, known = await uow.officers.list(), await uow.credentials.with_password()
    words = visit.words
    lines = [
        {
            "href": OFFICER.format(id=one.id),
            "id": one.id,
            "name": one.name,
            "roles": ", ".join(_role(visit, grant) for grant in one.grants) or words.text("console.officers.none"),
            "ready": one.id in known,
            "retired": one.retired_at is not None,
        }
        for one in found
        if manages(visit.officer, one)
    ]
    return visit.page(
        "officers.html",
        status=status,
        officers=lines,
        link=link,
        link_for=link_for,
        roles=_roles(visit),
        places=_places(visit),
        fields=fields or {},
        trouble=trouble,
        at=at,
    )


def _roles(visit: Visit) -> list[tuple[str, str, str]]:
    """Roles to choose from: id, name, what somebody with it does."""
    words = visit.words
    return [(one.value, words.text(f"console.role.{one}"), words.text(f"console.role-hint.{one}")) for one in ROLES]


def _places(visit: Visit) -> list[tuple[str, list[tuple[str, str]]]]:
    """Where a role may hold: each place that this officer manages, whole, and its offices one by one."""
    words, known = visit.words, visit.console.content.localities
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for place, name in visit.site.localities.items():
        if not visit.officer.may(Right.MANAGE_OFFICERS, localities=[place]):
            continue
        offices = known[place].offices if place in known else ()
        there = [(f"{place}/{one.id}", f"{one.name.get(words.lang)}, {name}") for one in offices]
        found.append((name, [(place, words.text("console.officers.whole", place=name)), *there]))
    if visit.officer.may(Right.MANAGE_OFFICERS):
        every = words.text("console.everywhere")
        found.append((every, [("*", every)]))
    return found


def _role(visit: Visit, grant: Grant) -> str:
    words, known = visit.words, visit.console.content.localities
    place = visit.site.localities.get(grant.locality, grant.locality) or words.text("console.everywhere")
    offices = known[grant.locality].offices if grant.locality in known else ()
    office = next((one.name.get(words.lang) for one in offices if one.id == grant.office), grant.office)
    where = f"{office}, {place}" if office else place
    return words.text("console.account.role", role=words.text(f"console.role.{grant.role}"), place=where)


def _chosen(visit: Visit) -> Grant | str:
    """The role and the place of a form; or the field in which nothing that is offered stands."""
    role, where = visit.form.get("role"), visit.form.get("where")
    if role not in [one for one, _, _ in _roles(visit)]:
        return "role"
    if where not in [value for _, values in _places(visit) for value, _ in values]:
        return "where"
    place, _, office = where.partition("/")
    return Grant(role=Role(role), locality="" if place == "*" else place, office=office)


async def post_new(visit: Visit) -> Response:
    """POST /console/officers/new: somebody new, with the link that lets them set a password."""
    fields = {name: visit.form.get(name) for name in TYPED}
    try:
        name = officer_name(fields["name"])
    except ChungTayError:
        return await _wrong(visit, fields, "name")
    grant = _chosen(visit)
    if isinstance(grant, str):
        return await _wrong(visit, fields, grant)
    async with visit.site.storage.read() as uow:
        alike = [one for one in await uow.officers.list() if one.retired_at is None and fold(one.name) == fold(name)]
        # Whoever signs in and whoever may approve is told apart without capitals and marks.
        if alike or await uow.officers.find(name) is not None:
            return await _wrong(visit, fields, "taken", at="name")
    try:
        await staffing.give(visit.site.storage, name, [grant], by=visit.officer.name, now=visit.now, once=visit.once)
    except StaleError:
        return visit.go(PAGE)
    except ChungTayError:
        return await _wrong(visit, fields, "name")
    async with visit.site.storage.write() as uow:
        await uow.forms.drop(visit.officer.id, PAGE)
        await uow.commit()
    return await _linked(visit, name)


async def _wrong(visit: Visit, fields: Mapping[str, str], which: str, *, at: str = "") -> Response:
    text = visit.words.text(f"console.officers.fault.{which}")
    return await _page(visit, fields=fields, trouble=text, at=at or which, status=422)


async def _linked(visit: Visit, name: str) -> Response:
    token = await enrolling.new_link(visit.console.gate, name, by=visit.officer.name, now=visit.now)
    return await _page(visit, link=f"{visit.site.public_url}/console/start/{token}", link_for=name)


async def _named(visit: Visit) -> Officer:
    """The officer that the address names. Raises NotFoundError where this one does not manage them."""
    async with visit.site.storage.read() as uow:
        found = await uow.officers.get(visit.request.path_params["id"])
    if found is None or not manages(visit.officer, found):
        raise NotFoundError("no such officer", where=str(visit.request.path_params["id"]))
    return found


async def post_link(visit: Visit) -> Response:
    """POST /console/officers/{id}/link: a link, shown once, for its officer alone."""
    return await _linked(visit, (await _named(visit)).name)


# --- one of them ---


async def show_officer(visit: Visit) -> Response:
    """GET /console/officers/{id}: their roles."""
    return await _one(visit, await _named(visit))


async def _one(visit: Visit, one: Officer, *, trouble: str = "", at: str = "", status: int = 200) -> Response:
    async with visit.site.storage.read() as uow:
        known = one.id in await uow.credentials.with_password()
    return visit.page(
        "officer.html",
        status=status,
        one=one,
        href=OFFICER.format(id=one.id),
        grants=[(_value(grant), _role(visit, grant)) for grant in one.grants],
        ready=known,
        own=one.id == visit.officer.id,
        roles=_roles(visit),
        places=_places(visit),
        fields={name: visit.form.get(name) for name in TYPED},
        trouble=trouble,
        at=at,
    )


def _value(grant: Grant) -> str:
    return f"{grant.role}:{grant.locality}/{grant.office}"


async def post_role(visit: Visit) -> Response:
    """POST /console/officers/{id}/role: another role."""
    one, grant = await _named(visit), _chosen(visit)
    if isinstance(grant, str):
        text = visit.words.text(f"console.officers.fault.{grant}")
        return await _one(visit, one, trouble=text, at=grant, status=422)
    return await _changed(visit, one, [grant], giving=True)


async def post_revoke(visit: Visit) -> Response:
    """POST /console/officers/{id}/revoke: a role less; nobody takes their own administration away by mistake."""
    one, asked = await _named(visit), visit.form.get("grant")
    grants = [grant for grant in one.grants if _value(grant) == asked]
    if one.id == visit.officer.id and any(grant.role is Role.ADMINISTRATOR for grant in grants):
        return await _one(visit, one, trouble=visit.words.text("console.officers.fault.own"), status=422)
    return await _changed(visit, one, grants, giving=False)


async def _changed(visit: Visit, one: Officer, grants: Sequence[Grant], *, giving: bool) -> Response:
    act = staffing.give if giving else staffing.take_away
    try:
        if grants:
            await act(visit.site.storage, one.name, grants, by=visit.officer.name, now=visit.now, once=visit.once)
    except StaleError:
        return visit.go(OFFICER.format(id=one.id))
    # Somebody without any role is seen to by whoever manages the whole installation.
    async with visit.site.storage.read() as uow:
        after = await uow.officers.get(one.id)
    there = after is not None and manages(visit.officer, after)
    return visit.go(OFFICER.format(id=one.id) if there else PAGE, done="officer-changed")


async def post_retire(visit: Visit) -> Response:
    """POST /console/officers/{id}/retire: they act here no longer, from this moment."""
    one = await _named(visit)
    if one.id == visit.officer.id:
        return await _one(visit, one, trouble=visit.words.text("console.officers.fault.own"), status=422)
    try:
        await staffing.retire(visit.site.storage, one.name, by=visit.officer.name, now=visit.now, once=visit.once)
    except StaleError:
        return visit.go(PAGE)
    return visit.go(PAGE, done="officer-retired")

"""A need of somebody who came in person, written down by an officer."""

from starlette.responses import Response

from content.locality import Locality
from core.needs import MOST_WORDS, NeedKind
from core.officers import Right
from handlers.needs import meeting
from handlers.needs.meeting import InPerson
from handlers.reported import Acting, WrongFigureError
from web.bubbles import time_text
from web.console.access import access_place
from web.console.figures.target import Trouble
from web.console.figures.targets import places
from web.console.kept import Typed, forget, kept
from web.console.needs.listing import PAGE, kind_name
from web.console.visit import Visit

NEW = f"{PAGE}/new"
TYPED = ("place", "kind", "hamlet", "words", "agreed")


async def chosen(visit: Visit, asked: str, right: Right) -> Locality:
    """The place that is asked for, else the first one. Raises NotFoundError as `access_place` does."""
    mine = [one for one, _ in places(visit, right)]
    return await access_place(visit, asked or next(iter(mine), ""), right)


async def show_new(visit: Visit) -> Response:
    """GET /console/needs/new?at=."""
    place = await chosen(visit, visit.request.query_params.get("at", ""), Right.WORK_NEEDS)
    return new_page(visit, place, typed=await kept(visit, NEW))


def new_page(visit: Visit, place: Locality, *, typed: Typed, trouble: Trouble | None = None) -> Response:
    """The form."""
    words = visit.words
    return visit.page(
        "need-new.html",
        status=trouble.status if trouble else 200,
        href=NEW,
        back=f"{PAGE}?at={place.id}",
        place=place.place.get(words.lang),
        at=place.id,
        kinds=[(one.value, kind_name(visit, one)) for one in NeedKind],
        hamlets=[one.name for one in place.hamlets],
        most=MOST_WORDS,
        typed=typed,
        typed_at=time_text(typed.at, now=visit.now, words=words) if typed.at else "",
        trouble=trouble,
    )


async def post_new(visit: Visit) -> Response:
    """POST /console/needs/new."""
    place = await chosen(visit, visit.form.get("place"), Right.WORK_NEEDS)
    words, fields = visit.words, {name: visit.form.get(name) for name in TYPED}
    typed = InPerson(kind=fields["kind"], hamlet=fields["hamlet"], words=fields["words"], agreed=bool(fields["agreed"]))
    acting = Acting(officer=visit.officer.name, now=visit.now, once=visit.once)
    storage, content, chance = visit.site.storage, visit.console.content, visit.console.gate.chance
    try:
        number = await meeting.enter(storage, content, place.id, typed, acting, chance=chance)
    except WrongFigureError as error:
        wrong = {
            where: words.text(f"console.need.fault.{where}.{fault}", most=MOST_WORDS)
            for where, fault in error.faults.items()
        }
        trouble = Trouble(text=words.text("console.figure.wrong"), faults=wrong)
        return new_page(visit, place, typed=Typed(fields=fields), trouble=trouble)
    await forget(visit, NEW)
    return visit.go(f"{PAGE}/{number}" if number else PAGE, done="need-entered")

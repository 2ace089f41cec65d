"""One lead: what happened to it, where it can go, and a word into the person's chat."""

from contextlib import suppress
from dataclasses import dataclass, field

from starlette.responses import Response

from content.formatting import phone_text
from core.errors import ChungTayError, NotAllowedError, NotFoundError, StaleError
from core.leads import MACHINE, NEXT, PERSON, Ask, LeadAct, LeadLine, LeadState, LeadStep, Why
from core.officers import Right
from handlers.reported import Acting, WrongFigureError
from handlers.work import leading
from handlers.work.leading import MOST_NOTE, MOST_TEXT, Said
from web.bubbles import time_text
from web.console.figures.target import Trouble
from web.console.figures.targets import today
from web.console.kept import Typed, kept, settle
from web.console.leads.listing import PAGE, about_text, mark_of, who_text, why_text
from web.console.lines import place_name
from web.console.visit import Visit

LEAD = f"{PAGE}/{{id}}"
FIELDS = {"move": ("to", "why", "note"), "write": ("text",)}
TYPED = ("to", "why", "note", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """What happened, when and by whom."""

    who: str
    time: str
    act: str
    text: str = field(repr=False)


async def access_lead(visit: Visit, number: int) -> LeadLine:
    """A lead of a place in which this officer may act. Raises NotFoundError, as for a number that nobody has."""
    line = await leading.find(visit.site.storage, number)
    content, locality = visit.console.content, line.lead.locality
    if not leading.may(content, visit.officer, Right.ANSWER, locality, today(visit)):
        with suppress(NotAllowedError):  # it is in the log
            await leading.demand_right(visit.site.storage, content, locality, Right.ANSWER, _acting(visit, once=False))
        raise NotFoundError("no such lead", where=str(number))
    return line


async def show_lead(visit: Visit) -> Response:
    """GET /console/work/leads/{id}."""
    line = await access_lead(visit, visit.request.path_params["id"])
    return await lead_page(visit, line, typed=await kept(visit, LEAD.format(id=line.lead.id)))


async def lead_page(visit: Visit, line: LeadLine, *, typed: Typed, trouble: Trouble | None = None) -> Response:
    """The page, as it is now."""
    words, lead = visit.words, line.lead
    async with visit.site.storage.read() as uow:
        history = await uow.leads.history(lead.id)
        urns = await uow.people.addresses(lead.contact_id) if lead.contact_id is not None else []
    return visit.page(
        "lead.html",
        status=trouble.status if trouble else 200,
        href=LEAD.format(id=lead.id),
        back=f"{PAGE}?at={lead.locality}",
        lead=lead,
        who=who_text(visit, line),
        about=about_text(visit, line),
        phone=phone_text(line.phone) if line.phone else "",
        employer_may=bool(lead.employer_may),
        officer_may=bool(lead.officer_may),
        title=line.title,
        employer=line.employer,
        place=place_name(visit, lead.locality),
        mark=mark_of(visit, lead.state),
        why=why_text(visit, line),
        applications=f"{PAGE}/offers/{lead.offer_id}",
        history=[_step(visit, one) for one in history],
        next=[(one.value, mark_of(visit, one).word) for one in NEXT[lead.state]] if lead.contact_id else [],
        whys=[(one.value, words.text(f"console.leads.why.{one}")) for one in Why],
        reached=bool(urns),
        gone=lead.contact_id is None,
        most=MOST_TEXT,
        most_note=MOST_NOTE,
        typed=typed,
        typed_at=time_text(typed.at, now=visit.now, words=words) if typed.at else "",
        trouble=trouble,
    )


def _step(visit: Visit, one: LeadStep) -> StepLine:
    words = visit.words
    by = {PERSON: "console.leads.by-person", MACHINE: "console.leads.by-machine"}
    text = one.text
    if one.act == LeadAct.ASKED and one.text in set(Ask):
        text = words.text(f"console.leads.ask.{one.text.replace('_', '-')}")
    elif one.text in set(Why):
        text = words.text(f"console.leads.why.{one.text}")
    known = one.act in {*LeadState, *LeadAct}
    kind = "state" if one.act in set(LeadState) else "act"
    return StepLine(
        who=words.text(by[one.by]) if one.by in by else one.by,
        time=time_text(one.at, now=visit.now, words=words),
        act=words.text(f"console.leads.{kind}.{one.act.replace('_', '-')}") if known else one.act,
        text=text,
    )


async def post_move(visit: Visit) -> Response:
    """POST …/move: where they stand now."""
    line = await access_lead(visit, visit.request.path_params["id"])
    form, words = visit.form, visit.words
    to = next((one for one in LeadState if one.value == form.get("to")), None)
    if to is None:
        fault = {"to": words.text("console.leads.fault.to")}
        return await _again(visit, Trouble(text=words.text("console.figure.wrong"), faults=fault))
    seen = form.get("seen")
    said = Said(
        to=to,
        seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1,
        text=form.get("note"),
        why=next((one for one in Why if one.value == form.get("why")), None),
    )
    try:
        await leading.move(visit.site.storage, visit.console.content, line.lead, said, _acting(visit))
    except StaleError:
        return await _again(visit, Trouble(text=words.text("console.leads.stale"), status=409))
    except WrongFigureError as error:
        return await _again(visit, _wrong(visit, error))
    return await _done(visit, line, "move", "lead-moved")


async def post_write(visit: Visit) -> Response:
    """POST …/write: a word into the person's chat."""
    line = await access_lead(visit, visit.request.path_params["id"])
    storage, content, text = visit.site.storage, visit.console.content, visit.form.get("text")
    try:
        await leading.write(storage, content, line.lead, text, _acting(visit))
    except WrongFigureError as error:
        return await _again(visit, _wrong(visit, error))
    except ChungTayError as error:
        if isinstance(error, StaleError) or error.where == f"lead:{line.lead.id}":
            return await _again(visit, Trouble(text=visit.words.text("console.leads.unreached"), status=409))
        raise
    return await _done(visit, line, "write", "lead-wrote")


def _acting(visit: Visit, *, once: bool = True) -> Acting:
    return Acting(officer=visit.officer.name, now=visit.now, once=visit.once if once else None)


def _wrong(visit: Visit, error: WrongFigureError) -> Trouble:
    faults = {
        name: visit.words.text(f"console.leads.fault.{name}.{fault}", most=MOST_NOTE if name == "note" else MOST_TEXT)
        for name, fault in error.faults.items()
    }
    return Trouble(text=visit.words.text("console.figure.wrong"), faults=faults)


async def _done(visit: Visit, line: LeadLine, form: str, done: str) -> Response:
    page = LEAD.format(id=line.lead.id)
    await settle(visit, page, tuple(one for one in TYPED if one not in FIELDS[form]), sent=FIELDS[form])
    return visit.go(page, done=done)


async def _again(visit: Visit, trouble: Trouble) -> Response:
    line = await access_lead(visit, visit.request.path_params["id"])
    typed = Typed(fields={name: visit.form.get(name) for name in TYPED})
    return await lead_page(visit, line, typed=typed, trouble=trouble)

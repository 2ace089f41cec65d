"""One offer: every field of it, who did what to it, and what can be done with it."""

from dataclasses import replace

from starlette.responses import Response

from content.formatting import date_text, number_text
from content.wording import Wording
from content.work.doubts import signs, suspicious
from content.work.wording import wage_text
from core.errors import ChungTayError, NotAllowedError, StaleError
from core.officers import Right
from core.work import OfferKind, OfferState, Posted, Standing
from handlers import offering
from web.bubbles import time_text
from web.console.figures.target import Trouble
from web.console.figures.targets import today
from web.console.kept import Typed, kept, settle
from web.console.lines import place_name
from web.console.offers.access import access_offer
from web.console.offers.listing import PAGE, author_text, mark_of
from web.console.visit import Visit
from web.offer_form import PARTS

OFFER = f"{PAGE}/{{id}}"
ACTS = {"verify": Right.APPROVE_CAMPAIGNS, "seats": Right.CONTROL_CAMPAIGNS, "close": Right.CONTROL_CAMPAIGNS}
FIELDS = {"verify": ("asked",), "seats": ("taken",), "close": ("why",)}
TYPED = ("taken", "why")
MOST_WHY = 500  # characters of a reason
_TOLD_APART = ("title", "paid", "wage_from", "wage_to", "longitude", "deadline")  # beside the others, or with another


async def show_offer(visit: Visit) -> Response:
    """GET /console/work/{id}."""
    one = await access_offer(visit, visit.request.path_params["id"], Right.READ_CAMPAIGNS)
    return await offer_page(visit, one, typed=await kept(visit, OFFER.format(id=one.id)))


async def offer_page(visit: Visit, one: Posted, *, typed: Typed, trouble: Trouble | None = None) -> Response:
    """The page, as it is now."""
    words, standing = visit.words, one.standing(today(visit))
    async with visit.site.storage.read() as uow:
        reached = (await uow.job_news.reached([one.id]))[one.id]
    may = {name: visit.officer.may(right, localities=[one.locality]) for name, right in ACTS.items()}
    acts = {
        "verify": may["verify"] and one.state is OfferState.DRAFT,
        "seats": may["seats"] and one.state is OfferState.VERIFIED,
        "close": may["close"] and one.state is not OfferState.CLOSED,
    }
    # What is known of the seats stands in its field; only another number was typed.
    mine = {name: text for name, text in typed.fields.items() if (name, text) != ("taken", str(one.taken))}
    here = any(mine.get(field) for act in ("seats", "close") if acts[act] for field in FIELDS[act])
    edits = visit.officer.may(Right.WRITE_CAMPAIGNS, localities=[one.locality]) and one.state is not OfferState.CLOSED
    return visit.page(
        "offer.html",
        status=trouble.status if trouble else 200,
        href=OFFER.format(id=one.id),
        back=f"{PAGE}?at={one.locality}",
        one=one,
        kind=words.text(f"console.offers.kind.{one.offer.kind}"),
        place=place_name(visit, one.locality),
        mark=mark_of(visit, one),
        facts=_facts(visit, one),
        history=_history(visit, one),
        doubts=_doubts(words, one) if standing is not Standing.CLOSED else "",
        asking=suspicious(one.offer) if acts["verify"] else (),
        refuses=one.state is OfferState.DRAFT and bool(one.code),
        code=" ".join((one.code[:3], one.code[3:])) if one.code else "",
        reached=reached if one.state is not OfferState.DRAFT else None,
        acts=acts,
        own=visit.officer.name in one.authors,
        over=standing is not Standing.CLOSED and one.offer.deadline < today(visit),
        edits=edits,
        most=MOST_WHY,
        typed=replace(typed, fields={"taken": str(one.taken), **mine}),
        typed_at=time_text(typed.at, now=visit.now, words=words) if typed.at and here else "",
        trouble=trouble,
    )


def _doubts(words: Wording, one: Posted) -> str:
    """What in it looks like a fraud, as a list in words; empty: nothing."""
    named = (f"fraud.tell.{name}" if name != "some" else "offer.sign.some" for name in signs(one.offer))
    return "; ".join(map(words.text, named))


def _facts(visit: Visit, one: Posted) -> list[tuple[str, str]]:
    """Every field that says something, by its label, in the order of the form."""
    words, offer = visit.words, one.offer
    said: list[tuple[str, str]] = []
    for name in (name for _, names in PARTS for name in names):
        if name == "paid" and offer.kind is OfferKind.VACANCY:
            said.append((words.text("console.offer.wage"), wage_text(offer, words).partition(": ")[2]))
        if name == "deadline":
            said.append((words.text("offer.field.deadline"), date_text(offer.deadline, words.lang)))
        if name not in _TOLD_APART:
            label = f"offer.field.{name}.{offer.kind.value}"
            value = _value(visit, one, name)
            said.append((words.text(label if words.has(label) else f"offer.field.{name}"), value))
    return [(label, value) for label, value in said if value]


def _value(visit: Visit, one: Posted, name: str) -> str:
    words, offer = visit.words, one.offer
    value = getattr(offer, name)
    if value in (None, "", False):
        return ""
    if name == "occupation":
        value = visit.console.content.trades.title(offer.occupation, words.lang)
    elif name == "latitude":
        value = f"{value:.5f}, {offer.longitude:.5f}"
    elif name == "opens":
        value = date_text(value, words.lang)
    elif name == "age_from":
        value = words.text("offer.age", age=value)
    elif name == "seats":
        value = number_text(value, words.lang)
    return words.text("console.offer.yes") if value is True else str(value)


def _history(visit: Visit, one: Posted) -> list[str]:
    """Who put it in, wrote it anew, verified and closed it, and when."""
    words = visit.words
    steps = [("made", author_text(visit, one), one.created_at)]
    steps += [("changed", one.changed_by, one.changed_at)] if one.changed_by and one.changed_at else []
    steps += [("verified", one.verified_by, one.verified_at)] if one.verified_by and one.verified_at else []
    steps += [("filled", one.filled_by, one.filled_at)] if one.filled_by and one.filled_at else []
    said = [
        words.text(f"console.offer.{act}", officer=officer, time=time_text(at, now=visit.now, words=words))
        for act, officer, at in steps
    ]
    return said + ([words.text("console.offer.closed", officer=one.closed_by, why=one.why)] if one.closed_by else [])


async def post_act(visit: Visit) -> Response:
    """POST /console/work/{id}/verify, …/seats and …/close."""
    act = visit.request.url.path.rpartition("/")[2]
    one = await access_offer(visit, visit.request.path_params["id"], ACTS[act])
    fault = _fault(visit, one, act)
    if fault:
        return await _again(visit, Trouble(text=visit.words.text("console.figure.wrong"), faults=fault))
    try:
        await _done(visit, one, act)
    except StaleError:
        return await _again(visit, Trouble(text=await stale_text(visit, one.id), status=409))
    except NotAllowedError:
        return await _again(visit, Trouble(text=visit.words.text("console.offer.own"), status=403))
    except ChungTayError:
        return await _again(visit, Trouble(text=visit.words.text("console.offer.over")))
    page = OFFER.format(id=one.id)
    await settle(visit, page, tuple(name for name in TYPED if name not in FIELDS[act]), sent=())
    return visit.go(page, done=f"offer-{act}")


def _fault(visit: Visit, one: Posted, act: str) -> dict[str, str]:
    words = visit.words
    if act == "verify" and signs(one.offer) and not visit.form.get("asked"):
        return {"asked": words.text("console.offer.fault.asked")}
    most = offering.most_seats(one)
    if act == "seats" and ((seats := _seats(visit)) is None or seats > most):
        name = "over" if seats is not None and one.offer.seats is not None else "taken"
        return {"taken": words.text(f"console.offer.fault.{name}", most=number_text(most, words.lang))}
    why = visit.form.get("why").strip()
    if act == "close" and not 0 < len(why) <= MOST_WHY:
        return {"why": words.text("console.offer.fault.why", most=MOST_WHY)}
    return {}


def _seats(visit: Visit) -> int | None:
    typed = visit.form.get("taken").strip()
    seats = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else -1
    return seats if seats >= 0 else None


def seen_of(visit: Visit) -> int:
    """The version that the form was made for."""
    seen = visit.form.get("seen")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1


async def _done(visit: Visit, one: Posted, act: str) -> None:
    storage, key, officer, now = visit.site.storage, str(one.id), visit.officer.name, visit.now
    seen, once = seen_of(visit), visit.once
    if act == "verify":
        await offering.verify(storage, key, officer=officer, now=now, seen=seen, once=once)
    elif act == "seats":
        seats = _seats(visit) or 0
        await offering.fill(storage, key, seats, officer=officer, now=now, seen=seen, once=once)
    else:
        why = visit.form.get("why").strip()
        await offering.close(storage, key, why=why, officer=officer, now=now, seen=seen, once=once)


async def stale_text(visit: Visit, number: int) -> str:
    """Who was first, and when, as far as it is known."""
    there, words = await offering.find(visit.site.storage, number), visit.words
    steps = [(there.changed_at, there.changed_by), (there.verified_at, there.verified_by)]
    known = [(at, officer) for at, officer in steps if at and officer]
    if there.closed_by or not known:
        return (
            words.text("console.offer.stale-by", officer=there.closed_by)
            if there.closed_by
            else words.text("console.offer.stale")
        )
    at, officer = max(known)
    return words.text("console.offer.stale-at", officer=officer, time=time_text(at, now=visit.now, words=words))


async def _again(visit: Visit, trouble: Trouble) -> Response:
    one = await access_offer(visit, visit.request.path_params["id"], Right.READ_CAMPAIGNS)
    typed = Typed(fields={name: visit.form.get(name) for name in (*TYPED, "asked")})
    return await offer_page(visit, one, typed=typed, trouble=trouble)

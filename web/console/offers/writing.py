"""Writing an offer by hand, and writing one anew: all fields in one form, with what may not be asked for beside it."""

from collections.abc import Mapping

from starlette.responses import Response

from content.locality import Locality
from content.work.form import NAMES, WrongOfferError, fields_of, typed_offer
from core.errors import StaleError
from core.officers import Right
from core.work import Offer, OfferKind, OfferState, Posted
from handlers import offering
from handlers.offering import SameOfferError
from web.bubbles import time_text
from web.console.access import access_place
from web.console.figures.target import Trouble
from web.console.figures.targets import today
from web.console.kept import Typed, forget, kept
from web.console.lines import place_name
from web.console.offers.access import access_offer
from web.console.offers.listing import PAGE
from web.console.offers.offer import OFFER, seen_of, stale_text
from web.console.visit import Visit
from web.offer_form import OfferForm, blank, fault_texts

NEW, EDIT = f"{PAGE}/new/{{place}}", f"{OFFER}/edit"
TYPED = ("kind", "seen", *NAMES)


def kind_of(typed: str) -> OfferKind:
    """Which kind a form is for."""
    return OfferKind.COURSE if typed == OfferKind.COURSE.value else OfferKind.VACANCY


async def show_new(visit: Visit) -> Response:
    """GET /console/work/new/{place}?kind=."""
    place = await access_place(visit, visit.request.path_params["place"], Right.WRITE_CAMPAIGNS)
    typed = await kept(visit, NEW.format(place=place.id))
    kind = kind_of(typed.get("kind") or visit.request.query_params.get("kind", ""))
    return _page(visit, place.id, None, kind, typed=typed if typed.fields else Typed(fields=blank(kind)))


async def show_edit(visit: Visit) -> Response:
    """GET /console/work/{id}/edit, with what was being typed when a session ended."""
    one = await access_offer(visit, visit.request.path_params["id"], Right.WRITE_CAMPAIGNS)
    if one.state is OfferState.CLOSED:
        return visit.go(OFFER.format(id=one.id))
    typed = await kept(visit, EDIT.format(id=one.id))
    fields = typed if typed.fields else Typed(fields={**fields_of(one.offer), "seen": str(one.version)})
    return _page(visit, one.locality, one, one.offer.kind, typed=fields)


def _page(
    visit: Visit,
    locality: str,
    one: Posted | None,
    kind: OfferKind,
    *,
    typed: Typed,
    faults: Mapping[str, str] | None = None,
    trouble: Trouble | None = None,
) -> Response:
    words = visit.words
    return visit.page(
        "offer-form.html",
        status=trouble.status if trouble else 200,
        href=EDIT.format(id=one.id) if one else NEW.format(place=locality),
        back=OFFER.format(id=one.id) if one else f"{PAGE}?at={locality}",
        one=one,
        place=place_name(visit, locality),
        kind=kind.value,
        other=next(other.value for other in OfferKind if other is not kind),
        seen=typed.get("seen"),
        parts=OfferForm(
            words=words, trades=visit.console.content.trades, kind=kind, typed=typed.fields, faults=faults or {}
        ).parts(),
        typed_at=time_text(typed.at, now=visit.now, words=words) if typed.at else "",
        trouble=trouble,
    )


async def post_new(visit: Visit) -> Response:
    """POST /console/work/new/{place}."""
    place: Locality = await access_place(visit, visit.request.path_params["place"], Right.WRITE_CAMPAIGNS)
    return await _posted(visit, place.id, None)


async def post_edit(visit: Visit) -> Response:
    """POST /console/work/{id}/edit."""
    one = await access_offer(visit, visit.request.path_params["id"], Right.WRITE_CAMPAIGNS)
    return await _posted(visit, one.locality, one)


async def _posted(visit: Visit, locality: str, one: Posted | None) -> Response:
    words, typed = visit.words, Typed(fields={name: visit.form.get(name) for name in TYPED})
    kind = one.offer.kind if one else kind_of(typed.get("kind"))
    try:
        offer = typed_offer(typed.fields, kind, visit.console.content.trades, today(visit))
        number = await _kept(visit, locality, one, offer)
    except WrongOfferError as error:
        trouble, faults = Trouble(text=words.text("console.figure.wrong")), fault_texts(words, error.faults)
        return _page(visit, locality, one, kind, typed=typed, faults=faults, trouble=trouble)
    except SameOfferError as error:
        trouble = Trouble(text=words.text("console.offer.same", number=error.number), status=409)
        return _page(visit, locality, one, kind, typed=typed, trouble=trouble)
    except StaleError:
        # What is there now stands on the offer's page; what was typed stays here until it is sent once more.
        there = await offering.find(visit.site.storage, one.id if one else 0)
        again = Typed(fields={**typed.fields, "seen": str(there.version)})
        trouble = Trouble(text=await stale_text(visit, there.id), status=409)
        return _page(visit, locality, there, kind, typed=again, trouble=trouble)
    await forget(visit, EDIT.format(id=one.id) if one else NEW.format(place=locality))
    if not number:
        return visit.go(PAGE, at=locality)
    return visit.go(OFFER.format(id=number), done="offer-changed" if one else "offer-written")


async def _kept(visit: Visit, locality: str, one: Posted | None, offer: Offer) -> int:
    storage, officer, now, once = visit.site.storage, visit.officer.name, visit.now, visit.once
    if one is None:
        return await offering.write(storage, locality, offer, officer=officer, now=now, once=once)
    await offering.edit(storage, one, offer, seen=seen_of(visit), officer=officer, now=now, once=once)
    return one.id

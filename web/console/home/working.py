"""Offers, job fairs and posts of the market that wait, and people who are interested in a vacancy."""

from collections.abc import Sequence

from content.formatting import date_text
from content.work.doubts import signs
from core.leads import LeadShow
from core.market import PostState
from core.offer_desk import OffersAsked
from core.officers import Right
from core.work import Standing
from web.bubbles import VIET_NAM as LOCAL
from web.console.content.words import today_of
from web.console.events.lines import EVENT
from web.console.home.panel import SHOWN, Entry, Panel
from web.console.leads.listing import PAGE as LEADS
from web.console.leads.listing import line_of as lead_line
from web.console.leads.listing import places_of
from web.console.lines import place_name
from web.console.market.listing import PAGE as MARKET_PAGE
from web.console.market.listing import line_of as market_line
from web.console.market.listing import places_of as market_places
from web.console.offers import access as offers
from web.console.offers import listing
from web.console.visit import Visit

LOOKED_AT = 100  # offers that wait: whether one has signs of a fraud no database can say


async def vacancies(visit: Visit) -> Panel | None:
    """Offers and job fairs that wait for a second person, and offers that end within a week; no panel without any.

    Those with signs of a fraud stand on top, whenever they came.
    """
    words, day = visit.words, today_of(visit)
    mine = [one for one, _ in offers.places(visit, Right.CONTROL_CAMPAIGNS)]
    drafts = OffersAsked(localities=mine, on=day, standing=Standing.DRAFT)
    async with visit.site.storage.read() as uow:
        waiting, total = await uow.offers.page(drafts, offset=0, limit=LOOKED_AT)
        ending = await uow.offers.ending(mine, day, listing.soon_of(visit), SHOWN)
        coming, fairs = await uow.events.waiting(mine, visit.now, SHOWN)
    doubtful = [one for one in waiting if signs(one.offer)]
    others = [one for one in waiting if one not in doubtful]
    lines = [(one, "■", "danger", "doubtful") for one in doubtful] + [(one, "◇", "plain", "waiting") for one in others]
    lines = lines[:SHOWN] + [(one, "▲", "warning", "ending") for one in ending]
    entries = []
    for one, sign, kind, name in lines:
        told = {"title": one.offer.title, "employer": one.offer.employer, "author": listing.author_text(visit, one)}
        told["day"] = date_text(one.offer.deadline, words.lang)
        text = _at(visit, mine, one.locality, words.text(f"console.home.offers.{name}", **told))
        entries.append(Entry(sign=sign, kind=kind, href=f"{listing.PAGE}/{one.id}", text=text))
    for fair in coming:
        told = {"title": fair.event.title, "day": date_text(fair.event.starts_at.astimezone(LOCAL).date(), words.lang)}
        text = words.text("console.home.offers.fair", **told, author=fair.written_by)
        text = _at(visit, mine, fair.locality, text)
        entries.append(Entry(sign="◇", kind="plain", href=EVENT.format(id=fair.id), text=text))
    if not entries:
        return None
    all_, waits = f"{listing.PAGE}?standing={Standing.DRAFT}", words.text("console.home.offers.to-check")
    counted = words.text("console.home.offers.counts", offers=total, doubtful=len(doubtful), fairs=fairs)
    return Panel(
        id="vacancies",
        title=words.text("console.home.offers"),
        summary=counted if total or fairs else "",
        entries=tuple(entries),
        more=(all_, waits) if total else (listing.PAGE, words.text("console.home.offers.all")),
    )


def _at(visit: Visit, places: Sequence[str], place: str, text: str) -> str:
    """With the place, for whoever looks after several: the same offer may stand in each of them."""
    named = place_name(visit, place)
    return visit.words.text("console.home.offers.at", place=named, text=text) if len(places) > 1 else text


async def leads(visit: Visit) -> Panel | None:
    """People who are interested in a vacancy and wait for an officer's word; no panel where nobody does."""
    words, mine = visit.words, [one for one, _ in places_of(visit, Right.ANSWER)]
    async with visit.site.storage.read() as uow:
        found, total = await uow.leads.page(mine, LeadShow.WAITING, limit=SHOWN)
    lines = [lead_line(visit, one) for one in found]
    entries = [
        Entry(
            sign="▲" if one.loud else "○",
            kind="warning" if one.loud else "plain",
            href=one.href,
            text=words.text("console.home.lead", who=one.who, title=one.title, days=one.days),
        )
        for one in lines
    ]
    more = (LEADS, words.text("console.home.all-leads")) if total > SHOWN else None
    title = words.text("console.home.leads")
    return Panel(id="leads", title=title, entries=tuple(entries), more=more) if entries else None


async def market(visit: Visit) -> Panel | None:
    """Posts of the market that nobody has looked at; no panel where there are none."""
    words = visit.words
    mine = [one for one, _ in market_places(visit, Right.ANSWER)]
    async with visit.site.storage.read() as uow:
        found, total = await uow.market.page(mine, PostState.WAITING, limit=SHOWN)
    lines = [market_line(visit, one) for one in found]
    entries = [
        Entry(
            sign="■" if line.doubtful else "◇",
            kind="danger" if line.doubtful else "plain",
            href=line.href,
            text=words.text("console.home.market.line", side=line.about, what=line.what, place=line.place),
        )
        for line in lines
    ]
    more = (MARKET_PAGE, words.text("console.home.all-market")) if total > SHOWN else None
    title = words.text("console.home.market")
    return Panel(id="market", title=title, entries=tuple(entries), more=more) if entries else None

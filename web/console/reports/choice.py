"""Which report an address asks for: of which places, and which period."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from content.monitoring.times import period_text
from content.wording import Wording
from core.errors import NotFoundError
from core.monitoring import Wanted
from core.officers import Right
from core.periods import Period, PeriodKind, period_of, read_period
from web.console.visit import Visit

PAGE = "/console/reports"
OFFERED = {PeriodKind.MONTH: 13, PeriodKind.QUARTER: 6, PeriodKind.YEAR: 3}  # the last ones of each kind
LONGEST_FAULT = 30  # characters of what was typed for a period, told again


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was asked for."""

    wanted: Wanted
    everywhere: bool  # all the officer's places
    fault: str  # a period that there is none of, as it was typed; empty: none

    def address(self, path: str = PAGE, **more: str) -> str:
        """Another page or file about the same."""
        place = "" if self.everywhere else self.wanted.places[0]
        asked = {"place": place, "period": self.wanted.period.key, **more}
        return f"{path}?{urlencode({name: value for name, value in asked.items() if value})}"


def places_of(visit: Visit) -> list[tuple[str, str]]:
    """The places of which this officer may read all totals: id and name."""
    officer = visit.officer
    return [
        (one, name) for one, name in visit.site.localities.items() if officer.may(Right.READ_TOTALS, localities=[one])
    ]


def choice_of(visit: Visit) -> Choice | None:
    """What the address asks for; None where this officer may read the totals of no place.

    Raises NotFoundError for a place that is not theirs.
    """
    asked, mine = visit.request.query_params, [one for one, _ in places_of(visit)]
    if not mine:
        return None
    place = asked.get("place", "")
    if place and place not in mine:
        raise NotFoundError("no such place", where=place)
    period, fault = _period(asked.get("period", ""), visit.now)
    everywhere = not place and len(mine) > 1
    places = tuple(mine) if everywhere else (place or mine[0],)
    return Choice(wanted=Wanted(places=places, period=period), everywhere=everywhere, fault=fault)


def _period(typed: str, now: datetime) -> tuple[Period, str]:
    """The period, and what was typed where that is none that has begun."""
    current = period_of(now, PeriodKind.MONTH)
    if not typed:
        return current, ""
    try:
        period = read_period(typed.strip().upper())
    except ValueError:
        return current, typed[:LONGEST_FAULT]
    return (period, "") if period.begins <= now else (current, typed[:LONGEST_FAULT])


def offered(chosen: Period, now: datetime, words: Wording) -> list[tuple[str, list[tuple[str, str]]]]:
    """The periods to choose from, by their kind: the last ones, and the one that is shown."""
    found = []
    for kind, number in OFFERED.items():
        periods = [period_of(now, kind)]
        while len(periods) < number:
            periods.append(periods[-1].before)
        if chosen.kind is kind and chosen not in periods:
            periods.append(chosen)
        options = [(one.key, period_text(words, one)) for one in periods]
        found.append((words.text(f"console.reports.offer.{kind}"), options))
    return found

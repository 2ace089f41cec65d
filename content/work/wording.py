"""The parts of what people read of an offer: what is paid, until when one can come, why it suits."""

from content.formatting import date_text, money_range_text, money_text
from content.schema import Unit
from content.wording import Wording
from core.suiting import Because, Match
from core.work import Offer, Paid, Posted

LONGEST = 110  # characters of what an employer wrote: a bubble is read on a small screen
_UNITS = {Paid.MONTH: Unit.VND_MONTH, Paid.DAY: Unit.VND_DAY}


def wage_text(offer: Offer, words: Wording) -> str:
    """What is paid, with words behind millions; that it is to be agreed, where no sum is told."""
    unit, least, most = _UNITS.get(offer.paid, Unit.VND), offer.wage_from, offer.wage_to
    if least is not None and most is not None and least != most:
        said = words.text("work.wage.between", wage=money_range_text(least, most, unit, words.lang))
    elif least is not None and most is not None:
        said = words.text("work.wage.exact", wage=money_text(least, unit, words.lang))
    elif least is not None:
        said = words.text("work.wage.from", least=money_text(least, unit, words.lang))
    elif most is not None:
        said = words.text("work.wage.to", most=money_text(most, unit, words.lang))
    else:
        return words.text("work.wage.agreed")
    per = words.text(f"work.paid.{offer.paid.value}") if offer.paid in (Paid.HOUR, Paid.PIECE) else ""
    return f"{said}{per}."


def until_text(posted: Posted, words: Wording) -> str:
    """Until when one can come, and how many seats are left where that is known."""
    day = date_text(posted.offer.deadline, words.lang)
    if posted.offer.seats is None:
        return words.text("work.until", day=day)
    return words.text("work.seats_until", seats=posted.offer.seats - posted.taken, day=day)


def because_text(match: Match, words: Wording, *, of_others: bool = False) -> str:
    """Why it suits; empty where nothing is known that speaks for it. `of_others`: it is an officer who reads it."""
    if not match.reasons:
        return ""
    told = (
        distance_text(match.distance, words)
        if one is Because.NEAR and match.distance is not None
        else _why(one, words, of_others=of_others)
        for one in match.reasons
    )
    return words.text("work.because", reasons="; ".join(told))


def _why(one: Because, words: Wording, *, of_others: bool) -> str:
    theirs = f"work.why_theirs.{one}"
    return words.text(theirs if of_others and words.has(theirs) else f"work.why.{one}")


def distance_text(distance: float, words: Wording) -> str:
    """How far it is from somebody's hamlet as the crow flies; `distance` in km."""
    return words.text("work.why.near", km=round(distance)) if distance >= 1 else words.text("work.why.close")


def place_text(match: Match, words: Wording, longest: int = LONGEST) -> str:
    """Where it is; how far, where that is known and too far to speak for it."""
    offer, said = match.posted.offer, short(match.posted.offer.place, longest)
    if said and match.distance is not None and Because.NEAR not in match.reasons:
        said = f"{said}, {distance_text(match.distance, words)}"
    return words.text(f"work.place.{offer.kind.value}", said=said) if said else ""


def line(words: Wording, message_id: str, said: str, longest: int = LONGEST) -> str:
    """What was said under a heading; empty where nothing was."""
    return words.text(message_id, said=short(said, longest)) if said else ""


def short(said: str, longest: int = LONGEST) -> str:
    """In one line, and cut between words where it is long."""
    whole = " ".join(said.split())
    return whole if len(whole) <= longest else f"{whole[:longest].rsplit(' ', 1)[0].rstrip('.,;:')} …"

"""The parts of what people read of an offer: what is paid, until when one can come, why it suits."""

from content.formatting import date_text, money_text
from content.schema import Unit
from content.wording import Wording
from core.suiting import Match
from core.work import Offer, Paid, Posted

LONGEST = 110  # characters of what an employer wrote: a bubble is read on a small screen
_UNITS = {Paid.MONTH: Unit.VND_MONTH, Paid.DAY: Unit.VND_DAY}


def wage_text(offer: Offer, words: Wording) -> str:
    """What is paid, with words behind millions; that it is to be agreed, where no sum is told."""
    unit = _UNITS.get(offer.paid, Unit.VND)
    least, most = (
        None if one is None else money_text(one, unit, words.lang) for one in (offer.wage_from, offer.wage_to)
    )
    if least is None and most is None:
        return words.text("work.wage.agreed")
    if least is None:
        said = words.text("work.wage.to", most=most)
    elif most is None:
        said = words.text("work.wage.from", least=least)
    elif least == most:
        said = words.text("work.wage.exact", wage=least)
    else:
        said = words.text("work.wage.between", least=least, most=most)
    per = words.text(f"work.paid.{offer.paid.value}") if offer.paid in (Paid.HOUR, Paid.PIECE) else ""
    return f"{said}{per}."


def until_text(posted: Posted, words: Wording) -> str:
    """Until when one can come, and how many seats are left where that is known."""
    day = date_text(posted.offer.deadline, words.lang)
    if posted.offer.seats is None:
        return words.text("work.until", day=day)
    return words.text("work.seats_until", seats=posted.offer.seats - posted.taken, day=day)


def because_text(match: Match, words: Wording) -> str:
    """Why it suits; empty where nothing is known that speaks for it."""
    if not match.reasons:
        return ""
    km = max(1, round(match.distance or 0))
    return words.text("work.because", reasons="; ".join(words.text(f"work.why.{one}", km=km) for one in match.reasons))


def line(words: Wording, message_id: str, said: str, longest: int = LONGEST) -> str:
    """What was said under a heading; empty where nothing was."""
    return words.text(message_id, said=short(said, longest)) if said else ""


def short(said: str, longest: int = LONGEST) -> str:
    """In one line, and cut between words where it is long."""
    whole = " ".join(said.split())
    return whole if len(whole) <= longest else f"{whole[:longest].rsplit(' ', 1)[0].rstrip('.,;:')} …"

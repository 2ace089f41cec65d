"""The open offers of each place, with the names by which work is known to be there."""

from content.catalogue import Catalogue
from core.markets import Markets
from core.suiting import Trade
from core.text import fold


def markets_of(content: Catalogue) -> Markets:
    """What is open in each place of the packs."""
    trade = Trade(group_of=content.trades.group_of, heavy=content.trades.heavy)
    return Markets(trade, {one: names_of(content, one) for one in content.localities})


def names_of(content: Catalogue, locality: str) -> list[str]:
    """By what names a place is known to be there, folded. Raises NotFoundError."""
    place = content.locality(locality)
    hamlets = (one for each in place.hamlets for one in (each.name, *each.aliases))
    return [fold(one) for one in (place.short.vi, *place.aliases, *hamlets)]

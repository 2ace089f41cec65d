"""The open offers of each place, with the names by which work is known to be there."""

from content.catalogue import Catalogue
from core.markets import Markets
from core.suiting import Trade
from core.text import fold


def markets_of(content: Catalogue) -> Markets:
    """What is open in each place of the packs."""
    return Markets(trade_of(content), {one: names_of(content, one) for one in content.localities})


def trade_of(content: Catalogue) -> Trade:
    """What the packs say of the trades."""
    trades = content.trades
    return Trade(group_of=trades.group_of, heavy=trades.heavy, skilled=trades.skilled)


def names_of(content: Catalogue, locality: str) -> list[str]:
    """By what names a place is known to be there, folded. Raises NotFoundError."""
    place = content.locality(locality)
    hamlets = (one for each in place.hamlets for one in (each.name, *each.aliases))
    return [fold(one) for one in (place.short.vi, *place.aliases, *hamlets)]

"""The open offers of each place, read once as long as none of them changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.matching import Market
from core.storage import UnitOfWork
from core.suiting import Trade
from core.work import OfferKind, Posted

AT_ONCE = 500  # offers read in one statement
_Stamp = tuple[tuple[int, int], date]


@dataclass(frozen=True, slots=True)
class _Kept:
    """The open offers of a place as they were read."""

    stamp: _Stamp
    versions: Mapping[int, int]
    markets: Mapping[OfferKind, Market]


class Markets:
    """What is open in each place, ready to be looked through."""

    def __init__(self, trade: Trade, names: Mapping[str, Sequence[str]]) -> None:
        """`names` are those of each place, folded: by them work is known to be there."""
        self._trade, self._names = trade, names
        self._kept: dict[str, _Kept] = {}

    def __contains__(self, locality: object) -> bool:
        return locality in self._names

    async def of(self, uow: UnitOfWork, locality: str, today: date) -> Mapping[OfferKind, Market]:
        """What is open in a place on a day, as the transaction sees it."""
        stamp = (await uow.work.stamp(locality), today)
        kept = self._kept.get(locality)
        if kept is None or kept.stamp[1] != today:
            offers = await uow.work.open_in(locality, today)
            markets = {kind: self._market(kind, offers, today) for kind in OfferKind}
            kept = self._kept[locality] = _Kept(stamp, {one.id: one.version for one in offers}, markets)
        elif kept.stamp != stamp:
            kept = self._kept[locality] = await _caught_up(uow, kept, locality, stamp)
        return kept.markets

    def _market(self, kind: OfferKind, offers: Sequence[Posted], today: date) -> Market:
        mine = (one for one in offers if one.offer.kind is kind)
        return Market(mine, self._trade, today, names=self._names)


async def _caught_up(uow: UnitOfWork, kept: _Kept, locality: str, stamp: _Stamp) -> _Kept:
    """What was read before, with those offers read anew that are others by now."""
    versions = await uow.work.versions(locality, stamp[1])
    changed = [one for one, version in versions.items() if kept.versions.get(one) != version]
    for market in kept.markets.values():
        for gone in kept.versions.keys() - versions.keys():
            market.drop(gone)
    for start in range(0, len(changed), AT_ONCE):
        for one in await uow.work.some(changed[start : start + AT_ONCE]):
            kept.markets[one.offer.kind].put(one)
    return _Kept(stamp, versions, kept.markets)

"""Which work suits whom, and why: a pure function of offers, of what somebody looks for, and of what they said before.

What excludes is said in one place (`excluded`); what is left is ranked by points, and what counts has a reason that
people are told. The points are this program's own order and no figure of any document.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from heapq import merge, nsmallest
from itertools import islice

from core.suiting import (
    UNLEARNT,
    Because,
    Excluded,
    Known,
    Match,
    Position,
    Seeker,
    Trade,
    away_from,
    by_hours,
    by_place,
    known,
    learnt,
    ring,
)
from core.work import Answer, Answered, Hindrance, OfferKind, Posted, Profile, Reach, Standing

MANY = 20_000  # lists kept in memory
UNMEASURED = 0.0  # in place of a ring: what has no coordinates

_Shelf = tuple[str, str]  # a locality and a trade
_Rings = Mapping[float, Set[int]]  # by the outer edge of a ring: what is in it
_Bonus = tuple[int, Because | None]  # points of a trade, and why
_Ranked = tuple[int, date, int, Match]  # in order: the better, what is over sooner, what was put in first


class Market:
    """The open offers of a day, ready to be looked through."""

    def __init__(self, posted: Iterable[Posted], trade: Trade, on: date, *, names: Mapping[str, Sequence[str]]) -> None:
        """Read the offers; `names` are those of each locality, folded: by them a place is known to be there."""
        self._trade, self._on, self._names = trade, on, names
        self._groups: dict[str, list[str]] = {}
        for one, group in trade.group_of.items():
            self._groups.setdefault(group, []).append(one)
        self._by_id: dict[int, Known] = {}
        self._shelves: dict[_Shelf, dict[int, Known]] = {}
        self._ranked: dict[_Shelf, dict[tuple[object, ...], Sequence[_Ranked]]] = {}
        self._rings: dict[_Shelf, dict[Position, _Rings]] = {}
        self._bonuses: dict[tuple[tuple[str, ...], tuple[str, ...]], Mapping[str, _Bonus]] = {}
        for each in posted:
            self.put(each)

    def put(self, posted: Posted) -> None:
        """An offer that is new, or another than before; one that is not open leaves."""
        self.drop(posted.id)
        if posted.standing(self._on) is Standing.OPEN:
            read = self._read(posted)
            self._by_id[posted.id] = read
            self._shelves.setdefault(_shelf(posted), {})[posted.id] = read
            self._forget(_shelf(posted))

    def drop(self, offer_id: int) -> None:
        """An offer that is not open any more leaves."""
        before = self._by_id.pop(offer_id, None)
        if before is not None:
            shelf = _shelf(before.posted)
            self._shelves[shelf].pop(offer_id)
            self._forget(shelf)

    def _forget(self, shelf: _Shelf) -> None:
        """What was worked out of a shelf that is another one by now."""
        self._ranked.pop(shelf, None)
        self._rings.pop(shelf, None)

    def _read(self, posted: Posted) -> Known:
        return known(
            posted, self._names.get(posted.locality, ()), skilled=posted.offer.occupation in self._trade.skilled
        )

    def excluded(self, seeker: Seeker, posted: Posted) -> Excluded | None:
        """Why this is not proposed to somebody; None where it is."""
        if posted.standing(self._on) is not Standing.OPEN:
            return Excluded.NOT_OPEN
        if posted.locality != seeker.locality:
            return Excluded.ELSEWHERE
        if posted.id in _refused(seeker):
            return Excluded.ANSWERED
        if posted.offer.occupation not in self._trades(seeker.profile):
            return Excluded.TRADE
        return self._kept_away(seeker.profile, posted)

    def _kept_away(self, profile: Profile, posted: Posted) -> Excluded | None:
        if posted.offer.away and profile.reach is not Reach.ANYWHERE:
            return Excluded.AWAY
        heavy = posted.offer.kind is OfferKind.VACANCY and posted.offer.occupation in self._trade.heavy
        return Excluded.HEAVY if heavy and Hindrance.HEAVY in profile.held else None

    def top(self, seeker: Seeker, count: int) -> list[Match]:
        """The best of what suits, the best first; never more than `count`."""
        found = [
            self._with(self._shelf_for(seeker, occupation, count), points)
            for occupation, (points, _) in self._trades(seeker.profile).items()
            if (seeker.locality, occupation) in self._shelves
        ]
        return [self._whole(seeker, one) for one in islice(merge(*found), count)]

    def everything(self, locality: str, count: int, trade: str = "") -> list[Match]:
        """What is open in a place, for who told nothing of themselves: here before elsewhere, the newest first.

        With a trade or a group, only what is of it.
        """
        members = {trade, *self._groups.get(trade, ())}
        shelves = (
            shelf
            for (place, occupation), shelf in self._shelves.items()
            if place == locality and (not trade or occupation in members)
        )
        found = (read for shelf in shelves for read in shelf.values())
        first = nsmallest(count, found, key=lambda one: (not one.here, -_since(one.posted), -one.posted.id))
        return [Match(posted=one.posted, points=0, reasons=_plain(one)) for one in first]

    @staticmethod
    def _with(shelf: Iterable[_Ranked], points: int) -> Iterator[_Ranked]:
        """A shelf with the points of its trade: they are the same for all of it, so the order stays."""
        return ((before - points, day, number, match) for before, day, number, match in shelf)

    def _whole(self, seeker: Seeker, ranked: _Ranked) -> Match:
        match = ranked[3]
        reason = self._trades(seeker.profile)[match.posted.offer.occupation][1]
        reasons = (reason, *match.reasons) if reason is not None else match.reasons
        distance = away_from(seeker.position, match.posted)
        return Match(posted=match.posted, points=-ranked[0], reasons=reasons, distance=distance)

    def _shelf_for(self, seeker: Seeker, occupation: str, count: int) -> Sequence[_Ranked]:
        """The best of one trade, without the trade's own points: for everybody who looks alike worked out once."""
        profile, shelf = seeker.profile, (seeker.locality, occupation)
        if seeker.answers:  # what somebody said weighs on their list alone
            return self._best(seeker, shelf, count)
        rings = self._rings_of(shelf, seeker.position) if seeker.position is not None else {}
        kept = self._ranked.setdefault(shelf, {})
        key = (*self._like(profile, shelf), count, seeker.position if rings else None)
        if key not in kept:
            if len(kept) >= MANY:
                kept.clear()
            kept[key] = self._from(profile, shelf, rings, count) if rings else self._judge(profile, shelf, count, None)
        return kept[key]

    def _like(self, profile: Profile, shelf: _Shelf) -> tuple[object, ...]:
        """What counts of a profile besides its trades: on this shelf, whoever has the same is judged alike."""
        counts = (
            frozenset(profile.held) if shelf[1] in self._trade.heavy else frozenset(profile.held) - {Hindrance.HEAVY}
        )
        return profile.reach, profile.times, counts, self._knows(profile, shelf[1])

    def _from(self, profile: Profile, shelf: _Shelf, rings: _Rings, count: int) -> Sequence[_Ranked]:
        """The best of one trade for whoever lives in the middle of these rings: put together, not judged anew.

        Where somebody lives only says in which ring an offer is: of each ring one list is kept, whatever the hamlet.
        """
        found: list[Iterable[_Ranked]] = [self._at(profile, shelf, UNMEASURED)]
        for edge, inside in rings.items():
            found.append(_of(inside, self._at(profile, shelf, edge)))
        return tuple(islice(merge(*found), count))

    def _rings_of(self, shelf: _Shelf, position: Position) -> _Rings:
        """Which offers of a shelf are in which ring around a place; without those that have no coordinates."""
        kept = self._rings.setdefault(shelf, {})
        if position not in kept:
            if len(kept) >= MANY:
                kept.clear()
            rings: dict[float, set[int]] = {}
            for number, read in self._shelves[shelf].items():
                distance = away_from(position, read.posted)
                if distance is not None:
                    rings.setdefault(ring(distance), set()).add(number)
            kept[position] = rings
        return kept[position]

    def _at(self, profile: Profile, shelf: _Shelf, edge: float) -> Sequence[_Ranked]:
        """All of a shelf that was measured, as if it were in the ring of that edge; UNMEASURED: all that was not."""
        kept, key = self._ranked[shelf], (*self._like(profile, shelf), edge)
        if key not in kept:
            kept[key] = self._judge(profile, shelf, len(self._shelves[shelf]), edge)
        return kept[key]

    def _judge(self, profile: Profile, shelf: _Shelf, count: int, edge: float | None) -> Sequence[_Ranked]:
        """The best of a shelf; `edge` as in `_at`, None: all of it, as if nothing had coordinates."""
        found = (
            self._judged(profile, read, edge or None)
            for read in self._shelves[shelf].values()
            if edge is None or read.measured == (edge != UNMEASURED)
            if self._kept_away(profile, read.posted) is None
        )
        return _first(found, count)

    def _best(self, seeker: Seeker, shelf: _Shelf, count: int) -> Sequence[_Ranked]:
        refused = _refused(seeker)
        found = (
            self._answered(seeker, read)
            for number, read in self._shelves[shelf].items()
            if number not in refused and self._kept_away(seeker.profile, read.posted) is None
        )
        return _first(found, count)

    def _answered(self, seeker: Seeker, read: Known) -> Match:
        """What an offer is worth to somebody, besides its trade, with what they said of others."""
        match = self._judged(seeker.profile, read, away_from(seeker.position, read.posted))
        return replace(match, points=match.points + sum(learnt(one, about, read) for one, about in seeker.answers))

    def _judged(self, profile: Profile, read: Known, distance: float | None) -> Match:
        """What an offer is worth to who looks for this, besides its trade and what they said; `distance` in km."""
        points, reasons = read.points, list[Because]()
        for gained, reason in (*by_place(profile, read, distance), *by_hours(profile, read)):
            points += gained
            reasons += [reason] if reason else []
        reasons += [Because.NO_DEGREE] if read.posted.offer.no_degree else []
        points -= UNLEARNT if read.trained and not self._knows(profile, read.posted.offer.occupation) else 0
        return Match(posted=read.posted, points=points, reasons=tuple(reasons))

    def _knows(self, profile: Profile, occupation: str) -> bool:
        """Whether somebody says that they know a trade, or asks for it by its own name."""
        return occupation in (*profile.can, *profile.wants) or self._trade.group_of.get(occupation) in profile.can

    def _trades(self, profile: Profile) -> Mapping[str, _Bonus]:
        """The trades that are something to somebody, each with its points and why."""
        said = (profile.can, profile.wants)
        if said not in self._bonuses:
            if len(self._bonuses) >= MANY:
                self._bonuses.clear()
            self._bonuses[said] = self._read_trades(*said)
        return self._bonuses[said]

    def _read_trades(self, can: Sequence[str], wants: Sequence[str]) -> Mapping[str, _Bonus]:
        able, wanted = (self._members(said) for said in (can, wants))
        # Who wants something named is proposed nothing else; who names nothing may be proposed anything.
        bonus: dict[str, _Bonus] = {} if wants else dict.fromkeys(self._trade.group_of, (0, None))
        near = (self._trade.group_of.get(one, one) for one in (*can, *wants))
        bonus |= dict.fromkeys(self._members(near), (15, Because.LIKE))
        bonus |= dict.fromkeys(able, (30, Because.CAN))
        return bonus | {one: (50 if one in able else 40, Because.WANTED) for one in wanted}

    def _members(self, named: Iterable[str]) -> list[str]:
        """Trades by name, and those of groups."""
        return [each for one in named for each in self._groups.get(one, (one,))]

    def concerns(self, seeker: Seeker, posted: Posted) -> bool:
        """Whether somebody's list may be another when this offer is: without looking at anything else."""
        return seeker.locality == posted.locality and posted.offer.occupation in self._trades(seeker.profile)

    def people_for(self, posted: Posted, seekers: Iterable[Seeker], count: int) -> list[tuple[Seeker, Match]]:
        """Whom to tell of an offer first: poor, near poor, newly escaped households, then others; the fitter first."""
        read = self._by_id.get(posted.id)
        suited = [one for one in seekers if read is not None and self.excluded(one, posted) is None]
        found = [(one, self._for(one, read)) for one in suited if read is not None]
        return nsmallest(count, found, key=lambda pair: (pair[0].priority, -pair[1].points, pair[0].contact))

    def _for(self, seeker: Seeker, read: Known) -> Match:
        match = self._answered(seeker, read)
        points = match.points + self._trades(seeker.profile)[read.posted.offer.occupation][0]
        return self._whole(seeker, (-points, read.posted.offer.deadline, read.posted.id, match))


def _first(found: Iterable[Match], count: int) -> Sequence[_Ranked]:
    """The best of these, in order."""
    return nsmallest(count, ((-one.points, one.posted.offer.deadline, one.posted.id, one) for one in found))


def _of(numbers: Set[int], ranked: Iterable[_Ranked]) -> Iterator[_Ranked]:
    """Of a list these offers."""
    return (one for one in ranked if one[2] in numbers)


def _refused(seeker: Seeker) -> frozenset[int]:
    """What somebody said does not suit them."""
    return frozenset(one.offer_id for one, _ in seeker.answers if one.answer is Answer.NOT_FIT)


def _since(posted: Posted) -> float:
    return (posted.verified_at or posted.created_at).timestamp()


def _plain(read: Known) -> tuple[Because, ...]:
    """What speaks for an offer whoever looks."""
    no_degree = (Because.NO_DEGREE,) if read.posted.offer.no_degree else ()
    return (Because.HERE, *no_degree) if read.here else no_degree


def _shelf(posted: Posted) -> _Shelf:
    return posted.locality, posted.offer.occupation


def learning(seeker: Seeker, answered: Answered, about: Posted) -> Seeker:
    """The same person after one more answer."""
    kept = tuple(pair for pair in seeker.answers if pair[0].offer_id != answered.offer_id)
    return replace(seeker, answers=(*kept, (answered, about)))

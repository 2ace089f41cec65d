"""Which notices everybody may read: on the public pages of a place and in its feeds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.audience import Field, asked, asks_for
from core.campaigns import Notice
from core.records import Published

# What says nothing of anybody: where people live, what they read, by which channel. A hamlet is a few families, a
# household's status is its own matter, and so is what somebody wants news of.
OPEN = frozenset({Field.LOCALITY, Field.LANGUAGE, Field.CHANNEL})


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicNotice:
    """A notice as everybody may read it."""

    sent: Published
    corrected_by: int | None = None  # the number of the newest public notice that corrects it
    corrects: tuple[int, ...] = ()  # the public notices that this one corrects


def is_public(notice: Notice, shown: Iterable[int] = ()) -> bool:
    """Whether a notice may be published; `shown` are the numbers of those that are.

    Its file decides; without a word there, it is one to everybody of a place, or corrects only such ones. Of people
    picked by what they lack none is, whatever its file says.
    """
    if asks_for(notice.audience, Field.LACKING):
        return False
    if notice.public is not None:
        return notice.public
    narrow = {one for one in Field if one not in OPEN and asks_for(notice.audience, one)}
    if not narrow:
        return bool(notice.localities)
    numbers = _corrects(notice)
    return narrow == {Field.REACHED} and bool(numbers) and numbers <= set(shown)


def public_notices(sent: Iterable[Published], locality: str) -> list[PublicNotice]:
    """Those of a place, the newest first. A correction stands where what it corrects stands."""
    shown: dict[int, Published] = {}
    for one in sorted(sent, key=lambda each: each.id):
        here = locality in one.notice.localities
        elsewhere = bool(one.notice.localities) and not here
        corrects_here = not elsewhere and not _corrects(one.notice).isdisjoint(shown)
        if (here or corrects_here) and is_public(one.notice, shown):
            shown[one.id] = one
    corrected = _corrected(shown)
    return [
        PublicNotice(
            sent=one,
            corrected_by=corrected.get(one.id),
            corrects=tuple(sorted(_corrects(one.notice) & shown.keys())),
        )
        for one in sorted(shown.values(), key=lambda each: each.id, reverse=True)
    ]


def _corrects(notice: Notice) -> frozenset[int]:
    return frozenset(int(one) for one in asked(notice.audience, Field.REACHED) if one.isascii() and one.isdecimal())


def _corrected(shown: Mapping[int, Published]) -> dict[int, int]:
    """By number of what is corrected: the newest that corrects it."""
    return {number: one.id for one in shown.values() for number in _corrects(one.notice) if number in shown}

"""Firms that may send people to work abroad, as `licensed-firms.yaml` of a pack lists them, and who is meant by a name.

The file is a ward's or a province's own: none is shipped, since no list that we could check was at hand.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from pydantic import Field, model_validator

from content.faults import Fault
from content.record import Record, Words
from core.text import fold

if TYPE_CHECKING:
    from content.library import Placed

# What a name has in common with most others: it tells no firm from another.
_COMMON = [
    "cong ty",
    "cty",
    "ct",
    "tnhh",
    "trach nhiem huu han",
    "co phan",
    "cp",
    "mtv",
    "mot thanh vien",
    "1 thanh vien",
    "tap doan",
    "tong cong ty",
    "doanh nghiep",
    "chi nhanh",
    "cn",
    "van phong",
    "trung tam",
    "jsc",
    "company",
    "limited",
    "ltd",
    "co",
    "the",
    "xuat khau lao dong",
    "xkld",
    "xuat khau",
    "cung ung",
    "nhan luc",
    "lao dong",
    "quoc te",
    "viet nam",
    "vn",
    "thuong mai",
    "dich vu",
    "dau tu",
    "phat trien",
    "xay dung",
    "du lich",
    "va",
    "dao tao",
]
_LONGEST = sorted((tuple(words.split()) for words in _COMMON), key=len, reverse=True)


class Standing(StrEnum):
    """What a licence is on a day."""

    VALID = "valid"
    EXPIRED = "expired"
    NOT_YET = "not_yet"


class Firm(Record):
    """One licence to send people to work abroad."""

    name: Words
    also: tuple[Words, ...] = ()  # a short name or an earlier one
    licence: Words
    from_: date = Field(alias="from")
    to: date | None = None  # its last day; None where the licence names none
    source: Words  # where it was read, as it is told: a document with its number, a letter of the department
    checked: date  # the day on which somebody looked

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.to is not None and self.to < self.from_:
            raise ValueError(f'"to" ({self.to}) is before "from" ({self.from_})')
        if blank := next((name for name in (self.name, *self.also) if not own_words(name)), None):
            raise ValueError(f'"{blank}" has no word of its own: any firm could be meant')
        return self

    def standing(self, on: date) -> Standing:
        """What the licence is on a day, its first and last day included."""
        if on < self.from_:
            return Standing.NOT_YET
        return Standing.EXPIRED if self.to is not None and on > self.to else Standing.VALID


def own_words(name: str) -> tuple[str, ...]:
    """The words by which a firm is told from others; empty for "công ty này".

    >>> own_words("Công ty TNHH Nhân lực Sao Mai")
    ('sao', 'mai')
    """
    words, found = tuple(fold(name).split()), []
    while words:
        common = next((one for one in _LONGEST if words[: len(one)] == one), None)
        if common is None:
            found.append(words[0])
        words = words[len(common or words[:1]) :]
    return tuple(found)


def meant(name: str, firms: Iterable[Firm]) -> list[Firm]:
    """The firms that have this name, in any spelling; a name that is only alike is another firm's."""
    asked = own_words(name)
    return [firm for firm in firms if asked and any(own_words(one) == asked for one in (firm.name, *firm.also))]


def firm_faults(firms: "Iterable[Placed[Firm]]") -> Iterator[Fault]:
    """What no entry knows alone: a licence listed twice, and a day of checking before the licence began."""
    seen: dict[str, Placed[Firm]] = {}
    for item in firms:
        firm = item.value
        first = seen.setdefault(fold(firm.licence), item)
        if first is not item:
            where = f"{first.file.name}:{first.file.line(first.path)}"
            yield item.fault(("licence",), f'licence "{firm.licence}" stands at {where} already', "remove one of them")

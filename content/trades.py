"""The trades in which work is offered and looked for: found by any of their names, in any spelling."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from content.cardtexts import name_faults
from content.faults import Fault
from content.library import Folder
from content.schema import Occupation, OccupationGroup
from content.voice import TextKind
from core.text import fold

AT_MOST = 4  # trades that are read from one sentence
# "Mấy giờ", "mấy người", "mấy công": how many, not to sew. "May công nghiệp" is a trade.
HOW_MANY = re.compile(
    r"\bmay (?=(?:gio|nguoi|ngay|tien|thang|nam|tuan|buoi|bua|ca|cay|con|dua|lan|cong(?! nghiep)|trieu|tram|chuc|dong"
    r"|phan|cho|noi|tuoi|cai|hom|thu|phut|tieng|nhieu)\b)"
)


def asks_how_many(text: str) -> bool:
    """Whether a text asks for hours, days or a number.

    >>> [asks_how_many(one) for one in ("may gio lam viec vay", "may cong nghiep", "duoc may cong")]
    [True, False, True]
    """
    return HOW_MANY.search(fold(text)) is not None


class Trades:
    """The open list of occupations of the packs."""

    def __init__(self, groups: Sequence[OccupationGroup]) -> None:
        """Know each by its id, its title and its other names."""
        self.groups: Mapping[str, OccupationGroup] = {one.id: one for one in groups}
        self.all: Mapping[str, Occupation] = {each.id: each for one in groups for each in one.occupations}
        self.group_of: Mapping[str, str] = {each.id: one.id for one in groups for each in one.occupations}
        named = [(fold(name), each.id) for each in self.all.values() for name in (each.title.vi, *each.words)]
        named += [(fold(each.title.en), each.id) for each in self.all.values()]
        groups_named = [(fold(name), one.id) for one in groups for name in (one.title.vi, one.button.vi, one.title.en)]
        # The longest name first: "phụ hồ" is found before "hồ", "may công nghiệp" before "may".
        self._named = sorted(dict([*groups_named, *named]).items(), key=lambda pair: -len(pair[0]))

    @property
    def heavy(self) -> frozenset[str]:
        """The trades in which loads are lifted or carried all day."""
        return frozenset(one.id for one in self.all.values() if one.heavy)

    @property
    def skilled(self) -> frozenset[str]:
        """The trades that are learnt before they are done for a wage."""
        return frozenset(one.id for one in self.all.values() if one.skilled)

    def title(self, id_: str, lang: str) -> str:
        """A trade or a group by its name; its id where the packs name it no more."""
        found = self.all.get(id_) or self.groups.get(id_)
        return found.title.get(lang) if found else id_

    def named_in(self, text: str) -> list[str]:
        """The trades and groups that a text names, those named first first; each word counts once."""
        left, found = f" {HOW_MANY.sub('', fold(text))} ", list[tuple[int, str]]()
        for name, id_ in self._named:
            at = left.find(f" {name} ")
            if at >= 0:
                found.append((at, id_))
                left = left.replace(f" {name} ", f" {'#' * len(name)} ")
        return list(dict.fromkeys(id_ for _, id_ in sorted(found)))[:AT_MOST]

    def trade(self, text: str) -> str | None:
        """The one trade that a text is about: the first it names, groups left aside; None where it names none."""
        return next((one for one in self.named_in(text) if one in self.all), None)

    def near(self, text: str) -> list[str]:
        """Titles that are written alike: what to write instead."""
        titles = {fold(one.title.vi): one.title.vi for one in self.all.values()}
        return [titles[one] for one in get_close_matches(fold(text), titles, n=3, cutoff=0.5)]


def trade_faults(folder: Folder) -> Iterator[Fault]:
    """Ids and names that two trades have, buttons that read badly."""
    taken: dict[str, str] = {}
    for item in folder.occupations:
        yield from name_faults(item, ("button",), item.value.button, TextKind.BUTTON)
        for index, one in enumerate(item.value.occupations):
            for name in {one.id, *(fold(each) for each in (one.title.vi, *one.words))}:
                if taken.setdefault(name, one.id) != one.id:
                    what = f'"{name}" is a name of "{taken[name]}" too'
                    yield item.fault(("occupations", index), what, "leave it in one")
        if item.value.id in taken:
            yield item.fault(("id",), f'"{item.value.id}" is a trade too', "give the group another id")

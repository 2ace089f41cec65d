"""Which standards are used on a day, and that the files leave no day without one."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from content.faults import Fault
from content.library import Folder, Library, Placed
from content.schema import Figure
from content.standards.schema import Amount, Application, Purpose, Standard
from content.yamlfile import Path


def standard_faults(folder: Folder, library: Library) -> Iterator[Fault]:
    """What is wrong in the standards of a pack and in the days on which they are used."""
    figures = library.figures(folder.name)
    for item in folder.standards:
        yield from _standard(item)
        for path, amount in _amounts(item.value):
            yield from _figure(item, path, amount, figures)
    held = library.standards(folder.name)
    for use in folder.applications:
        if use.value.standard not in held:
            yield use.fault(("standard",), f'no standard "{use.value.standard}"', f"use one of {', '.join(held)}")
    for purpose in Purpose:
        yield from _days([use for use in folder.applications if use.value.purpose is purpose], purpose)


def _standard(item: Placed[Standard]) -> Iterator[Fault]:
    standard = item.value
    dimensions = {one.id for one in standard.dimensions}
    seen: set[str] = set()
    for index, indicator in enumerate(standard.indicators):
        here: Path = ("indicators", index)
        if indicator.dimension not in dimensions:
            yield item.fault((*here, "dimension"), f'no dimension "{indicator.dimension}"', "name one of dimensions")
        if indicator.id in seen:
            yield item.fault((*here, "id"), f'indicator "{indicator.id}" stands there twice', "remove one")
        seen.add(indicator.id)
    if standard.lacking and standard.lacking.value > len(standard.indicators):
        what = f"{standard.lacking.value} can never be lacking: there are {len(standard.indicators)} indicators"
        yield item.fault(("lacking", "value"), what, "mend the number or add the indicators")
    if standard.line and standard.average:
        for area in ("rural", "urban"):
            line, average = getattr(standard.line, area), getattr(standard.average, area)
            if average.value <= line.value:
                what = f"{average.value} is not above the line of {line.value}"
                yield item.fault(("average", area, "value"), what, "mend one of the two")


def _amounts(standard: Standard) -> Iterator[tuple[Path, Amount]]:
    for name in ("line", "average"):
        if by_area := getattr(standard, name):
            yield from (((name, area), getattr(by_area, area)) for area in ("rural", "urban"))
    if standard.lacking:
        yield ("lacking",), standard.lacking


def _figure(
    item: Placed[Standard], path: Path, amount: Amount, figures: dict[tuple[str, str], Figure]
) -> Iterator[Fault]:
    """That a number which the cards tell as well is the same there."""
    if amount.figure is None:
        return
    topic, _, name = amount.figure.partition(".")
    figure = figures.get((topic, name))
    if figure is None:
        yield item.fault((*path, "figure"), f'no figure "{amount.figure}"', "write it as topic.id, or leave it out")
        return
    value = figure.at(item.value.from_)
    if value is None or value.value != amount.value:
        told = value.value if value else "nothing"
        what = f"{amount.value}, but the figure {amount.figure} says {told} on {item.value.from_.isoformat()}"
        yield item.fault((*path, "value"), what, "mend whichever is wrong")


def _days(uses: Iterable[Placed[Application]], purpose: Purpose) -> Iterator[Fault]:
    """One after the other; recognition without a day between."""
    for before, after in pairwise(sorted(uses, key=lambda use: use.value.from_)):
        last, first = before.value.to, after.value.from_
        if first <= last:
            what = f'"{before.value.id}" and "{after.value.id}" both hold on {first.isoformat()} for {purpose}'
            yield after.fault(("from",), what, "end the earlier one on the day before")
        elif purpose is Purpose.RECOGNITION and first > last + timedelta(days=1):
            what = f"no standard is used from {(last + timedelta(days=1)).isoformat()} to the day before this one"
            yield after.fault(("from",), what, "let one follow the other without a gap")


def used_on(applications: Iterable[Application], on: date) -> list[Application]:
    """The stretches of time that a day falls into, in the order of the file."""
    return [use for use in applications if use.holds(on)]

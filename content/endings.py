"""A document marked once as ended ends in every card and every figure that names it."""

from dataclasses import replace
from datetime import date
from typing import TypeVar

from content.library import Library, Placed
from content.schema import Basis, Figure, Policy, Value

T = TypeVar("T", Basis, Value)


def ended(library: Library) -> Library:
    """The library with the last days of `documents.yaml` in place. An earlier last day of a card's own stays."""
    days: dict[str, date] = {}
    for folder in library.folders.values():
        for item in folder.endings:
            name = item.value.document
            days[name] = min(item.value.to, days.get(name, date.max))
    if days:
        for folder in library.folders.values():
            folder.policies = [_policy(item, days) for item in folder.policies]
            folder.figures = [(topic, _figure(item, days)) for topic, item in folder.figures]
    return library


def _policy(item: Placed[Policy], days: dict[str, date]) -> Placed[Policy]:
    basis = tuple(_sooner(one, days) for one in item.value.legal_basis)
    return replace(item, value=item.value.model_copy(update={"legal_basis": basis}))


def _figure(item: Placed[Figure], days: dict[str, date]) -> Placed[Figure]:
    values = tuple(_sooner(one, days) for one in item.value.values)
    return replace(item, value=item.value.model_copy(update={"values": values}))


def _sooner(item: T, days: dict[str, date]) -> T:
    day = days.get(item.document)
    if day is None or day < item.from_ or (item.to is not None and item.to <= day):
        return item
    return item.model_copy(update={"to": day})

"""Whom a notice is for, as data: conditions joined by all, any and not. The same data is counted, shown and hashed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

DEEPEST = 6  # conditions within conditions
MOST_VALUES = 500  # of one condition


class Field(StrEnum):
    """What is known of a person that a condition may ask for; the value is its name in a campaign's file."""

    LOCALITY = "localities"
    HAMLET = "hamlets"
    STATUS = "household_status"
    LACKING = "lacking"  # dimensions in which the household lacks something; known only of those who agreed
    TOPIC = "topics"  # they want news of
    LANGUAGE = "languages"
    CHANNEL = "channels"  # by which they can be reached
    REACHED = "reached"  # numbers of campaigns that they got, or may have got: for a correction


@dataclass(frozen=True, slots=True)
class Is:
    """One of these values; of a field with several values, any of them."""

    field: Field
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; without parts, always."""

    parts: "tuple[Audience, ...]" = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; without parts, never."""

    parts: "tuple[Audience, ...]" = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Audience"


Audience = Is | AllOf | AnyOf | Not


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one person, by field."""

    values: Mapping[Field, Collection[str]] = field(default_factory=dict)


def holds(audience: Audience, facts: Facts) -> bool:
    """Whether a person is meant. The database says the same of all of them at once: db/audience.py."""
    match audience:
        case Is(which, values):
            return not set(values).isdisjoint(facts.values.get(which, ()))
        case AllOf(parts):
            return all(holds(one, facts) for one in parts)
        case AnyOf(parts):
            return any(holds(one, facts) for one in parts)
        case Not(part):
            return not holds(part, facts)


def parse(data: object, where: str = "audience") -> Audience:
    """Conditions as a campaign's file writes them. Raises ValueError naming the place.

    >>> parse({"localities": ["dak-cam"], "not": {"household_status": ["near_poor"]}})
    AllOf(parts=(Is(field=<Field.LOCALITY: 'localities'>, values=('dak-cam',)), \
Not(part=Is(field=<Field.STATUS: 'household_status'>, values=('near-poor',)))))
    """
    return _parse(data, where, 0)


def _parse(data: object, where: str, depth: int) -> Audience:
    if depth > DEEPEST:
        raise ValueError(f"{where}: conditions lie more than {DEEPEST} deep")
    if not isinstance(data, dict) or not data:
        raise ValueError(f"{where}: names at least one of {', '.join((*Field, 'all', 'any', 'not'))}")
    parts: list[Audience] = []
    for key in sorted(data):
        here = f"{where}.{key}"
        if key in ("all", "any"):
            listed = data[key]
            if not isinstance(listed, list) or not listed:
                raise ValueError(f"{here}: is a list of conditions")
            inner = tuple(_parse(one, f"{here}[{at}]", depth + 1) for at, one in enumerate(listed))
            parts.append(AllOf(inner) if key == "all" else AnyOf(inner))
        elif key == "not":
            parts.append(Not(_parse(data[key], here, depth + 1)))
        elif key in set(Field):
            parts.append(Is(Field(key), _values(data[key], here, Field(key))))
        else:
            raise ValueError(f"{here}: is none of {', '.join((*Field, 'all', 'any', 'not'))}")
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _values(data: object, where: str, of: Field) -> tuple[str, ...]:
    if not isinstance(data, list) or not data or not all(isinstance(one, str) and one.strip() for one in data):
        raise ValueError(f"{where}: is a list of words, such as {_EXAMPLE[of]}")
    if len(data) > MOST_VALUES:
        raise ValueError(f"{where}: has more than {MOST_VALUES} values")
    words = (one.strip().replace("_", "-") if of is Field.STATUS else one.strip() for one in data)
    return tuple(sorted(dict.fromkeys(words)))


_EXAMPLE: Mapping[Field, str] = {
    Field.LOCALITY: '["dak-cam"]',
    Field.HAMLET: '["thôn 3"]',
    Field.STATUS: '["poor", "near_poor"]',
    Field.LACKING: '["housing"]',
    Field.TOPIC: '["tuition"]',
    Field.LANGUAGE: '["vi"]',
    Field.CHANNEL: '["telegram"]',
    Field.REACHED: '["12"]',
}


def plain(audience: Audience) -> dict[str, Any]:
    """The conditions as data again, one way for each meaning: what an approval is bound to."""
    match audience:
        case Is(which, values):
            return {which.value: list(values)}
        case AllOf(parts):
            return {"all": [plain(one) for one in parts]}
        case AnyOf(parts):
            return {"any": [plain(one) for one in parts]}
        case Not(part):
            return {"not": plain(part)}


def localities(audience: Audience) -> frozenset[str] | None:
    """The places outside of which nobody can be meant; None where there may be people of any place."""
    match audience:
        case Is(Field.LOCALITY, values):
            return frozenset(values)
        case AllOf(parts):
            bounds = [found for one in parts if (found := localities(one)) is not None]
            return frozenset.intersection(*bounds) if bounds else None
        case AnyOf(parts):
            inner = [localities(one) for one in parts]
            return frozenset[str]().union(*(one for one in inner if one is not None)) if None not in inner else None
        case _:
            return None


def respelled(audience: Audience, which: Field, spellings: Callable[[str], Collection[str]]) -> Audience:
    """The same with each value of a field joined by its other spellings: people type "thon 3" for "Thôn 3"."""
    return renamed(audience, which, lambda value: {value, *spellings(value)})


def renamed(audience: Audience, which: Field, meant: Callable[[str], Collection[str]]) -> Audience:
    """The same with each value of a field in place of which stand the values that are meant by it."""
    match audience:
        case Is(field_, values) if field_ is which:
            return Is(which, tuple(sorted({one for value in values for one in meant(value)})))
        case AllOf(parts):
            return AllOf(tuple(renamed(one, which, meant) for one in parts))
        case AnyOf(parts):
            return AnyOf(tuple(renamed(one, which, meant) for one in parts))
        case Not(part):
            return Not(renamed(part, which, meant))
        case _:
            return audience


def unknown(audience: Audience, known: Callable[[Field, str], bool]) -> Sequence[tuple[Field, str]]:
    """Values that nothing here has: likely a slip of the keys."""
    match audience:
        case Is(which, values):
            return [(which, value) for value in values if not known(which, value)]
        case AllOf(parts) | AnyOf(parts):
            return [found for one in parts for found in unknown(one, known)]
        case Not(part):
            return unknown(part, known)


def asked(audience: Audience, which: Field) -> frozenset[str]:
    """Values of a field that people are picked by; what is excluded is none of them."""
    match audience:
        case Is(field_, values):
            return frozenset(values) if field_ is which else frozenset()
        case AllOf(parts) | AnyOf(parts):
            return frozenset[str]().union(*(asked(one, which) for one in parts))
        case Not():
            return frozenset()


def asks_for(audience: Audience, which: Field) -> bool:
    """Whether any condition is about this."""
    match audience:
        case Is(field_, _):
            return field_ is which
        case AllOf(parts) | AnyOf(parts):
            return any(asks_for(one, which) for one in parts)
        case Not(part):
            return asks_for(part, which)

"""Households as lines of JSON, and what may be said of each as lines of JSON: the form of `chungtay assess`."""

import difflib
import json
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from content.standards.rules import Assessment, Rules
from content.standards.schema import INCOME, Application, Area, Standard
from content.wording import Wording

_KEYS = frozenset({"id", "area", "income_per_person", "indicators"})
_AREAS = tuple(area.value for area in Area)
_SHOWN = 40  # characters of a wrong value


@dataclass(frozen=True, slots=True)
class Household:
    """What is known of a household; see `Rules.assess`."""

    id: str | int
    area: Area
    income: int | None
    lacks: Mapping[str, bool | None]


@dataclass(frozen=True, slots=True)
class Used:
    """A standard to assess by: its rules, or None where its indicators are not held, and why it is used."""

    standard: Standard
    rules: Rules | None
    application: Application | None  # None: it was asked for by name


def results(
    lines: Iterable[bytes], used: Sequence[Used], indicators: frozenset[str], notes: "Notes"
) -> Iterator[dict[str, object]]:
    """A result for each household and standard, or the error of a line; empty lines are passed over.

    `indicators` are the ids of all standards: a household may name those of another standard.
    """
    for number, line in enumerate(lines, 1):
        raw = line.removeprefix(BOM_UTF8) if number == 1 else line
        if not raw.strip():
            continue
        if number == 1 and raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            yield _error(None, "the file is UTF-16: save it as UTF-8")
            return
        try:
            data = _read(raw)
        except ValueError as error:
            yield _error(None, f"line {number}: {error}")
            continue
        try:
            household = _household(data, indicators)
        except ValueError as error:
            yield _error(data.get("id"), f"line {number}: {error}")
            continue
        yield from (_result(household, one, notes) for one in used)


class Notes:
    """The sentences beside a result, in one language."""

    def __init__(self, words: Wording) -> None:
        self._words = words
        self._kept: dict[tuple[str, tuple[str, ...]], list[str]] = {}

    def of(self, used: Used, result: Assessment) -> list[str]:
        """Why this standard, what is not certain, and who decides."""
        key = (used.standard.id, result.doubtful)
        if key not in self._kept:
            self._kept[key] = list(self._sentences(used, result))
        return self._kept[key]

    def _sentences(self, used: Used, result: Assessment) -> Iterator[str]:
        say, lang = self._words.text, self._words.lang
        why = used.application or used.standard
        note = used.application.note.get(lang) if used.application else used.standard.title.get(lang)
        yield say("assess.why", note=note, source=", ".join(filter(None, (why.article, why.document))))
        if result.doubtful:
            names = {item.id: item.name.get(lang) for item in used.standard.indicators}
            names[INCOME] = say("assess.income")
            yield say("assess.doubtful", names=", ".join(names[name] for name in result.doubtful))
        yield say("assess.points")
        yield say("assess.decides")


def _read(raw: bytes) -> dict[str, Any]:
    try:
        data = json.loads(raw.decode(), object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8, byte {error.start + 1}") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON: {error.msg}, column {error.colno}") from None
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    except ValueError as error:
        if "digits" not in str(error):
            raise
        raise ValueError("has a number with too many digits") from None
    if not isinstance(data, dict):
        raise ValueError("is not a JSON object")
    return data


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f'names "{next(key for key in keys if keys.count(key) > 1)}" twice')
    return found


def _household(data: Mapping[str, Any], indicators: frozenset[str]) -> Household:
    """Raises ValueError that says which key is wrong, and how."""
    for key in data.keys() - _KEYS:  # others may stand there, but none that is meant for one of ours
        if near := difflib.get_close_matches(key, _KEYS, n=1):
            raise ValueError(f'unknown key "{key}": did you mean "{near[0]}"?')
    for key in ("id", "area"):
        if key not in data:
            raise ValueError(f'has no "{key}"')
    name = data["id"]
    if not isinstance(name, str | int) or isinstance(name, bool) or name == "":
        raise ValueError('"id" is neither a text nor a whole number')
    area = data["area"]
    if area not in _AREAS:
        raise ValueError(f'"area" is {_shown(area)}: it must be one of {", ".join(_AREAS)}')
    return Household(
        name, Area(area), _income(data.get("income_per_person")), _lacks(data.get("indicators"), indicators)
    )


def _income(value: object) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(
            f'"income_per_person" is {_shown(value)}: it must be a whole number of đồng, 0 or more, or null'
        )
    return value


def _lacks(value: object, indicators: frozenset[str]) -> Mapping[str, bool | None]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ValueError(f'"indicators" is {_shown(value)}: it must be an object')
    for key, answer in value.items():
        if key not in indicators:
            near = difflib.get_close_matches(key, indicators, n=1)
            raise ValueError(f'no indicator "{key}"' + (f': did you mean "{near[0]}"?' if near else ""))
        if answer is not None and not isinstance(answer, bool):
            raise ValueError(f'"{key}" is {_shown(answer)}: it must be true, false or null')
    return value


def _result(household: Household, used: Used, notes: Notes) -> dict[str, object]:
    if used.rules is None:
        return _error(household.id, f"the indicators of {used.standard.id} are not held: it cannot be assessed by it")
    found = used.rules.assess(household.area, household.income, household.lacks)
    return {
        "id": household.id,
        "standard": used.standard.id,
        "possible": sorted(found.possible),
        "confidence": found.certainty,
        "deprived": found.deprived,
        "unknown": found.unknown,
        "settled_by": found.settled_by,
        "notes": notes.of(used, found),
    }


def _error(name: object, what: str) -> dict[str, object]:
    return {"id": name, "error": what}


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."

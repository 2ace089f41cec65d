"""What no file knows alone: that everything named exists, once, and that dates follow one another without a gap."""

import difflib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from content.cardtexts import card_faults, name_faults
from content.faults import Fault
from content.firms import firm_faults
from content.library import Folder, Library, Placed
from content.locality import Locality
from content.planfacts import PlanFacts
from content.plantexts import plan_faults
from content.record import Record, Text
from content.schema import Claim, Confidence, Figure, Topic, Unit
from content.selfcheck.faults import questionnaire_faults
from content.series.faults import series_faults
from content.standards.applying import standard_faults
from content.themes import theme_faults
from content.trades import trade_faults
from content.voice import TextKind
from content.yamlfile import Path


def reference_faults(library: Library) -> list[Fault]:
    """Every fault between files; each file is sound by itself."""
    faults: list[Fault] = []
    for folder in library.folders.values():
        faults.extend(_pack(folder, library))
        faults.extend(_repeated(folder.topics, "topic"))
        faults.extend(_figures(folder, library))
        faults.extend(series_faults(folder, library))
        faults.extend(theme_faults(folder, library))
        faults.extend(trade_faults(folder))
        faults.extend(_policies(folder, library))
        faults.extend(_repeated(folder.standards, "standard"))
        faults.extend(_repeated(folder.applications, "entry"))
        faults.extend(standard_faults(folder, library))
        faults.extend(questionnaire_faults(folder, library))
        held: list[Placed[Any]] = [*folder.standards, *folder.applications]
        for item in held:
            faults.extend(_checked(item, set(library.sources())))
        if folder.locality:
            faults.extend(_locality(folder.locality, library))
        if folder.plan:
            faults.extend(_plan(folder, folder.plan, library))
        faults.extend(_endings(folder, library))
    faults.extend(firm_faults(item for folder in library.folders.values() for item in folder.firms))
    faults.extend(_repeated([item for folder in library.folders.values() for item in folder.sources], "source"))
    faults.extend(_buttons(library))
    return faults


def _pack(folder: Folder, library: Library) -> Iterator[Fault]:
    if folder.pack is None:
        return
    pack = folder.pack.value
    if pack.id != folder.name:
        yield folder.pack.fault(("id",), f'"{pack.id}" is not the name of the folder', f'write "{folder.name}"')
    if pack.extends and pack.extends not in library.folders:
        yield folder.pack.fault(("extends",), f'no pack "{pack.extends}"', _one_of(library.folders))
    elif pack.extends and (library.chain(folder.name)[-1].pack or folder.pack).value.extends:
        yield folder.pack.fault(("extends",), "the packs extend one another in a circle", "let one extend nothing")
    for index, change in enumerate(pack.changelog):
        for name in change.localities:
            if name not in library.folders:
                yield folder.pack.fault(
                    ("changelog", index, "localities"), f'no locality "{name}"', _one_of(library.folders)
                )


def _endings(folder: Folder, library: Library) -> Iterator[Fault]:
    folders = library.folders.values()
    named = {basis.document for one in folders for item in one.policies for basis in item.value.legal_basis}
    named |= {value.document for one in folders for _, item in one.figures for value in item.value.values}
    for item in folder.endings:
        if item.value.document not in named:
            near = difflib.get_close_matches(item.value.document, named, n=1)
            mend = f'write "{near[0]}"' if near else "name it as the cards do"
            yield item.fault(("document",), f'no card and no figure rests on "{item.value.document}"', mend)


def _repeated(items: Iterable[Placed[Any]], kind: str) -> Iterator[Fault]:
    seen: dict[str, Placed[Any]] = {}
    for item in items:
        key = str(item.value.id)
        if key in seen:
            first = seen[key]
            yield item.fault(
                ("id",),
                f'{kind} "{key}" exists already, at {first.file.name}:{first.file.line(first.path)}',
                "give it another id or remove it",
            )
        seen.setdefault(key, item)


def _buttons(library: Library) -> Iterator[Fault]:
    topics = [item for folder in library.folders.values() for item in folder.topics]
    for lang in ("vi", "en"):
        seen: dict[str, str] = {}
        for item in topics:
            label = item.value.button.get(lang).casefold()
            if label in seen and seen[label] != item.value.id:
                what = f'the button of "{seen[label]}" says the same'
                yield item.fault(("button", lang), what, "let the two be told apart")
            seen.setdefault(label, item.value.id)
    yield from _addresses(topics)
    for item in topics:
        yield from name_faults(item, ("title",), item.value.title, TextKind.TITLE)
        yield from name_faults(item, ("button",), item.value.button, TextKind.BUTTON)


def _addresses(topics: Iterable[Placed[Topic]]) -> Iterator[Fault]:
    """An id is an address too: it leads to the page of its topic for ever."""
    ids = {item.value.id: item.value.id for item in topics}
    for item in topics:
        other = ids.setdefault(item.value.address, item.value.id)
        if other != item.value.id:
            yield item.fault(("slug",), f'the page of "{other}" has this address', "give it one of its own")


def _sources(item: Placed[Any], path: Path, names: Iterable[str], known: set[str]) -> Iterator[Fault]:
    for index, name in enumerate(names):
        if name not in known:
            yield item.fault((*path, "sources", index), f'no source "{name}"', "add it to a sources.yaml")


def _claim(item: Placed[Any], path: Path, confidence: Confidence | None, sources: tuple[str, ...]) -> Iterator[Fault]:
    if confidence in {Confidence.QUOTED, Confidence.CROSS_CHECKED} and not sources:
        yield item.fault(
            (*path, "confidence"), f'"{confidence}" without a source', 'name the sources, or write "recalled"'
        )


def _checked(item: Placed[Any], known: set[str]) -> Iterator[Fault]:
    """The confidence and the sources of a record and of what stands in it."""
    for path, claim in _claims(item.value):
        yield from _sources(item, path, claim.sources, known)
        yield from _claim(item, path, claim.confidence, claim.sources)


def _claims(record: Record, path: Path = ()) -> Iterator[tuple[Path, Claim]]:
    if isinstance(record, Claim):
        yield path, record
    for name in type(record).model_fields:
        held = getattr(record, name)
        inner = enumerate(held) if isinstance(held, tuple) else ()
        for index, one in ((None, held), *inner):
            if isinstance(one, Record):
                yield from _claims(one, (*path, name) if index is None else (*path, name, index))


def _figures(folder: Folder, library: Library) -> Iterator[Fault]:
    topics, known, figures = library.topics(), set(library.sources()), library.figures(folder.name)
    by_topic: dict[str, list[Placed[Figure]]] = {}
    for topic, item in folder.figures:
        by_topic.setdefault(topic, []).append(item)
    for topic, items in by_topic.items():
        if topic not in topics:
            yield items[0].file.fault((), f'no topic "{topic}"', "name the file after a topic of topics.yaml")
        yield from _repeated(items, "figure")
        for item in items:
            yield from _dates(item)
            for index, value in enumerate(item.value.values):
                here: Path = ("values", index)
                if not _fits(value.value, item.value.unit):
                    what = f"{value.value!r} is no {item.value.unit}"
                    yield item.fault((*here, "value"), what, "write it in the form of its unit")
                yield from _sources(item, here, value.sources, known)
                yield from _claim(item, here, value.confidence, value.sources)
                if (value.confidence is Confidence.COMPUTED) is not bool(value.from_figures):
                    mend = "name with from_figures what it was computed from, and only with confidence: computed"
                    yield item.fault((*here, "confidence"), "a computed value and its figures belong together", mend)
                for number, name in enumerate(value.from_figures):
                    head, _, rest = name.partition(".")
                    if (topic, name) not in figures and (head, rest) not in figures:
                        yield item.fault((*here, "from_figures", number), f'no figure "{name}"', "name one that exists")


def _dates(item: Placed[Figure]) -> Iterator[Fault]:
    order = sorted(enumerate(item.value.values), key=lambda pair: pair[1].from_)
    for (_, earlier), (index, later) in pairwise(order):
        here: Path = ("values", index, "from")
        if not later.from_known:
            what = "the first day of a value that follows another one must be known"
            yield item.fault(("values", index, "from_known"), what, "look the day up; the value before ends on its eve")
        if earlier.to is None or later.from_ <= earlier.to:
            last = earlier.to.isoformat() if earlier.to else "no end"
            what = f"two values hold on {later.from_.isoformat()}: the one before runs to {last}"
            yield item.fault(here, what, "end the earlier value on the day before")
        elif later.from_ > earlier.to + timedelta(days=1):
            what = f"no value holds from {(earlier.to + timedelta(days=1)).isoformat()} to the day before this one"
            yield item.fault(here, what, "close the gap, or make two figures of it")


def _fits(value: Decimal | date | Text | str, unit: Unit) -> bool:
    if unit is Unit.TEXT:
        return isinstance(value, Text)
    if unit is Unit.DATE:
        return isinstance(value, date)
    if unit is Unit.PHONE:
        return isinstance(value, str) and value.isdigit() and 3 <= len(value) <= 11
    if unit is Unit.DAY_MONTH:
        return isinstance(value, str) and _is_day_month(value)
    return isinstance(value, Decimal) and value >= 0


def _is_day_month(value: str) -> bool:
    try:
        date.fromisoformat(f"2024-{value}")
    except ValueError:
        return False
    return True


def _policies(folder: Folder, library: Library) -> Iterator[Fault]:
    topics, known, figures = library.topics(), set(library.sources()), library.figures(folder.name)
    for item in folder.policies:
        policy = item.value
        if policy.topic not in topics:
            yield item.fault(("topic",), f'no topic "{policy.topic}"', "use an id of topics.yaml")
        if item.file.name.rpartition("/")[2] != f"{policy.topic}.yaml":
            yield item.fault(("topic",), "is not the name of the file", f'name the file "{policy.topic}.yaml"')
        if policy.valid_to is not None and policy.valid_to < policy.valid_from:
            yield item.fault(("valid_to",), "lies before valid_from", "mend one of the two days")
        for index, name in enumerate(policy.next):
            if name not in topics or name == policy.topic:
                yield item.fault(("next", index), f'no other topic "{name}"', "use an id of topics.yaml")
        for index, basis in enumerate(policy.legal_basis):
            here: Path = ("legal_basis", index)
            yield from _sources(item, here, basis.sources, known)
            yield from _claim(item, here, basis.confidence, basis.sources)
            if basis.to is not None and basis.to < basis.from_:
                yield item.fault((*here, "to"), "lies before 'from'", "mend one of the two days")
        claims: list[tuple[Path, Confidence | None, tuple[str, ...]]] = [
            *((path, line.confidence, line.sources) for path, line in policy.passages()),
        ]
        for path, confidence, sources in claims:
            yield from _sources(item, path, sources, known)
            yield from _claim(item, path, confidence, sources)
        yield from card_faults(item, topics, figures)


def _locality(item: Placed[Locality], library: Library) -> Iterator[Fault]:
    place, topics = item.value, library.topics()
    if not f"/{item.file.name}".endswith(f"/{place.id}/locality.yaml"):
        yield item.fault(("id",), f'"{place.id}" is not the name of the folder', "write the folder's name")
    if place.plan.source not in library.sources():
        yield item.fault(("plan", "source"), f'no source "{place.plan.source}"', "add it to a sources.yaml")
    if place.plan.period_to < place.plan.period_from:
        yield item.fault(("plan", "period_to"), "lies before period_from", "mend one of the two years")
    offices = {office.id for office in place.offices}
    yield from _repeated([Placed(one, item.file, ("offices", n)) for n, one in enumerate(place.offices)], "office")
    for index, office in enumerate(place.offices):
        yield from name_faults(item, ("offices", index, "name"), office.name, TextKind.TITLE)
        for number, duty in enumerate(office.duties):
            for nth, name in enumerate(duty.also):
                if name not in offices or name == office.id:
                    path: Path = ("offices", index, "duties", number, "also", nth)
                    yield item.fault(path, f'no other office "{name}"', _one_of(offices - {office.id}))
    for index, handles in enumerate(place.who):
        for key, names in (("lead", handles.lead), ("also", handles.also)):
            for number, name in enumerate(names):
                if name not in offices:
                    yield item.fault(("who", index, key, number), f'no office "{name}"', _one_of(offices))
    named: list[tuple[str, Path]] = [
        *((one.topic, ("who", n, "topic")) for n, one in enumerate(place.who)),
        *((one.topic, ("named_no_office", n, "topic")) for n, one in enumerate(place.named_no_office)),
        *((name, ("not_named", n)) for n, name in enumerate(place.not_named)),
    ]
    yield from _each_once(item, named, set(topics))


def _plan(folder: Folder, plan: Placed[PlanFacts], library: Library) -> Iterator[Fault]:
    if folder.locality is None:
        yield plan.fault((), "is the plan of no locality", "put a locality.yaml beside it")
        return
    yield from plan_faults(plan, folder.locality.value, library.topics())


def _each_once(item: Placed[Locality], named: list[tuple[str, Path]], topics: set[str]) -> Iterator[Fault]:
    """A plan says one thing about a topic: an office, no office, or nothing."""
    seen: set[str] = set()
    for topic, path in named:
        if topic not in topics:
            yield item.fault(path, f'no topic "{topic}"', "use an id of topics.yaml")
        if topic in seen:
            yield item.fault(path, f'the plan already says who handles "{topic}"', "keep one of the two")
        seen.add(topic)
    for topic in sorted(topics - seen):
        mend = "put it into who, named_no_office or not_named"
        yield item.fault((), f'nothing is said about who handles "{topic}"', mend)


def _one_of(names: Iterable[str]) -> str:
    return "use one of " + ", ".join(sorted(names))

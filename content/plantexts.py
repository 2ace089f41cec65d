"""What is wrong in the file of a local plan: ids, offices and topics that do not exist, and the rules of its texts."""

import re
from collections.abc import Collection, Iterator

from content.cardtexts import name_faults
from content.faults import Fault
from content.library import Placed
from content.locality import Locality
from content.placeholders import PLACE
from content.planfacts import LISTS, Fact, PlanFacts, PovertyFigure, Project, Target
from content.record import Text
from content.schema import Unit
from content.voice import DOCUMENT, TextKind, check_text
from content.yamlfile import Path

# A year, the plan's own numbering, and the names of documents may stand in a text as they are.
_NAMED_DIGITS = re.compile(DOCUMENT + r"|\b20\d\d\b|(?:[Dd]ự án|[Pp]roject) \d+")
_NUMBER_UNITS = frozenset(Unit) - {Unit.TEXT, Unit.DATE, Unit.PHONE, Unit.DAY_MONTH}
WORK_LIMIT = 8  # things a project does, a few words each


def plan_faults(item: Placed[PlanFacts], place: Locality, topics: Collection[str]) -> Iterator[Fault]:
    """Every fault of one plan."""
    offices = {office.id for office in place.offices}
    seen: set[str] = set()
    for path, fact in facts_of(item.value):
        if fact.id in seen:
            yield item.fault((*path, "id"), f'"{fact.id}" exists already', "give it another id")
        seen.add(fact.id)
        yield from _topics(item, path, fact.topics, topics)
        yield from _fact(item, path, fact)
        yield from _goals(item, path, fact)
    for index, project in enumerate(item.value.projects):
        here: Path = ("projects", index)
        if project.id in seen:
            yield item.fault((*here, "id"), f'"{project.id}" exists already', "give it another id")
        seen.add(project.id)
        yield from _topics(item, here, project.topics, topics)
        yield from _project(item, here, project, offices)
    for number, name in enumerate(item.value.month.owner):
        if name not in offices:
            yield item.fault(("month", "owner", number), f'no office "{name}"', "use an id of locality.yaml")


def facts_of(plan: PlanFacts) -> list[tuple[Path, Fact]]:
    """Every fact of a plan with the key it stands under, projects and documents left out."""
    lists: tuple[str, ...] = ("poverty", "targets", *LISTS)
    return [((name, index), fact) for name in lists for index, fact in enumerate(getattr(plan, name))]


def _topics(item: Placed[PlanFacts], path: Path, names: Collection[str], topics: Collection[str]) -> Iterator[Fault]:
    for number, name in enumerate(names):
        if name not in topics:
            yield item.fault((*path, "topics", number), f'no topic "{name}"', "use an id of topics.yaml")


def _fact(item: Placed[PlanFacts], path: Path, fact: Fact) -> Iterator[Fault]:
    for name, number in fact.numbers.items():
        if number.unit not in _NUMBER_UNITS:
            yield item.fault((*path, "numbers", name), f'a number cannot be a "{number.unit}"', "choose another unit")
    for lang in ("vi", "en"):
        used = set(PLACE.findall(fact.text.get(lang)))
        for name in sorted(used ^ set(fact.numbers)):
            what = f'"{name}" is not both in numbers and in the text'
            yield item.fault((*path, "text", lang), what, "write {number-id} in the text once for each number")
    yield from _text(item, (*path, "text"), fact.text)


def _goals(item: Placed[PlanFacts], path: Path, fact: Fact) -> Iterator[Fault]:
    if not isinstance(fact, PovertyFigure | Target):
        return
    for name in fact.goals:
        if name not in fact.numbers:
            yield item.fault((*path, "goals", name), f'no number "{name}"', "use an id of its numbers")
        elif isinstance(fact, PovertyFigure) and fact.kind == "actual":
            yield item.fault((*path, "goals", name), "is no goal", 'only kind "target" has any')


def _text(item: Placed[PlanFacts], path: Path, text: Text) -> Iterator[Fault]:
    for lang in ("vi", "en"):
        written = text.get(lang)
        for rule, what in check_text(written, TextKind.DETAIL, lang):
            yield item.fault((*path, lang), f"{rule}: {what}", "mend the wording")
        for digits in re.findall(r"\d+", _NAMED_DIGITS.sub("", PLACE.sub("", written))):
            yield item.fault(
                (*path, lang), f'the digits "{digits}" stand in the text', "make a number of it and write {its-id}"
            )


def _project(item: Placed[PlanFacts], path: Path, project: Project, offices: Collection[str]) -> Iterator[Fault]:
    for key, names in (("lead", project.lead), ("also", project.also)):
        for number, name in enumerate(names):
            if name not in offices:
                yield item.fault((*path, key, number), f'no office "{name}"', "use an id of locality.yaml")
    if (project.lead_basis == "none") is bool(project.lead):
        yield item.fault((*path, "lead_basis"), 'does not fit "lead"', '"none" where no office leads, and only there')
    yield from name_faults(item, (*path, "name"), project.name, TextKind.TITLE)
    if project.for_whom is not None:
        yield from _text(item, (*path, "for_whom"), project.for_whom)
    if len(project.work) > WORK_LIMIT:
        yield item.fault((*path, "work"), f"more than {WORK_LIMIT} things", "put together what belongs together")
    for number, work in enumerate(project.work):
        yield from _text(item, (*path, "work", number), work)
    for key, money in project.money.items():
        if money.unit is not Unit.VND:
            yield item.fault((*path, "money", key), "money is in đồng", "write it in full with unit vnd")

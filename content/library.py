"""What the folders of packs hold once read: records that still know where in which file they stand."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from content.faults import Fault
from content.firms import Firm
from content.locality import Locality
from content.planfacts import PlanFacts
from content.schema import Ending, Figure, OccupationGroup, Pack, Policy, Source, Theme, Topic
from content.selfcheck.schema import Questionnaire
from content.series.schema import Holiday, OwnLine, Series
from content.standards.schema import Application, Standard
from content.yamlfile import Path, YamlFile

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A record with its place, so that a fault found later can point to it."""

    value: T
    file: YamlFile
    path: Path = ()

    def fault(self, path: Path, what: str, mend: str) -> Fault:
        """A fault at a key of this record."""
        return self.file.fault((*self.path, *path), what, mend)


@dataclass(slots=True)
class Folder:
    """One pack as its folder holds it. Lists keep repeated ids, so that they can be reported."""

    name: str
    pack: Placed[Pack] | None = None
    sources: list[Placed[Source]] = field(default_factory=list)
    topics: list[Placed[Topic]] = field(default_factory=list)
    themes: list[Placed[Theme]] = field(default_factory=list)
    figures: list[tuple[str, Placed[Figure]]] = field(default_factory=list)  # with the topic of their file
    policies: list[Placed[Policy]] = field(default_factory=list)
    locality: Placed[Locality] | None = None
    plan: Placed[PlanFacts] | None = None
    endings: list[Placed[Ending]] = field(default_factory=list)
    standards: list[Placed[Standard]] = field(default_factory=list)
    applications: list[Placed[Application]] = field(default_factory=list)
    questionnaire: Placed[Questionnaire] | None = None
    series: list[Placed[Series]] = field(default_factory=list)
    own_lines: list[Placed[OwnLine]] = field(default_factory=list)
    holidays: list[Placed[Holiday]] = field(default_factory=list)
    firms: list[Placed[Firm]] = field(default_factory=list)
    occupations: list[Placed[OccupationGroup]] = field(default_factory=list)


@dataclass(slots=True)
class Library:
    """All packs, and what was wrong in reading them."""

    folders: dict[str, Folder] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def chain(self, name: str) -> list[Folder]:
        """A pack and those it extends, the nearest first; a circle ends where it closes."""
        found: list[Folder] = []
        while name in self.folders and self.folders[name] not in found:
            found.append(self.folders[name])
            pack = found[-1].pack
            name = (pack.value.extends or "") if pack else ""
        return found

    def sources(self) -> dict[str, Source]:
        """All sources: their ids are the same everywhere."""
        return {item.value.id: item.value for folder in self.folders.values() for item in folder.sources}

    def topics(self) -> dict[str, Topic]:
        """All topics in the order of the file that lists them."""
        return {item.value.id: item.value for folder in self.folders.values() for item in folder.topics}

    def themes(self) -> dict[str, Theme]:
        """What people choose of the notices, in the order of the file."""
        return {item.value.id: item.value for folder in self.folders.values() for item in folder.themes}

    def occupations(self) -> tuple[OccupationGroup, ...]:
        """The trades in which work is offered and looked for, in the order of the file."""
        return tuple(item.value for folder in self.folders.values() for item in folder.occupations)

    def figures(self, name: str) -> dict[tuple[str, str], Figure]:
        """The figures that hold in a pack, by topic and id."""
        placed = ((key, item) for folder in reversed(self.chain(name)) for key, item in folder.figures)
        return {(topic, item.value.id): item.value for topic, item in placed}

    def policies(self, name: str) -> dict[str, Policy]:
        """The cards that hold in a pack, by topic."""
        return {item.value.topic: item.value for folder in reversed(self.chain(name)) for item in folder.policies}

    def standards(self, name: str) -> dict[str, Standard]:
        """The poverty standards that hold in a pack, by id: the nearest pack's own before those it extends."""
        return {item.value.id: item.value for folder in reversed(self.chain(name)) for item in folder.standards}

    def applications(self, name: str) -> tuple[Application, ...]:
        """When which standard is used in a pack: its own list, or else that of the pack it extends."""
        lists = (tuple(item.value for item in folder.applications) for folder in self.chain(name))
        return next(filter(None, lists), ())

    def localities(self) -> Iterator[Placed[Locality]]:
        """All localities."""
        return (folder.locality for folder in self.folders.values() if folder.locality)

    def questionnaire(self, name: str) -> Questionnaire | None:
        """The questions of the self-check that hold in a pack: its own, or those of the pack it extends."""
        return next((folder.questionnaire.value for folder in self.chain(name) if folder.questionnaire), None)

    def series(self, name: str) -> dict[str, Series]:
        """The ready-made posts that hold in a pack, by id: the nearest pack's own before those it extends."""
        return {item.value.id: item.value for folder in reversed(self.chain(name)) for item in folder.series}

    def holidays(self, name: str) -> tuple[Holiday, ...]:
        """The public holidays that hold in a pack, the nearest pack's first where several have one id."""
        found = {item.value.id: item.value for folder in reversed(self.chain(name)) for item in folder.holidays}
        return tuple(found.values())

"""What is wrong with a pack, told so that whoever wrote it can mend it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Fault:
    """One thing to mend, with its place."""

    file: str  # relative to the folder of packs
    line: int  # from 1
    field: str  # "values[0].from"; empty for the whole file
    what: str
    mend: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: {self.field}: " if self.field else f"{self.file}:{self.line}: "
        return f"{place}{self.what} -- {self.mend}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that checking the packs found."""

    faults: tuple[Fault, ...] = ()  # nothing is told while there is one
    warnings: tuple[Fault, ...] = ()  # to be looked at: told, but perhaps not as wished
    fill_in: tuple[str, ...] = field(default=())  # what a ward should still enter, in Vietnamese

    @property
    def ok(self) -> bool:
        """Whether the packs may be used."""
        return not self.faults


def field_name(path: tuple[str | int, ...]) -> str:
    """A path into a file as people write it.

    >>> field_name(("values", 0, "from"))
    'values[0].from'
    """
    name = ""
    for step in path:
        name += f"[{step}]" if isinstance(step, int) else f".{step}" if name else step
    return name

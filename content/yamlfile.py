"""Read one YAML file into plain values, keeping the line of every key.

Only what packs need is understood: mappings, lists, strings, numbers, dates, true, false and null. Anchors, tags
and repeated keys are faults, since each of them lets a file say something else than it seems to.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path as PathOfFile
from typing import Any

import yaml

from content.faults import Fault, field_name
from core.errors import ContentError

Path = tuple[str | int, ...]
_OURS = PathOfFile(__file__).parent  # what lies elsewhere is told with its whole path

# The C parser is six times faster; where PyYAML was built without it, the slow one gives the same.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PREFIX = "tag:yaml.org,2002:"
_DEEPEST = 20
_NOTHING: tuple[re.Pattern[str], Callable[[str], Any]] = (re.compile(r"(?!)"), str)
_SCALARS: dict[str, tuple[re.Pattern[str], Callable[[str], Any]]] = {
    "bool": (re.compile("true|false"), "true".__eq__),
    "int": (re.compile(r"-?(0|[1-9]\d*)"), int),
    "float": (re.compile(r"-?\d+\.\d+"), float),
    "timestamp": (re.compile(r"\d{4}-\d{2}-\d{2}"), date.fromisoformat),
}


@dataclass(slots=True)
class YamlFile:
    """The content of a file, where each of its keys stands, and what is wrong with it."""

    name: str  # relative to the folder of packs
    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """The line of a key, or of the nearest one around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: Path, what: str, mend: str) -> Fault:
        """A fault at a key of this file."""
        return Fault(file=self.name, line=self.line(path), field=field_name(path), what=what, mend=mend)


def read_yaml(name: str, raw: bytes) -> YamlFile:
    """Parse a file's bytes. Never raises for its content: what is wrong stands in `faults`."""
    file = YamlFile(name)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        file.faults.append(_at(file, line, "is not UTF-8", "save the file as UTF-8"))
        return file
    file.faults.extend(_foreign_letters(file, text))
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        file.faults.append(_at(file, line, f"broken YAML: {error.problem}", "mend indentation, quotes or colons"))
        return file
    except yaml.YAMLError as error:
        file.faults.append(_at(file, 1, f"broken YAML: {error}", "remove characters that cannot be seen"))
        return file
    if node is not None:
        file.data = _Reader(file).value(node, ())
    if file.data is None and not file.faults:
        file.faults.append(_at(file, 1, "is empty", "write its keys or remove the file"))
    return file


class FaultError(ContentError):
    """A file cannot be used because of a fault in it."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        place = f"{fault.file}:{fault.line}" + (f": {fault.field}" if fault.field else "")
        super().__init__(fault.what, where=place, mend=fault.mend)


def read_path(path: PathOfFile) -> YamlFile:
    """Read a file of a pack by itself. Raises FaultError with the place of the first fault."""
    name = "/".join(path.parts[-3:]) if path.is_relative_to(_OURS) else str(path)
    try:
        file = read_yaml(name, path.read_bytes())
    except OSError as error:
        what, mend = f"cannot be read: {error.strerror}", "mend its rights"
        raise FaultError(Fault(file=name, line=1, field="", what=what, mend=mend)) from error
    if file.faults:
        raise FaultError(file.faults[0])
    return file


def error_in(file: YamlFile, path: Path, what: str, mend: str) -> FaultError:
    """What is wrong at a key of a file, to be raised."""
    return FaultError(file.fault(path, what, mend))


def _at(file: YamlFile, line: int, what: str, mend: str) -> Fault:
    return Fault(file=file.name, line=line, field="", what=what, mend=mend)


def _foreign_letters(file: YamlFile, text: str) -> Iterator[Fault]:
    if unicodedata.is_normalized("NFC", text):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if not unicodedata.is_normalized("NFC", line):
            yield _at(file, number, "letters with loose accents (not NFC)", "type the words again, or convert to NFC")


class _Reader:
    """Turns parsed nodes into values; what it cannot accept becomes a fault of the file."""

    def __init__(self, file: YamlFile) -> None:
        self._file = file
        self._seen: set[int] = set()

    def value(self, node: Any, path: Path) -> Any:
        """The value of a node, with the lines of its keys noted."""
        self._file.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        if id(node) in self._seen or len(path) > _DEEPEST:
            self._fault(path, "anchors and deep nesting are not allowed", "write the value out")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else str(key_node.tag)
            here = (*path, key)
            line = key_node.start_mark.line + 1
            if key in result:
                first = self._file.lines[here]
                self._file.lines[here] = line
                self._fault(here, f'key "{key}" stands here twice, first on line {first}', "keep one of them")
            self._file.lines[here] = line
            result[key] = self.value(value_node, here)
        return result

    def _scalar(self, node: yaml.ScalarNode, path: Path) -> Any:
        kind, text = node.tag.removeprefix(_PREFIX), node.value
        if kind == "str":
            return text
        if kind == "null":
            return None
        pattern, read = _SCALARS.get(kind, _NOTHING)
        if pattern.fullmatch(text):
            try:
                return read(text)
            except ValueError:
                self._fault(path, f'"{text}" is no day of the calendar', "write an existing day, as 2026-11-20")
                return None
        self._fault(path, f'"{text}" can be read in two ways', "put it in quotes, or write true, 12, 1.5, 2026-11-20")
        return None

    def _fault(self, path: Path, what: str, mend: str) -> None:
        self._file.faults.append(self._file.fault(path, what, mend))

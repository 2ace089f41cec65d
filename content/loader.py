"""Read the folder of packs: every fault is found at once, and a broken pack is never told, not even in part."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from content import firms, locality, planfacts, schema
from content.endings import ended
from content.faults import Fault, Report
from content.library import Folder, Library, Placed
from content.selfcheck import schema as selfcheck
from content.series import schema as series
from content.standards import schema as standards
from content.yamlfile import Path as KeyPath
from content.yamlfile import YamlFile, read_yaml
from core.errors import ContentError

if TYPE_CHECKING:
    from content.catalogue import Catalogue

PACKS_DIR = Path(__file__).parent / "packs"
_ELSEWHERE = frozenset({"utterances", "lexicon"})  # folders of a pack that other code reads
_NAMES = (
    "pack",
    "sources",
    "topics",
    "themes",
    "locality",
    "plan",
    "documents",
    "series",
    "holidays",
    "licensed-firms",
    "occupations",
)
_FILES = frozenset(f"{name}.yaml" for name in _NAMES)
_PLACES = ("figures", "policies", "series", "standards")
_QUESTIONS = ("selfcheck", "questions.yaml")
_APPLIES = "applies.yaml"
_TOLD_FAULTS = 5

M = TypeVar("M", bound=BaseModel)


def load_catalogue(*folders: Path) -> "Catalogue":
    """All packs, ready to answer from. Raises ContentError with the first faults when there is any.

    Without folders those of the program. A file of a later folder takes the place of the same file of an earlier one.
    """
    from content.catalogue import Catalogue
    from content.references import reference_faults

    library = read_library(*folders)
    faults = sorted(library.faults) or sorted(reference_faults(library))
    if faults:
        told = "; ".join(str(fault) for fault in faults[:_TOLD_FAULTS])
        more = f" (and {len(faults) - _TOLD_FAULTS} more)" if len(faults) > _TOLD_FAULTS else ""
        raise ContentError(
            f"{len(faults)} faults: {told}{more}",
            where=", ".join(map(str, folders)) or "content packs",
            mend="chungtay content check lists them all",
        )
    return Catalogue(library)


def check_packs(on: date, *folders: Path) -> Report:
    """All faults, warnings and empty fields of the packs, judged for a day. Raises nothing for their content."""
    from content.review import review
    from content.understanding.corpus import corpus_faults, utterance_files
    from content.understanding.lexicon import lexicon_faults, lexicon_files

    library, read = read_library(*folders), folders or (PACKS_DIR,)
    learnt = [*corpus_faults(utterance_files(read), library.topics()), *lexicon_faults(lexicon_files(read))]
    report = review(library, on)
    return replace(report, faults=tuple(sorted({*report.faults, *learnt})))


def read_library(*folders: Path) -> Library:
    """Read every file of every pack, checking each by itself; then end what `documents.yaml` says has ended."""
    library = Library()
    files: dict[str, dict[Path, tuple[str, Path]]] = {}
    for number, root in enumerate(folders or (PACKS_DIR,)):
        for pack in _packs(root):
            # What lies over ours is named with its folder, so that a fault shows which of the two is meant.
            shown = f"{root.name}/{pack.name}" if number else pack.name
            files.setdefault(pack.name, {}).update(_files(pack, shown))
    if not files:
        where = str(folders[0]) if folders else str(PACKS_DIR)
        raise ContentError("holds no pack", where=where, mend="name the folder that holds the packs")
    for name, held in sorted(files.items()):
        library.folders[name] = _read_folder(name, held, library.faults)
    return ended(library)


def _packs(root: Path) -> list[Path]:
    if not root.is_dir():
        raise ContentError("no such folder", where=str(root), mend="name the folder that holds the packs")
    return sorted(path for path in root.iterdir() if path.is_dir() and path.name[0] not in "._")


def _files(pack: Path, shown: str) -> Iterator[tuple[Path, tuple[str, Path]]]:
    for path in sorted(pack.rglob("*")):
        inside = path.relative_to(pack)
        if not (path.is_dir() or inside.parts[0] in _ELSEWHERE or path.name.startswith(".")):
            yield inside, (f"{shown}/{inside.as_posix()}", path)


def _read_folder(pack: str, files: Mapping[Path, tuple[str, Path]], faults: list[Fault]) -> Folder:
    result = Folder(pack)
    for inside, (name, path) in sorted(files.items()):
        if not _is_known(inside):
            known = f"{', '.join(_NAMES)} (.yaml), and the folders {', '.join(_PLACES)}"
            mend = f"a pack has {known}, and {'/'.join(_QUESTIONS)}"
            faults.append(Fault(file=name, line=1, field="", what="is no file of a pack", mend=mend))
            continue
        try:
            raw = path.read_bytes()
        except OSError as error:
            what = f"cannot be read: {error.strerror}"
            faults.append(Fault(file=name, line=1, field="", what=what, mend="mend its rights"))
            continue
        file = read_yaml(name, raw)
        faults.extend(file.faults)
        if file.data is not None:
            _take(result, file, inside, faults)
    if result.pack is None and not any(fault.file.endswith(f"{pack}/pack.yaml") for fault in faults):
        what = "is missing"
        faults.append(Fault(file=f"{pack}/pack.yaml", line=1, field="", what=what, mend="every pack needs one"))
    return result


def _is_known(inside: Path) -> bool:
    if len(inside.parts) == 1:
        return inside.name in _FILES
    if inside.parts == _QUESTIONS:
        return True
    return len(inside.parts) == 2 and inside.parts[0] in _PLACES and inside.suffix == ".yaml"


def _take(result: Folder, file: YamlFile, inside: Path, faults: list[Fault]) -> None:
    """Check a file by its model and put its records into the folder."""
    match inside.parts:
        case ("pack.yaml",):
            result.pack = next(_records(schema.Pack, file, faults), None)
        case ("locality.yaml",):
            result.locality = next(_records(locality.Locality, file, faults), None)
        case ("plan.yaml",):
            result.plan = next(_records(planfacts.PlanFacts, file, faults), None)
        case ("figures", _):
            result.figures.extend((inside.stem, item) for item in _list(schema.Figure, file, faults))
        case ("policies", _):
            result.policies.extend(_records(schema.Policy, file, faults))
        case ("series", _):
            result.series.extend(_records(series.Series, file, faults))
        case ("standards", name) if name != _APPLIES:
            result.standards.extend(_records(standards.Standard, file, faults))
        case ("selfcheck", _):
            result.questionnaire = next(_records(selfcheck.Questionnaire, file, faults), None)
        case _:
            _take_list(result, file, inside.name, faults)


def _take_list(result: Folder, file: YamlFile, name: str, faults: list[Fault]) -> None:
    """The files that hold one list each."""
    match name:
        case "documents.yaml":
            result.endings.extend(_list(schema.Ending, file, faults))
        case "sources.yaml":
            result.sources.extend(_list(schema.Source, file, faults))
        case "topics.yaml":
            result.topics.extend(_list(schema.Topic, file, faults))
        case "themes.yaml":
            result.themes.extend(_list(schema.Theme, file, faults))
        case "series.yaml":
            result.own_lines.extend(_list(series.OwnLine, file, faults))
        case "licensed-firms.yaml":
            result.firms.extend(_list(firms.Firm, file, faults))
        case "occupations.yaml":
            result.occupations.extend(_list(schema.OccupationGroup, file, faults))
        case "holidays.yaml":
            result.holidays.extend(_list(series.Holiday, file, faults))
        case _:
            result.applications.extend(_list(standards.Application, file, faults))


def _list(model: type[M], file: YamlFile, faults: list[Fault]) -> Iterator[Placed[M]]:
    if not isinstance(file.data, list):
        faults.append(file.fault((), "must be a list", 'begin each entry with "- "'))
        return
    for index in range(len(file.data)):
        yield from _records(model, file, faults, (index,))


def _records(model: type[M], file: YamlFile, faults: list[Fault], path: KeyPath = ()) -> Iterator[Placed[M]]:
    data = file.data
    for step in path:
        data = data[step]
    try:
        yield Placed(model.model_validate(data), file, path)
    except ValidationError as error:
        faults.extend(_fault(file, path, found) for found in error.errors(include_url=False))


def _fault(file: YamlFile, path: KeyPath, error: Mapping[str, Any]) -> Fault:
    """One complaint of pydantic in our words."""
    here = (*path, *error["loc"])
    last = str(here[-1]) if here else ""
    context = error.get("ctx", {})
    what, mend = str(error["msg"]).lower(), f"not {error['input']!r:.60}"
    match error["type"]:
        case "extra_forbidden":
            near = difflib.get_close_matches(last, _known_keys(), n=1)
            what, mend = f'unknown key "{last}"', f'write "{near[0]}"' if near else "remove it"
        case "missing" if last in {"vi", "en"}:
            what, mend = f'missing translation "{last}"', "write the text in this language too"
        case "missing":
            what, mend = f'missing key "{last}"', "add it"
        case "enum" | "literal_error":
            what, mend = f'unknown value "{error["input"]}"', f"use {context['expected']}"
        case "string_pattern_mismatch":
            what, mend = f'"{error["input"]}" has the wrong form', f"it must match {context['pattern']}"
        case "value_error":
            what, mend = str(context["error"]), "mend the value"
    return file.fault(here, what, mend)


@cache
def _known_keys() -> tuple[str, ...]:
    models = (
        item
        for item in (
            *vars(schema).values(),
            *vars(locality).values(),
            *vars(firms).values(),
            *vars(planfacts).values(),
            *vars(standards).values(),
            *vars(selfcheck).values(),
            *vars(series).values(),
        )
        if isinstance(item, type) and issubclass(item, BaseModel)
    )
    return tuple({field.alias or name for model in models for name, field in model.model_fields.items()})

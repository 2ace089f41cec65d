"""Read the folder of packs: every fault is found at once, and a broken pack is never told, not even in part."""

import difflib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from content import locality, schema
from content.faults import Fault, Report
from content.library import Folder, Library, Placed
from content.yamlfile import Path as KeyPath
from content.yamlfile import YamlFile, read_yaml
from core.errors import ContentError

if TYPE_CHECKING:
    from content.catalogue import Catalogue

PACKS_DIR = Path(__file__).parent / "packs"
_ELSEWHERE = frozenset({"utterances"})  # folders of a pack that other code reads
_TOLD_FAULTS = 5

M = TypeVar("M", bound=BaseModel)


def load_catalogue(packs_dir: Path | None = None) -> "Catalogue":
    """All packs, ready to answer from. Raises ContentError with the first faults when there is any."""
    from content.catalogue import Catalogue
    from content.references import reference_faults

    library = read_library(packs_dir or PACKS_DIR)
    faults = sorted(library.faults) or sorted(reference_faults(library))
    if faults:
        told = "; ".join(str(fault) for fault in faults[:_TOLD_FAULTS])
        more = f" (and {len(faults) - _TOLD_FAULTS} more)" if len(faults) > _TOLD_FAULTS else ""
        raise ContentError(
            f"{len(faults)} faults: {told}{more}",
            where=str(packs_dir or "content packs"),
            mend="chungtay content check lists them all",
        )
    return Catalogue(library)


def check_packs(packs_dir: Path | None, on: date) -> Report:
    """All faults, warnings and empty fields of the packs, judged for a day. Raises nothing for their content."""
    from content.review import review

    return review(read_library(packs_dir or PACKS_DIR), on)


def read_library(packs_dir: Path) -> Library:
    """Read every file of every pack, checking each by itself."""
    library = Library()
    if not packs_dir.is_dir():
        raise ContentError("no such folder", where=str(packs_dir), mend="name the folder that holds the packs")
    for folder in sorted(path for path in packs_dir.iterdir() if path.is_dir() and path.name[0] not in "._"):
        library.folders[folder.name] = _read_folder(folder, library.faults)
    if not library.folders:
        raise ContentError("holds no pack", where=str(packs_dir), mend="name the folder that holds the packs")
    return library


def _read_folder(folder: Path, faults: list[Fault]) -> Folder:
    result = Folder(folder.name)
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_dir() or inside.parts[0] in _ELSEWHERE or path.name.startswith("."):
            continue
        name = f"{folder.name}/{inside.as_posix()}"
        if not _is_known(inside):
            known = "pack, sources, topics and locality.yaml, figures/ and policies/"
            faults.append(Fault(file=name, line=1, field="", what="is no file of a pack", mend=f"a pack has {known}"))
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
    if result.pack is None and not any(fault.file == f"{folder.name}/pack.yaml" for fault in faults):
        what = "is missing"
        faults.append(Fault(file=f"{folder.name}/pack.yaml", line=1, field="", what=what, mend="every pack needs one"))
    return result


def _is_known(inside: Path) -> bool:
    if len(inside.parts) == 1:
        return inside.name in {"pack.yaml", "sources.yaml", "topics.yaml", "locality.yaml"}
    return len(inside.parts) == 2 and inside.parts[0] in {"figures", "policies"} and inside.suffix == ".yaml"


def _take(result: Folder, file: YamlFile, inside: Path, faults: list[Fault]) -> None:
    """Check a file by its model and put its records into the folder."""
    if inside.name == "pack.yaml" and len(inside.parts) == 1:
        result.pack = next(_records(schema.Pack, file, faults), None)
    elif inside.name == "locality.yaml" and len(inside.parts) == 1:
        result.locality = next(_records(locality.Locality, file, faults), None)
    elif inside.name == "sources.yaml" and len(inside.parts) == 1:
        result.sources.extend(_list(schema.Source, file, faults))
    elif inside.name == "topics.yaml" and len(inside.parts) == 1:
        result.topics.extend(_list(schema.Topic, file, faults))
    elif inside.parts[0] == "figures":
        result.figures.extend((inside.stem, item) for item in _list(schema.Figure, file, faults))
    else:
        result.policies.extend(_records(schema.Policy, file, faults))


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
        for item in (*vars(schema).values(), *vars(locality).values())
        if isinstance(item, type) and issubclass(item, BaseModel)
    )
    return tuple({field.alias or name for model in models for name, field in model.model_fields.items()})

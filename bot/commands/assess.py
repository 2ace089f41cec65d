"""Assess a file of households by the poverty standards that are used on a day."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from bot.commands.day import Day, today
from core.errors import ContentError, NotFoundError, StorageError
from core.wholefile import demand_another, whole_file

if TYPE_CHECKING:
    from content.catalogue import Catalogue
    from content.standards.households import Used
    from content.standards.schema import Standard


@click.command(short_help="Say what each household of a file may be by the poverty standards.")
@click.option("--in", "source", type=click.Path(path_type=Path), required=True, help="Households: one JSON a line.")
@click.option("--out", "target", type=click.Path(path_type=Path), required=True, help="Where to write the results.")
@click.option("--on", type=Day(), default=None, help="Judge as on this day (2026-11-20) instead of today.")
@click.option("--standard", default=None, metavar="ID", help="By this standard alone, whatever the day.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Language of the notes.")
def assess(source: Path, target: Path, on: date | None, standard: str | None, lang: str) -> None:
    """Write what each household may be: one line of JSON for each household and standard used on the day.

    \b
    A household: {"id", "area": "rural" or "urban", "income_per_person": whole đồng a month or null,
                  "indicators": {"employment": true (lacking), false or null (not known), ...}}
    A result:    {"id", "standard", "possible", "confidence", "deprived", "unknown", "settled_by", "notes"}

    `possible` holds every class that the unknowns leave open; `settled_by` the unknowns each of which alone would
    leave one. A wrong line, or a standard whose indicators are not held, gives {"id", "error"} and the run goes on.
    Nothing here is a decision: only the commune's People's Committee recognises a household.
    """
    from bot.settings import load_settings
    from content.loader import load_catalogue
    from content.standards.households import Notes, results
    from content.wording import wording

    if on is not None and standard is not None:
        raise click.UsageError("--on and --standard: give one of the two.")
    demand_another(target, source)
    catalogue = load_catalogue(*load_settings().pack_folders)
    used = _used(catalogue, on or today(), standard)
    indicators = frozenset(item.id for one in catalogue.standards().values() for item in one.indicators)
    count = wrong = 0
    with _opened(source) as file, whole_file(target) as out:
        for result in results(file, used, indicators, Notes(wording(lang))):
            # What is no character is written as JSON escapes it.
            out.write(f"{json.dumps(result, ensure_ascii=False)}\n".encode(errors="backslashreplace"))
            count += 1
            wrong += "error" in result
    click.echo(f"{count} results, {wrong} of them errors, {target} written", err=True)


def _used(catalogue: "Catalogue", on: date, standard: str | None) -> "list[Used]":
    from content.standards.households import Used

    if standard is not None:
        return [Used(_named(catalogue, standard), catalogue.rules(standard), None)]
    found = catalogue.standards_used(on)
    if not found:
        raise ContentError(
            f"no poverty standard is used on {on.isoformat()}", where="standards/applies.yaml", mend="give another day"
        )
    return [Used(catalogue.standards()[one.standard], catalogue.rules(one.standard), one) for one in found]


def _named(catalogue: "Catalogue", standard: str) -> "Standard":
    known = catalogue.standards()
    if standard not in known:
        raise NotFoundError(f'no standard "{standard}"', mend="there are: " + ", ".join(sorted(known)))
    return known[standard]


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise StorageError(f"cannot be read: {error.strerror}", where=str(path)) from error

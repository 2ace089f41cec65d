"""`chungtay content`: look over the packs, and see what a citizen would read."""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.day import ON, Day, today

if TYPE_CHECKING:
    from content.catalogue import Catalogue
    from content.faults import Report

_PACKS = click.option(
    "--packs",
    "packs_dir",
    type=click.Path(path_type=Path),
    default=None,
    help="Folder of packs. Without it that of CHUNGTAY_PACKS_DIR, and without that ours.",
)


@click.group("content")
def content() -> None:
    """Check the content packs, or show an answer as a citizen reads it."""


@content.command("check")
@ON
@_PACKS
def check(on: date | None, packs_dir: Path | None) -> None:
    """List every fault of the packs with file, line and field."""
    from content.loader import check_packs
    from core.errors import ContentError

    day = on or today()
    try:
        report = check_packs(day, *_folders(packs_dir))
    except ContentError as error:
        raise click.ClickException(str(error)) from error
    _print_report(report, day)
    if not report.ok:
        raise SystemExit(1)


@content.command("show")
@click.argument("topic")
@click.option("--locality", required=True, help="Id of the locality, such as dak-cam.")
@ON
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@_PACKS
def show(topic: str, locality: str, on: date | None, lang: str, packs_dir: Path | None) -> None:
    """Show an answer as a citizen reads it, with its sources."""
    from content.loader import load_catalogue
    from content.showing import shown
    from core.errors import ContentError, NotFoundError

    try:
        catalogue = load_catalogue(*_folders(packs_dir))
        text = shown(catalogue, topic, locality=locality, on=on or today(), lang=lang)
    except (ContentError, NotFoundError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(text)


@content.command("diff")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--locality", default=None, help="Only this locality. Without it all of them.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
def diff(before: str, after: str, locality: str | None, lang: str) -> None:
    """Show what a citizen would read differently.

    A and B are each a day (2026-12-31), a folder of packs, or both: FOLDER@2026-12-31.
    """
    from content.changes import differences
    from core.errors import ContentError, NotFoundError

    try:
        found = list(differences(*_version(before), *_version(after), locality=locality, lang=lang))
    except (ContentError, NotFoundError) as error:
        raise click.ClickException(str(error)) from error
    for one in found:
        click.echo(f"{one}\n")
    click.echo(f"{len(found)} differences", err=True)


def _version(text: str) -> "tuple[Catalogue, date]":
    """What A or B means."""
    from content.loader import load_catalogue

    folder, _, day = text.rpartition("@") if "@" in text else ("", "", text)
    if not folder and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is None:
        folder, day = text, ""
    on = Day().convert(day, None, None) if day else today()
    return load_catalogue(*_folders(Path(folder) if folder else None)), on


def _folders(packs_dir: Path | None) -> tuple[Path, ...]:
    from bot.settings import load_settings

    return (packs_dir,) if packs_dir is not None else load_settings().pack_folders


def _print_report(report: "Report", day: date) -> None:
    for fault in report.faults:
        click.echo(str(fault))
    for warning in report.warnings:
        click.echo(f"warning: {warning}")
    if report.fill_in:
        click.echo("Phường, xã cần điền thêm (chưa có vẫn chạy được):")
        for line in report.fill_in:
            click.echo(f"  {line}")
    click.echo(f"{len(report.faults)} faults, {len(report.warnings)} warnings on {day.isoformat()}", err=True)

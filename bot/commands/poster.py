"""`chungtay poster`: sheets for the wall, with a square code that opens the chat of a place."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.campaigns.sheets import demand_new
from bot.commands.day import today
from core.errors import ChungTayError, NotFoundError

if TYPE_CHECKING:
    from content.locality import Hamlet, Locality
    from core.papers import Poster

CHANNELS = ("zalo", "web", "telegram")  # as they stand on the sheet, from the left
SEARCHED = 60  # characters of a name that is searched for; more would be typed by nobody


@click.command()
@click.argument("locality")
@click.option("--hamlet", metavar="NAME", help="Only of this hamlet. Without it of every hamlet that the pack names.")
@click.option("--whole", is_flag=True, help="One for the whole place, whatever hamlets the pack names.")
@click.option(
    "--channel",
    "channels",
    type=click.Choice(CHANNELS),
    multiple=True,
    help="A way into the chat; several may be given. Without it every one that is set up.",
)
@click.option("--telegram", metavar="NAME", default="", help="Name of the Telegram bot, as in t.me/NAME.")
@click.option("--zalo-name", metavar="NAME", default="", help="Name under which Zalo finds the Official Account.")
@click.option(
    "--to", "folder", metavar="FOLDER", type=click.Path(path_type=Path), default=Path(), help="Without it this folder."
)
@click.option("--english", is_flag=True, help="In English.")
def poster(
    locality: str,
    *,
    hamlet: str | None,
    whole: bool,
    channels: tuple[str, ...],
    telegram: str,
    zalo_name: str,
    folder: Path,
    english: bool,
) -> None:
    """Write a poster (PDF, A4) for each hamlet of LOCALITY, with codes that open its chat.

    Zalo needs CHUNGTAY_ZALO_OA_ID, the web chat CHUNGTAY_PUBLIC_URL, Telegram its bot's name. The files are new ones:
    none is written over.
    """
    from bot.posterways import ways_to
    from bot.settings import load_settings
    from content.loader import load_catalogue
    from content.posters import poster_of

    if hamlet is not None and whole:
        raise click.UsageError("--hamlet and --whole contradict each other: take one of them.")
    settings = load_settings()
    content, on = load_catalogue(*settings.pack_folders), today()
    place = content.locality(locality)
    hamlets = _hamlets(place, hamlet, whole=whole)
    ways, left_out = ways_to(place.id, settings, channels, telegram=telegram, zalo_name=_one_line(zalo_name))
    lang = "en" if english else "vi"
    sheets = {_name(place, one): poster_of(content, place.id, one, ways, on=on, lang=lang) for one in hamlets}
    for why in left_out:
        click.echo(f"left out: {why}", err=True)
    _write(folder, sheets)


def _hamlets(place: "Locality", named: str | None, *, whole: bool) -> "list[Hamlet | None]":
    """For whom there is a sheet; None is the whole place."""
    if whole or (named is None and not place.hamlets):
        return [None]
    if named is None:
        return list(place.hamlets)
    found = place.hamlet(named)
    if found is None and not place.hamlets:
        raise NotFoundError(
            f'the pack of {place.id} names no hamlets, so there is no "{named}"',
            mend="add them to its locality.yaml (hamlets), or leave --hamlet out: one poster for the whole place",
        )
    if found is None:
        raise NotFoundError(
            f'no hamlet "{named}" in {place.id}', mend="there are: " + ", ".join(one.name for one in place.hamlets)
        )
    return [found]


def _one_line(name: str) -> str:
    if len(name) > SEARCHED or not name.isprintable():
        raise ChungTayError(
            f"must be 1 to {SEARCHED} characters on one line", where="--zalo-name", mend="as people see it on Zalo"
        )
    return name.strip()


def _name(place: "Locality", hamlet: "Hamlet | None") -> str:
    return f"poster-{place.id}-{hamlet.id}.pdf" if hamlet else f"poster-{place.id}.pdf"


def _write(folder: Path, sheets: "dict[str, Poster]") -> None:
    """All of them, or none where one is there already."""
    from bot.papers.cleaning import cleaned
    from bot.papers.typeset import poster_pdf
    from core.wholefile import make_folder, write_whole

    make_folder(folder)
    for name in sheets:
        demand_new(folder / name)
    for name, sheet in sheets.items():
        write_whole(folder / name, poster_pdf(cleaned(sheet)))
        click.echo(folder / name)

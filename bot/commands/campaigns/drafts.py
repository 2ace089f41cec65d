"""`chungtay campaign new` and `show`: what a notice says, to whom it goes, and what people will read."""

import asyncio
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.commands.attaching import read_file
from bot.commands.campaigns.progress import clock_time
from bot.commands.options import ANY_ID, AS
from content.reminding import the_evening_before
from core.audience import Field, asked
from core.campaigns import MOST_FILES
from core.errors import ChungTayError, StorageError
from core.officers import Right
from core.publishing import is_public
from core.report import tell_reach
from core.tally import FEW, LEAST, WITHHELD

if TYPE_CHECKING:
    from datetime import datetime

    from bot.settings import Settings
    from content.catalogue import Catalogue
    from core.campaigns import Campaign, Notice
    from core.messages import OutboundMessage
    from core.records import Reach
    from core.report import Figure
    from core.storage import Storage

SAMPLES, LOOKED_AT = 10, 200  # renderings that are shown, and people who are looked at for them
_BARE_DAY = re.compile(r"=\s*(?:\d{4}-\d\d?-\d\d?|\d\d?/\d\d?/\d{4})")
SOME, MORE = f"fewer than {LEAST}", f"{LEAST} or more"


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@AS
def new(file: Path, officer: str) -> None:
    """Make a draft of a TOML file; its number stands alone on the last line.

    Told besides: how many people are meant, how many of them can be written to, and why the others cannot. Of people
    picked by what they lack no number below 5 is told, and fewer than 5 are not written to.
    """
    asyncio.run(_new(file, officer))


@click.command(context_settings=ANY_ID)
@click.argument("key", metavar="ID")
@AS
def show(key: str, officer: str) -> None:
    """Show all that an approval says yes to: texts, source, audience, settings; and who it reaches as of now."""
    asyncio.run(_show(key, officer))


async def _new(file: Path, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.parts import local_files
    from bot.settings import load_settings
    from content.loader import load_catalogue
    from core.messages import attachment_to_json
    from handlers import composing

    settings, clock = load_settings(), SystemClock()
    now, data = clock.now(), _read(file)
    attached = _attached(file, data)
    async with opened(settings) as (storage, key):
        content = load_catalogue(*settings.pack_folders)
        if attached:
            # Where the draft is refused, housekeeping finds that nobody refers to them.
            shelf = local_files(settings.data_dir, key, clock)
            data = {**data, "attachments": [attachment_to_json(await shelf.put(*one)) for one in attached]}
        made = await composing.draft(storage, content, data, where=str(file), officer=officer, now=now)
        await _tell(storage, content, made, settings, now)
    click.echo(made.id)


async def _show(key: str, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from content.loader import load_catalogue
    from handlers import campaigning

    settings, now = load_settings(), SystemClock().now()
    async with opened(settings) as (storage, _):
        one, _officer = await campaigning.look(storage, key, Right.READ_CAMPAIGNS, officer=officer, now=now)
        click.echo(f"{one.id}: {one.state}: {one.notice.title}")
        click.echo(f"written by {one.created_by}, approved by {one.approved_by or 'nobody yet'}")
        for name, value in one.notice.plain().items():
            if name != "title":
                click.echo(f"{name}\t{value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}")
        await _tell(storage, load_catalogue(*settings.pack_folders), one, settings, now)


async def _tell(
    storage: "Storage", content: "Catalogue", made: "Campaign", settings: "Settings", now: "datetime"
) -> None:
    """Whom it reaches as of now, and samples."""
    from bot.terms import terms
    from handlers import campaigning
    from scheduler.expansion import rendered

    guarded = campaigning.guarded(made.notice)
    async with storage.read() as uow:
        accounts = await uow.lists.accounts()
        gone = await campaigning.called_off(uow, made.notice)
        windows = terms(settings, accounts).windows
        reach = await uow.audiences.reach(made.notice, accounts=accounts, now=now, windows=windows)
        first = await uow.campaigns.people(made.notice, accounts=accounts, after=0, limit=LOOKED_AT, now=now)
    for line in told(reach, guarded=guarded):
        click.echo(line, err=True)
    if not reach.reached and not guarded:
        click.echo("NOBODY would get it as of now: look at the audience again, and at the ward's list", err=True)
    for line in publicly(made.notice):
        click.echo(line, err=True)
    for line in reminders(made.notice, gone, now):
        click.echo(line, err=True)
    if not guarded or reach.meant >= LEAST:
        _show_samples([rendered(content, made, one, now) for one in first if one.left_out is None][:SAMPLES])


def publicly(notice: "Notice") -> Iterator[str]:
    """Whether everybody will be able to read it; of one to a few nothing is said, and it stands nowhere."""
    corrects = map(int, filter(str.isdecimal, asked(notice.audience, Field.REACHED)))
    if is_public(notice):
        yield "PUBLIC once it is sent: everybody can read it on the place's pages (public = false keeps it off them)"
    elif is_public(notice, corrects):
        yield "public if what it corrects is public (public = true or false in the file decides it)"


def reminders(notice: "Notice", gone: Iterable[int], now: "datetime") -> Iterator[str]:
    """Of what people will be reminded for it, and of what no more."""
    for one in notice.replies:
        if one.remind is not None and (moment := the_evening_before(one.remind, now)) is not None:
            yield f"who answers {one.words[0]} is reminded at {clock_time(moment)}"
    for number in gone:
        yield f"who signed up for notice {number} is not reminded of its day any more once this one is approved"


def told(reach: "Reach", *, guarded: bool) -> Iterator[str]:
    """How many people are meant and reached, and why others are not.

    Guarded, no number below five is told; where a part is so small the other parts are not either, because it would be
    what is missing from the whole.
    """
    figures = tell_reach(reach, guarded=guarded)
    yield f"{_part(figures.meant)} people are meant, {_part(figures.reached)} of them can be written to"
    for reason, number in figures.left_out.items():
        yield f"left out: {_part(number)} ({reason})"


def _part(figure: "Figure") -> str:
    return {FEW: SOME, WITHHELD: MORE}.get(str(figure), str(figure))


def _show_samples(messages: "Sequence[OutboundMessage]") -> None:
    """What people will read, each kind of it once."""
    files = [f"[{one.name}]" for one in messages[0].attachments] if messages else []
    texts = dict.fromkeys("\n".join(filter(None, (one.text, one.source, *files))) for one in messages)
    for text in texts:
        click.echo(f"\n{text}", err=True)


def _attached(file: Path, data: Mapping[str, Any]) -> Sequence[tuple[str, str, bytes]]:
    """The files that a campaign's file names, beside it. Raises ChungTayError."""
    names = data.get("attachments", [])
    if not isinstance(names, list) or not all(isinstance(one, str) and one for one in names):
        raise ChungTayError('attachments: is a list of names of files, such as ["to-roi.pdf"]', where=str(file))
    if len(names) > MOST_FILES:
        raise ChungTayError(f"attachments: has more than {MOST_FILES} files", where=str(file))
    return [read_file(file.parent / one) for one in names]


def _read(file: Path) -> dict[str, Any]:
    text = ""
    try:
        text = file.read_text("utf-8-sig")
        return tomllib.loads(text)
    except OSError as error:
        raise StorageError(f"cannot be read: {error.strerror}", where=str(file)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        curly = not {"“", "”"}.isdisjoint(text)  # as word processors and telephones write them
        if _BARE_DAY.search(text):
            mend = 'write a day and its hour in quotes: "01/12/2026 20:00"'
            raise ChungTayError(f"is no TOML: {error}", where=str(file), mend=mend) from None
        mend = 'write straight quotes: "poor", not “poor”' if curly else ""
        raise ChungTayError(f"is no TOML: {error}", where=str(file), mend=mend) from None

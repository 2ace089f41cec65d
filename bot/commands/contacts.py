"""`chungtay contacts`: people the ward writes to by its own list."""

import asyncio
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.options import AS
from core.errors import ChungTayError, StorageError

if TYPE_CHECKING:
    from content.contact_list import BadRow

SHOWN = 50  # bad rows told one by one


@click.group()
def contacts() -> None:
    """People the ward writes to by its own list."""


@contacts.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--skip-bad", is_flag=True, help="Leave out the rows that cannot be taken, and put the others in.")
@AS
def import_(file: Path, skip_bad: bool, officer: str) -> None:
    """Put people of a CSV file in, or bring them up to date.

    \b
    Columns, in English or Vietnamese: channel (kênh: the account, such as telegram.main), address (địa chỉ), name (họ
    và tên), phone (điện thoại), locality (xã), hamlet (thôn), household_status (diện: hộ nghèo, hộ cận nghèo, hộ mới
    thoát nghèo, hộ có mức sống trung bình, or empty), language (ngôn ngữ: vi, en, or empty).
    There may be: household (mã hộ), topics (chủ đề: who has any gets no notices on others), status_since (công nhận
    từ ngày: 20/11/2023).

    Any row that cannot be taken is told with its line, and then nobody is put in, unless --skip-bad. What people said
    themselves (place, hamlet, language) stays; name, telephone, household and its status become those of the list.
    The list is the consent by which the ward writes to them: the first notice says how to stop.
    """
    sys.exit(asyncio.run(_import(file, skip_bad, officer)))


async def _import(file: Path, skip_bad: bool, officer: str) -> int:
    from bot.clock import SystemClock
    from bot.keys import derived, keyed_hash
    from bot.opening import opened
    from bot.settings import load_settings
    from content.contact_list import read_list, text_of, unread
    from content.loader import load_catalogue
    from handlers import importing

    settings, now = load_settings(), SystemClock().now()
    text = text_of(_read(file), str(file))
    async with opened(settings) as (storage, key):
        async with storage.read() as uow:
            accounts = await uow.lists.accounts()
        known = importing.known_here(load_catalogue(*settings.pack_folders), accounts)
        if not known.accounts:
            mend = "set CHUNGTAY_TELEGRAM_TOKEN and start it once: chungtay run"
            raise ChungTayError("cannot be put in: no channel was started here yet", where=str(file), mend=mend)
        people, bad = read_list(text, known, str(file))
        if strange := unread(text):
            click.echo(f"columns that are not read: {', '.join(strange)}", err=True)
        await importing.demand_right(storage, people, officer=officer, now=now)
        gone = await importing.erased(storage, people, partial(keyed_hash, derived(key, "erasures")))
        left_out = {one.line for one in gone}
        people = [one for one in people if one.line not in left_out]
        _tell(file, sorted([*bad, *gone], key=lambda one: one.line))
        if (bad or gone) and not skip_bad:
            click.echo("nobody was put in: mend these rows, or leave them out with --skip-bad", err=True)
            return 1
        done = await importing.put_in(storage, people, file=file.name, officer=officer, now=now)
    click.echo(f"{done.new} new, {done.updated} brought up to date, {len(bad) + len(gone)} left out")
    if choosy := sum(bool(one.topics) for one in people):
        click.echo(f"{choosy} of them get notices on the topics of their row only", err=True)
    return 0


def _tell(file: Path, bad: "list[BadRow]") -> None:
    for one in bad[:SHOWN]:
        click.echo(f"{file}, line {one.line}: {one.what}", err=True)
    if len(bad) > SHOWN:
        click.echo(f"and {len(bad) - SHOWN} more rows", err=True)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise StorageError(f"cannot be read: {error.strerror}", where=str(file)) from error

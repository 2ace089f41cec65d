"""`chungtay work`: vacancies and courses of a place, from an office's spreadsheet to what people are shown."""

import asyncio
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.options import ANY_ID, AS
from core.caps import LOCAL
from core.errors import StorageError
from core.job_news import Reached
from core.work import Offer, OfferKind, Paid, Posted, Standing

if TYPE_CHECKING:
    from content.work.offers import BadRow

SHOWN = 50  # bad rows told one by one
_PER = {Paid.MONTH: "/month", Paid.DAY: "/day", Paid.HOUR: "/hour", Paid.PIECE: " a piece", Paid.AGREED: ""}


@click.group()
def work() -> None:
    """Vacancies and courses: put in by one officer, verified by another, shown until they are full or over."""


@work.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--locality", metavar="ID", required=True, help="Whose people are shown them.")
@click.option("--skip-bad", is_flag=True, help="Leave out the rows that cannot be taken, and put the others in.")
@AS
def import_(file: Path, locality: str, skip_bad: bool, officer: str) -> None:
    """Put vacancies or courses of an XLSX or CSV file in, as drafts.

    \b
    The heads may stand anywhere in the first ten rows, in one row or two, under titles and merged cells. Needed are:
    vị trí việc làm (or tên lớp), đơn vị, nơi làm việc, hạn nộp. Read are also: nghề, mức lương (7-9tr, 250k/ngày,
    thỏa thuận), số lượng, thời gian làm việc, tuổi, trình độ, sức khỏe with căn cứ, hồ sơ, liên hệ, điện thoại, mã số
    thuế, chỗ ở, ghi chú, vĩ độ and kinh độ; of courses khai giảng, thời gian học, trình độ đào tạo, hỗ trợ, ưu tiên.
    Hidden rows, columns and sheets, totals and signatures are left aside.

    Any row that cannot be taken is told with its sheet and line, and then nothing is put in, unless --skip-bad. A
    limit of sex, or of an age other than "đủ 18 tuổi" or "đủ 15 tuổi", is never taken; health only with the document
    that asks for it. What the place has already is left as it is, so a list may be put in twice.
    """
    sys.exit(asyncio.run(_import(file, locality, skip_bad, officer)))


@work.command(name="list")
@click.option("--locality", metavar="ID", help="Of this place only.")
@AS
def list_(locality: str | None, officer: str) -> None:
    """List offers, the newest first: number, place, how it stands, last day, seats, title, employer."""
    asyncio.run(_list(locality, officer))


@work.command(context_settings=ANY_ID)
@click.argument("key", metavar="ID")
@AS
def show(key: str, officer: str) -> None:
    """Show all that an offer says, who put it in and verified it, and how many people know of it."""
    asyncio.run(_show(key, officer))


@work.command(context_settings=ANY_ID)
@click.argument("keys", metavar="ID...", nargs=-1, required=True)
@AS
def verify(keys: tuple[str, ...], officer: str) -> None:
    """Say that offers are true, after asking the employer or the school; never what one has put in oneself."""
    asyncio.run(_verify(keys, officer))


@work.command(context_settings=ANY_ID)
@click.argument("key", metavar="ID")
@click.option("--why", default="", help="Why; goes with the offer.")
@AS
def close(key: str, why: str, officer: str) -> None:
    """Show an offer to nobody any more."""
    asyncio.run(_close(key, why, officer))


@work.command(context_settings=ANY_ID)
@click.argument("key", metavar="ID")
@click.argument("seats", metavar="SEATS", type=click.IntRange(0, 10_000))
@AS
def filled(key: str, seats: int, officer: str) -> None:
    """Say how many seats are taken by now; an offer that is full is shown to nobody."""
    asyncio.run(_filled(key, seats, officer))


async def _import(file: Path, locality: str, skip_bad: bool, officer: str) -> int:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from content.loader import load_catalogue
    from content.work.offers import read_offers
    from content.work.sheets import read_sheets
    from handlers import offering

    settings, now = load_settings(), SystemClock().now()
    content = load_catalogue(*settings.pack_folders)
    home = offering.home_of(content, locality)
    async with opened(settings) as (storage, _):
        await offering.demand_import(storage, locality, officer=officer, now=now)
        sheets = read_sheets(_read(file), str(file))
        found = read_offers(sheets, content.trades, home, now.astimezone(LOCAL).date(), str(file))
        if found.unread:
            click.echo(f"columns that are not read: {', '.join(found.unread)}", err=True)
        for aside in found.hidden:
            sheet = f', sheet "{aside.sheet}"' if aside.sheet else ""
            lines = ", ".join(map(str, aside.lines))
            click.echo(f"{file}{sheet}: {len(aside.lines)} hidden rows are left aside: {lines}", err=True)
        _tell(file, found.bad)
        if found.bad and not skip_bad:
            click.echo("nothing was put in: mend these rows, or leave them out with --skip-bad", err=True)
            return 1
        added = await offering.put_in(storage, locality, found.offers, file=file.name, officer=officer, now=now)
    click.echo(f"{len(added.new)} new, {added.known} known already, {len(found.bad)} left out")
    return 0


def _tell(file: Path, bad: "tuple[BadRow, ...]") -> None:
    for one in bad[:SHOWN]:
        sheet = f', sheet "{one.sheet}"' if one.sheet else ""
        click.echo(f"{file}{sheet}, line {one.line}: {one.what}", err=True)
    if len(bad) > SHOWN:
        click.echo(f"and {len(bad) - SHOWN} more rows", err=True)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise StorageError(f"cannot be read: {error.strerror}", where=str(file)) from error


async def _list(locality: str | None, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from content.loader import load_catalogue
    from handlers import offering

    settings, now = load_settings(), SystemClock().now()
    content = load_catalogue(*settings.pack_folders)
    if locality:
        content.locality(locality)
    async with opened(settings) as (storage, _):
        found = await offering.listed(storage, content, officer=officer, now=now)
    today = now.astimezone(LOCAL).date()
    for one in found:
        if locality in (None, one.locality):
            click.echo(_line(one, today))


def _line(one: Posted, today: date) -> str:
    seats = "" if one.offer.seats is None else f"{one.taken}/{one.offer.seats}"
    told = (one.offer.deadline.isoformat(), seats, one.offer.title, one.offer.employer)
    return "\t".join((str(one.id), one.locality, one.standing(today).value, *told))


async def _show(key: str, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import offering

    now = SystemClock().now()
    async with opened(load_settings()) as (storage, _):
        one, _ = await offering.look(storage, key, officer=officer, now=now)
        known = await offering.reached(storage, key, officer=officer, now=now)
    for name, value in _told(one, known, now.astimezone(LOCAL).date()):
        if value:
            click.echo(f"{name}: {value}")


def _told(one: Posted, known: Reached, today: date) -> list[tuple[str, str]]:
    offer = one.offer
    standing = one.standing(today)
    verified = one.verified_at.astimezone(LOCAL).date().isoformat() if one.verified_at else ""
    said = {name: str(value) for name, value in offer.plain().items() if name not in ("wage_from", "wage_to", "paid")}
    seats = "" if offer.seats is None else f"{one.taken} of {offer.seats} taken"
    return [
        ("offer", f"{one.id} in {one.locality}, {standing.value}"),
        *((name, value) for name, value in {**said, "seats": seats}.items() if value not in ("", "False")),
        ("wage", wage_line(offer)),
        ("put in by", f"{one.created_by or 'an employer'}, {one.created_at.astimezone(LOCAL).date().isoformat()}"),
        ("verified by", f"{one.verified_by}, {verified}" if one.verified_by else ""),
        ("closed by", f"{one.closed_by}: {one.why}" if one.closed_by else ""),
        *(_reached(known) if standing is not Standing.DRAFT else ()),
    ]


def _reached(known: Reached) -> list[tuple[str, str]]:
    """How many people know of an offer, and what came of it."""
    return [
        ("people told in a message", str(known.told)),
        ("people who saw it in their list", str(known.seen)),
        ("people interested", str(known.interested)),
    ]


def wage_line(offer: Offer) -> str:
    """What is paid, in đồng."""
    if offer.kind is OfferKind.COURSE:
        return ""
    sums = [f"{one:,}" for one in (offer.wage_from, offer.wage_to) if one is not None]
    if not sums:
        return "to be agreed"
    if len(sums) == 1:
        sums.insert(0, "from" if offer.wage_to is None else "up to")
        return f"{' '.join(sums)}{_PER[offer.paid]}"
    return f"{'-'.join(dict.fromkeys(sums))}{_PER[offer.paid]}"


async def _verify(keys: tuple[str, ...], officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import offering

    async with opened(load_settings()) as (storage, _):
        for key in keys:
            one = await offering.verify(storage, key, officer=officer, now=SystemClock().now())
            click.echo(f"{one.id} is verified: {one.offer.title}, {one.offer.employer}")


async def _close(key: str, why: str, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import offering

    async with opened(load_settings()) as (storage, _):
        one = await offering.close(storage, key, why=why, officer=officer, now=SystemClock().now())
    click.echo(f"{one.id} is closed: {one.offer.title}, {one.offer.employer}")


async def _filled(key: str, seats: int, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import offering

    now = SystemClock().now()
    async with opened(load_settings()) as (storage, _):
        one = await offering.fill(storage, key, seats, officer=officer, now=now)
    click.echo(f"{one.id} is {one.standing(now.astimezone(LOCAL).date()).value}: {seats} seats taken")

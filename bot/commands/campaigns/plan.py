"""`chungtay campaign plan`: whom a notice reaches on what terms, and what it costs of the month."""

import asyncio
import json
from typing import TYPE_CHECKING, Any

import click

from bot.commands.options import ANY_ID, AS
from core.officers import Right

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from bot.settings import Settings
    from core.campaigns import Notice
    from core.planning import AccountPlan
    from core.storage import Storage
    from handlers.campaigning import Month


@click.command(context_settings=ANY_ID)
@click.argument("key", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@AS
def plan(key: str, as_json: bool, lang: str, officer: str) -> None:
    """Plan a campaign at channels that charge: who is written to for nothing, who is not, and what it costs.

    As of now, by the prices of the settings and the day they were looked up. Of the month's package and budget is
    kept back what one broadcast to everybody at the account would take: only urgent campaigns may use it. What is
    over cannot be submitted. Of people picked by what they lack no number below 5 is told.
    """
    asyncio.run(_plan(key, as_json, lang, officer))


async def _plan(key: str, as_json: bool, lang: str, officer: str) -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from handlers import campaigning

    settings, now = load_settings(), SystemClock().now()
    async with opened(settings) as (storage, secret):
        one, _officer = await campaigning.look(storage, key, Right.READ_CAMPAIGNS, officer=officer, now=now)
        plans = await campaigning.planned(storage, one, await month(settings, storage, secret), now=now)
    if as_json:
        click.echo(json.dumps({"id": one.id, **_plain(plans, one.notice)}, ensure_ascii=False))
        return
    for line in told(plans, one.notice, lang, now):
        click.echo(line)


async def month(settings: "Settings", storage: "Storage", key: bytes) -> "Month":
    """What a notice is held against: the settings, and what providers say of their packages at this moment."""
    from bot.terms import quota_looks, terms
    from core.planning import asked
    from handlers.campaigning import Month

    async with storage.read() as uow:
        accounts = await uow.lists.accounts()
    async with quota_looks(settings, storage, key) as looks:
        return Month(terms=terms(settings, accounts), left=await asked(looks))


def told(plans: "Sequence[AccountPlan]", notice: "Notice", lang: str, now: "datetime") -> "Iterator[str]":
    """The plan in words."""
    from content.planning import lines_of
    from content.wording import wording
    from core.rhythm import Rhythm, sent_at
    from handlers.campaigning import guarded

    words = wording(lang)
    late = notice.not_after is not None and notice.not_after <= sent_at(Rhythm.DAILY, now)
    if not plans:
        yield words.text("spending.none")
    for one in plans:
        yield from lines_of(one, words, guarded=guarded(notice), late=late)


def _plain(plans: "Sequence[AccountPlan]", notice: "Notice") -> dict[str, Any]:
    from core.planning import fits
    from handlers.campaigning import guarded

    return {
        "urgent": notice.urgent,
        "fits": fits(plans),
        "accounts": [_account(one, guarded=guarded(notice)) for one in plans],
    }


def _account(one: "AccountPlan", *, guarded: bool) -> dict[str, Any]:
    from content.planning import costs_are_told, figures

    open_ = costs_are_told(one, guarded=guarded)
    return {
        "account": one.account,
        "month": one.month,
        "people": {way.value: figure for way, figure in figures(one, guarded=guarded).items()},
        "messages_each": one.each,
        "used": {"charged": one.used.charged, "template": one.used.template, "dong": one.used.dong},
        "package": {"total": one.tariff.quota, "left": one.package, "told_by_provider": one.told},
        "held": {"package": one.held.package, "dong": one.held.dong},
        "reserve": {"package": one.reserve.package, "dong": one.reserve.dong},
        "cost": {"package": one.cost.package, "dong": one.cost.dong} if open_ else None,
        "budget": {"total": one.tariff.budget, "free": one.budget_free},
        "over": one.over if open_ else None,
        "fits": not one.over,
        "gathered": one.gathered,
        "prices": {
            "message": one.tariff.message,
            "template": one.tariff.template,
            "since": one.tariff.since.isoformat(),
        },
    }

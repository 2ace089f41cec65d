"""`chungtay campaign submit`, `approve`, `pause`, `resume`, `stop`."""

import asyncio

import click

from bot.commands.campaigns.plan import month, told
from bot.commands.campaigns.progress import clock_time
from bot.commands.options import ANY_ID, AS
from core.campaigns import Step


@click.command(name=Step.RETURN.value, context_settings=ANY_ID)
@click.argument("key", metavar="ID")
@click.option("--why", required=True, help="What is to be changed: its author reads it.")
@AS
def return_(key: str, why: str, officer: str) -> None:
    """Give a submitted campaign back to its author, with the reason: it is a draft again."""
    asyncio.run(_take(key, Step.RETURN, officer, why))


def _step(step: Step, told: str) -> click.Command:
    @click.command(name=step.value, context_settings=ANY_ID, help=told)
    @click.argument("key", metavar="ID")
    @AS
    def command(key: str, officer: str) -> None:
        asyncio.run(_take(key, step, officer))

    return command


STEPS = (
    _step(Step.SUBMIT, "Hand a draft to those who approve."),
    _step(
        Step.APPROVE,
        "Say yes to a submitted campaign; never to one's own. With an urgent one that is the yes to that too.",
    ),
    return_,
    _step(Step.PAUSE, "Send no more for now. What is being sent at this moment goes on."),
    _step(Step.RESUME, "Go on with a paused campaign."),
    _step(
        Step.STOP,
        "Send no more at all. The running service takes back what was not sent; what is being sent now goes on.",
    ),
)


async def _take(key: str, step: Step, officer: str, why: str = "") -> None:
    from bot.clock import SystemClock
    from bot.opening import opened
    from bot.settings import load_settings
    from content.loader import load_catalogue
    from handlers import campaigning

    settings, now = load_settings(), SystemClock().now()
    async with opened(settings) as (storage, secret):
        one = await campaigning.find(storage, key)
        against = await month(settings, storage, secret) if step in (Step.SUBMIT, Step.APPROVE) else None
        doing = campaigning.Doing(officer=officer, now=now, why=why)
        content = load_catalogue(*settings.pack_folders) if step is Step.SUBMIT else None
        done = await campaigning.take(storage, one, step, doing, content=content, month=against)
        plans = await campaigning.planned(storage, done, against, now=now) if against is not None else ()
    click.echo(f"{done.id}: {done.state}")
    if plans:
        for line in told(plans, done.notice, "vi", now):
            click.echo(line, err=True)
    if step is Step.APPROVE and done.starts_at is not None and done.notice.hold_back:
        click.echo(
            f"begins at {clock_time(done.starts_at)}; until then nobody has it: campaign stop {done.id}", err=True
        )
    if step is Step.APPROVE and done.notice.urgent:
        click.echo("urgent: it is sent in quiet hours too, and to people who had a notice today already", err=True)

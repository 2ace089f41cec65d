"""`chungtay campaign`: a notice to many, from its draft to the ledger of who got it."""

import click

from bot.commands.campaigns.doubts import doubts, settle
from bot.commands.campaigns.drafts import new, show
from bot.commands.campaigns.ledger import answers, ledger
from bot.commands.campaigns.plan import plan
from bot.commands.campaigns.progress import list_, status
from bot.commands.campaigns.report import report
from bot.commands.campaigns.steps import STEPS


@click.group()
def campaign() -> None:
    """Notices to many: written by one person, approved by another."""


for one in (new, show, plan, *STEPS, list_, status, ledger, report, answers, doubts, settle):
    campaign.add_command(one)

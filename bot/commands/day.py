"""A day on the command line, and which one it is today."""

from datetime import date

import click

YEARS = range(1900, 2201)  # further off, dates end


class Day(click.ParamType[date]):
    """A day written as 2026-11-20."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ARG002
        """The day. Fails with one line on anything else: no usage text around it."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(str(value))
        except ValueError as error:
            raise click.ClickException(f'"{value}" is no day: write it as 2026-11-20') from error
        if day.year not in YEARS:
            raise click.ClickException(f'"{value}" is too far off: a year from {YEARS[0]} to {YEARS[-1]}')
        return day


def today() -> date:
    """The day in Viet Nam."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()


ON = click.option("--on", type=Day(), default=None, help="Judge as on this day (2026-11-20) instead of today.")

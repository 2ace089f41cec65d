"""`chungtay series`: the ready-made posts that a place may choose from."""

import click

from bot.commands.day import today
from core.errors import NotFoundError


@click.group()
def series() -> None:
    """Ready-made posts: looked at here, proposed with `chungtay schedule new`."""


@series.command(name="list")
@click.option("--locality", metavar="ID", help="As they hold in this place.")
def list_(locality: str | None) -> None:
    """Name each series: when it begins, how many posts it has, what it is for."""
    from bot.settings import load_settings
    from content.loader import load_catalogue

    content = load_catalogue(*load_settings().pack_folders)
    for one in content.series(locality=locality).values():
        click.echo(f"{one.id}\t{one.title.vi}\t{one.begins.told()}\t{len(one.posts)} posts\t{one.why.vi}")


@series.command()
@click.argument("key", metavar="ID")
@click.option("--locality", metavar="ID", required=True, help="In whose words.")
@click.option("--english", is_flag=True, help="In English.")
def show(key: str, locality: str, english: bool) -> None:
    """Show every post as people of a place would read it today, and what of the place's own it has room for."""
    from bot.settings import load_settings
    from content.loader import load_catalogue

    content, on = load_catalogue(*load_settings().pack_folders), today()
    known = content.series(locality=locality)
    if key not in known:
        raise NotFoundError(f'no series "{key}"', mend="there are: " + ", ".join(sorted(known)))
    for post in known[key].posts:
        told = content.post(key, post.id, locality=locality, on=on, lang="en" if english else "vi")
        day = f"day {post.day}" if post.day is not None else "in turn"
        click.echo(f"{post.id}\t{day}\t{post.topic}\t{post.title.vi}")
        if told is None:
            click.echo("  not sent today: nothing it rests on holds")
            continue
        for line in (*told.text.splitlines(), f"({told.source})"):
            click.echo(f"  {line}")
        if told.lacks:
            click.echo(f"  no line of the place's own: {', '.join(told.lacks)}")

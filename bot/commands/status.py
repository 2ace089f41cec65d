"""`chungtay status`: what the health page of the running service says, where no browser is at hand."""

import json
import sys
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

import click

from core.errors import ChungTayError

if TYPE_CHECKING:
    from bot.settings import Settings

WITHIN = 10.0  # seconds
SERVICE_UNAVAILABLE = 503


class NotRunningError(ChungTayError):
    """No service answers where the settings say that it is."""


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def status(form: str) -> None:
    """Show how the running service is doing: database, disk, channels, posts kept for others or fetched from them.

    It is asked at its own host and port. Exit status 1 when it is not well, or does not answer.
    """
    from bot.settings import load_settings

    told = _asked(load_settings())
    if form == "json":
        click.echo(json.dumps(told, indent=2))
    else:
        for line in _lines(told):
            click.echo(line)
    if not told["ok"]:
        sys.exit(1)


def _asked(settings: "Settings") -> dict[str, Any]:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - compared, not bound
    address = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/health?format=json"
    try:
        # Straight to it: a proxy that the environment names is for the world outside.
        with build_opener(ProxyHandler({})).open(address, timeout=WITHIN) as answer:
            content = answer.read()
    except HTTPError as error:
        with error:
            if error.code != SERVICE_UNAVAILABLE:
                raise _not_ours(address) from None
            content = error.read()  # it is not well, and says why
    except (URLError, OSError):
        raise NotRunningError("nobody answers", where=address, mend="start it: chungtay run") from None
    try:
        told = json.loads(content)
        if not isinstance(told["ok"], bool) or not isinstance(told["checks"], list):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _not_ours(address) from None
    return dict(told)


def _not_ours(address: str) -> NotRunningError:
    return NotRunningError(
        "something else answers there", where=address, mend="look at CHUNGTAY_HOST and CHUNGTAY_PORT"
    )


def _lines(told: dict[str, Any]) -> list[str]:
    """The Vietnamese of the health page, a line for each part."""
    from content.wording import wording
    from core.ports import ChannelState
    from web.health import Check, State, detail_text, part_name, state_text

    words, lines = wording("vi"), []
    for one in told["checks"]:
        condition = ChannelState(one["condition"]) if one.get("condition") else None
        check = Check(
            name=one["name"],
            state=State(one["state"]),
            detail=one["detail"],
            condition=condition,
            facts=one.get("facts", {}),
        )
        detail = detail_text(check, words)
        lines.append(f"{part_name(check.name, words)}: {state_text(check, words)}{f'. {detail}' if detail else ''}")
    waiting = words.text("web.health.waiting"), told.get("waiting_updates", 0)
    pending = words.text("web.health.pending"), told.get("outbox_pending", 0)
    return [*lines, *(f"{label}: {count}" for label, count in (waiting, pending))]

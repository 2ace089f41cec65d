"""`chungtay run` and `chungtay demo`: the whole product in one process, or a part of it beside others."""

import asyncio
import errno
import gc
import signal
import socket
from contextlib import closing, suppress
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from core.errors import SettingsError

if TYPE_CHECKING:
    from bot.app import App
    from bot.duties import Duty
    from bot.settings import Settings

GRACE = 10  # seconds in which open requests are finished when the service stops


@click.command()
@click.option("--web", is_flag=True, help="Pages and hooks: receive, understand and answer.")
@click.option("--worker", is_flag=True, help="Send what waits.")
@click.option("--scheduler", is_flag=True, help="Make the messages of campaigns, find what was left, tidy up.")
def run(web: bool, worker: bool, scheduler: bool) -> None:
    """Start the service: web chat and health page. Ctrl+C stops it.

    On PostgreSQL several processes, on several hosts, may share the work: with options one does only what they name.
    Of the schedulers one works and the others stand by; the limits of a channel hold for all workers together.
    """
    from bot.duties import ALL, Duty, demand_possible
    from bot.settings import load_settings

    asked = {Duty.WEB: web, Duty.WORKER: worker, Duty.SCHEDULER: scheduler}
    duties = frozenset(one for one, wanted in asked.items() if wanted) or ALL
    settings = load_settings()
    demand_possible(settings, duties)
    if Duty.WEB in duties:
        serve(settings, duties)
    else:
        serve_behind(settings, duties)


@click.command()
@click.option(
    "--data-dir", default="data-demo", show_default=True, metavar="FOLDER", help="Its own data, nobody else's."
)
def demo(data_dir: str) -> None:
    """Start the service with made-up people and a banner."""
    from bot.demo import fill
    from bot.installation import claim_for_demo
    from bot.settings import load_settings

    # What is fetched is deleted where it was kept: a demo takes nobody's posts away.
    settings = load_settings(demo=True, data_dir=data_dir, database_url="", inbox_url="")
    claim_for_demo(settings)
    serve(settings, prepare=fill)


def serve_behind(settings: "Settings", duties: frozenset["Duty"]) -> None:
    """Work without pages until asked to stop."""
    from bot.logs import set_up

    set_up(settings.log_level)
    with suppress(KeyboardInterrupt):
        asyncio.run(_behind(settings, duties))


async def _behind(settings: "Settings", duties: frozenset["Duty"]) -> None:
    from bot.background import behind

    stopped = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, stopped.set)
    async with behind(settings, duties):
        click.echo(f"Chung Tay: {', '.join(sorted(duties))}   Ctrl+C to stop")
        await stopped.wait()


def serve(settings: "Settings", duties: frozenset["Duty"] | None = None, prepare: Any = None) -> None:
    """Build, serve, and stop in reverse when asked to; does everything, unless duties are named."""
    from bot.duties import ALL
    from bot.logs import set_up

    set_up(settings.log_level)
    # All that is built before the first person comes stays until the end: the collector need not look through it, not
    # while it is built (a tenth of the start) nor ever after.
    gc.disable()
    try:
        _serve_alone(settings, duties or ALL, prepare)
    finally:
        gc.enable()


def _serve_alone(settings: "Settings", duties: frozenset["Duty"], prepare: Any) -> None:
    from bot.installation import alone

    # Ctrl+C while it is still starting ends it as quietly as later.
    with suppress(KeyboardInterrupt), closing(_listen(settings)) as listener, alone(settings):
        asyncio.run(_serve(settings, duties, listener, prepare))


def _listen(settings: "Settings") -> socket.socket:
    # Before anything else is built: a port that is taken is said at once.
    where = "CHUNGTAY_HOST, CHUNGTAY_PORT"
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(128)  # who comes while we start waits, instead of being refused
    except (OSError, UnicodeError) as error:
        listener.close()
        reason = error.strerror if isinstance(error, OSError) else "no such name"
        raise SettingsError(
            f"cannot listen on {settings.host}, port {settings.port} ({reason})", where=where, mend=_mend(error)
        ) from error
    return listener


def _mend(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return "choose a port from 1024"
    if getattr(error, "errno", None) == errno.EADDRINUSE:
        return "stop the program that uses it, or choose another port"
    return "name an address of this machine: 127.0.0.1, or 0.0.0.0 for all it has"


async def _serve(settings: "Settings", duties: frozenset["Duty"], listener: socket.socket, prepare: Any) -> None:
    import uvicorn

    from bot.app import build

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            # Pages that wait for news would keep the server from stopping.
            app.web.state.streams.stop()
            super().handle_exit(sig, frame)

    async with build(settings, duties=duties) as app:
        gc.freeze()
        gc.enable()
        if prepare is not None:
            await prepare(app)
        config = uvicorn.Config(
            app.web,
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=GRACE,
            proxy_headers=True,
        )
        server = Server(config)
        # Once stopped, the server raises the signal again, which by itself would end the process before what was begun
        # is put away; and one that comes before the server listens to signals must not be lost.
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, server.handle_exit)
        _say_where(app)
        await _say_first_link(app)
        await server.serve(sockets=[listener])


async def _say_first_link(app: "App") -> None:
    """While nobody can sign in to the console as administrator: how the first one gets in."""
    from bot.parts import start_address
    from handlers.signing.enrolling import first_link

    console = app.web.state.site.console
    token = await first_link(console.gate, now=app.clock.now())
    if token is not None:
        click.echo("Nobody looks after this installation yet. Who opens this address becomes its administrator:")
        click.echo(f"  {start_address(app.settings, token)}   (works once, for 24 hours)")


def _say_where(app: "App") -> None:
    address = app.settings.address
    click.echo(f"Chung Tay: {address}   (officers: {address}/console, health: {address}/health)   Ctrl+C to stop")

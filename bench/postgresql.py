"""A PostgreSQL server as it runs for real, and a database of it for each measurement."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count

from tests.support.databases import NoServerError, Server, execute, postgresql_server

_NUMBERS = count(1)


@contextmanager
def own_server() -> Iterator[Server | None]:
    """One for all measurements; None where none can be had, which is said."""
    with ExitStack() as stack:
        server = None
        try:
            server = stack.enter_context(postgresql_server())
        except NoServerError as error:
            print(f"left out: {error}", file=sys.stderr)
        if server is not None:
            # The tests' server does not sync, which would flatter it here: the server's own settings come back.
            execute(server.url, "ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()")
        yield server


@contextmanager
def database(server: Server) -> Iterator[str]:
    """The URL of an empty one, gone afterwards."""
    name = f"chungtay_bench_{next(_NUMBERS)}"
    server.create(name)
    try:
        yield server.url_of(name)
    finally:
        server.drop(name)

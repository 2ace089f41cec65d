"""`chungtay` that kills itself at a named step of the way of a post, for trials of what a power cut does there.

CHUNGTAY_TEST_INBOX_KILL says where. At the house that keeps posts: "kept" is stored and not answered, "let-go" deleted
and not answered. At the one that fetches them: "fetched" is before anything is stored, "handed" stored and not told,
"told" right after the other one has let go.
"""

import os
import signal
import sys
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from tests.support.without import main as chungtay

VARIABLE = "CHUNGTAY_TEST_INBOX_KILL"
AT_THE_KEEPER = ("kept", "let-go")
AT_THE_FETCHER = ("fetched", "handed", "told")


def _after(kind: type, name: str) -> None:
    """The process ends when this method has done something, before anybody hears of it."""
    whole: Callable[..., Awaitable[Any]] = getattr(kind, name)

    @wraps(whole)
    async def done(self: Any, *arguments: Any, **options: Any) -> Any:
        result = await whole(self, *arguments, **options)
        if result or result is None:
            sys.stderr.write(f"\nkilled itself at {os.environ[VARIABLE]}\n")
            sys.stderr.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(kind, name, done)


def main() -> None:
    """Lie in wait where the variable says, then run the command."""
    if step := os.environ.get(VARIABLE):
        from bot.channels.telegram.receiving import Webhook
        from bot.held.asking import House
        from bot.held.holding import Holding

        steps: dict[str, tuple[type, str]] = {
            "kept": (Holding, "_keep"),
            "let-go": (Holding, "taken"),
            "fetched": (House, "posts"),
            "handed": (Webhook, "post"),
            "told": (House, "taken"),
        }
        _after(*steps[step])
    chungtay()


if __name__ == "__main__":
    main()

"""`python -m bot.channels.zalo.rotate`: ask Zalo for the next pair of tokens, and write it down before anything else.

A process and a session of its own: whatever becomes of who began it, the answer is kept. It is told what to do over
its standard input, so that no list of processes shows a secret, and says over its standard output how it went.
"""

import json
import signal
import sys
from pathlib import Path
from typing import Any

from bot.channels.zalo import oauth
from bot.channels.zalo.oauth import Given, OAuthError
from bot.channels.zalo.spool import Spool, trace
from db.sealing import Seal

LONGEST = 60  # seconds; then it ends, and what was on its way is lost


def main() -> None:
    """One rotation. Its last line is {"ok": true} or {"code": why not}."""
    # Who stops the service stops all of its processes: this one goes on until the answer is kept.
    for one in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)
    try:
        task = json.loads(sys.stdin.buffer.read())
    except ValueError:
        return  # who began it died while telling what to do: nothing was asked
    signal.alarm(LONGEST)
    told: dict[str, Any] = {"ok": True}
    try:
        keep(task, ask(task))
    except OAuthError as error:
        told = {"code": error.code}
    except OSError:
        told = {"code": "disk"}
    sys.stdout.write(json.dumps(told) + "\n")


def ask(task: dict[str, Any]) -> Given:
    """The next pair. Raises OAuthError."""
    return oauth.refresh(task["base"], app_id=task["app_id"], secret=task["secret"], token=task["refresh"])


def keep(task: dict[str, Any], given: Given) -> None:
    """Write it down, with what it takes the place of. Raises OSError."""
    spool = Spool(Path(task["folder"]), task["account"], Seal(bytes.fromhex(task["key"])))
    spool.write({**given.plain(), "of": trace(task["refresh"]), "at": task["at"]})


if __name__ == "__main__":
    main()

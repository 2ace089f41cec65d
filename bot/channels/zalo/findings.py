"""What an operator asks about when nothing comes in: when Zalo's last post was taken, when one was refused, and why.

A small file beside the database, so that `chungtay zalo doctor` sees what the running service saw. It holds no secret
and nothing of what was posted, and is written a few times a minute at most: anybody may post nonsense.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

NOT_AGAIN_WITHIN = timedelta(seconds=20)
TAKEN, REFUSED, STANDING = "taken", "refused", "standing"


class Findings:
    """Of one account."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written: dict[str, datetime] = {}

    def taken(self, now: datetime) -> None:
        """A post was taken."""
        self._note(TAKEN, now, {})

    def refused(self, now: datetime, which: str) -> None:
        """A post was refused; `which` of our secrets it was signed with, if with any."""
        self._note(f"{REFUSED}:{which}" if which else REFUSED, now, {"key": which})

    def standing(self, now: datetime, told: Mapping[str, Any]) -> None:
        """What Zalo says of the account."""
        self._note(STANDING, now, told)

    def read(self) -> dict[str, Any]:
        """All of it; empty where nothing was noted yet, or where it is damaged."""
        with suppress(OSError, ValueError):
            found = json.loads(self._path.read_bytes())
            return found if isinstance(found, dict) else {}
        return {}

    def _note(self, what: str, now: datetime, told: Mapping[str, Any]) -> None:
        before = self._written.get(what)
        if before is not None and abs(now - before) < NOT_AGAIN_WITHIN:
            return
        self._written[what] = now
        noted = {**self.read(), what.partition(":")[0]: {"at": now.isoformat(), **told}}
        with suppress(OSError):  # it is a help, and nothing rests on it
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            half = self._path.with_suffix(".new")
            half.write_text(json.dumps(noted), "utf-8")
            half.replace(self._path)

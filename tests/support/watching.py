"""Plays every golden conversation once for a whole run: what was said, and which handlers answered."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge import Knowledge
from core.conversation import Turn
from handlers import ROUTERS
from handlers.routing import Router
from tests.support.golden import play, read_script

CONVERSATIONS = Path(__file__).parents[1] / "conversations"
TABLES = ("presses", "words", "states", "decisions", "actions")

# Conversations that are written from several addresses.
SEVERAL = ("joining", "officer-chat", "officer-notices")
# What offices and their loops do beside a talk (tests/support/golden.py).
OF_THE_OFFICE = re.compile(r"(?m)^! (?:offer|fair|asks|teaches|surveys)\b")

Seen = set[tuple[str, str]]


@dataclass
class Played:
    """What came of it."""

    texts: dict[Path, str] = field(default_factory=dict)
    faults: dict[Path, Exception] = field(default_factory=dict)  # a conversation that could not be played
    seen: Seen = field(default_factory=set)  # (router, what it was called for) of every handler that answered


def play_all(knowledge: Knowledge) -> Played:
    """One after the other, each in a room of its own."""
    played = Played()
    with pytest.MonkeyPatch.context() as patch:
        for router in ROUTERS:
            watch(router, played.seen, patch)
        for path in sorted(CONVERSATIONS.glob("*.txt")):
            try:
                played.texts[path] = asyncio.run(play(read_script(path.read_text("utf-8")), knowledge))
            except Exception as fault:
                played.faults[path] = fault
    return played


def of_one_address() -> list[Path]:
    """The conversations that one person holds at one address of a provider, without anything that an office does."""
    found = [path for path in sorted(CONVERSATIONS.glob("*.txt")) if path.stem not in SEVERAL]
    return [path for path in found if not OF_THE_OFFICE.search(path.read_text("utf-8"))]


def watch(router: Router, found: Seen, patch: pytest.MonkeyPatch) -> None:
    """Note each answer of a router's handlers."""
    for name in TABLES:
        table: dict[Any, Any] = getattr(router, name)
        watched = {key: noting(handler, found, router.name, f"{name}:{key}") for key, handler in table.items()}
        patch.setattr(router, name, watched)
    for name in ("first", "late"):
        patch.setattr(router, name, [noting(one, found, router.name, name) for one in getattr(router, name)])


def noting(handler: Callable[..., Turn | None], found: Seen, router: str, what: str) -> Callable[..., Turn | None]:
    """The same handler, noted when it answers."""

    def noted(*arguments: Any, **keywords: Any) -> Turn | None:
        turn = handler(*arguments, **keywords)
        if turn is not None:
            found.add((router, what))
        return turn

    return noted

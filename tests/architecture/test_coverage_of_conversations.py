"""What is registered is shown: every router, every decision, every topic's card and every channel has its tests."""

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.app import Knowledge
from content.understanding import Decision
from core.conversation import Turn
from handlers import ROUTERS
from handlers.routing import Router
from tests.support.golden import play, read_script

CONVERSATIONS = Path(__file__).parents[1] / "conversations"
TODAY = date(2026, 11, 20)
TABLES = ("presses", "words", "states", "decisions", "actions")

Seen = set[tuple[str, str]]


@pytest.fixture(scope="module")
def seen(knowledge: Knowledge) -> Seen:
    """(router, what it was called for) of every handler that answered in some golden conversation."""
    found: Seen = set()
    with pytest.MonkeyPatch.context() as patch:
        for router in ROUTERS:
            watch(router, found, patch)
        for path in sorted(CONVERSATIONS.glob("*.txt")):
            asyncio.run(play(read_script(path.read_text("utf-8")), knowledge))
    return found


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


def test_every_router_answers_in_some_conversation(seen: Seen) -> None:
    missing = {router.name for router in ROUTERS} - {name for name, _ in seen}
    assert not missing


def test_every_awaited_answer_and_every_decision_is_shown(seen: Seen) -> None:
    tables = ("states", "decisions")
    known = {(router.name, f"{name}:{key}") for router in ROUTERS for name in tables for key in getattr(router, name)}
    assert len(known) > 10
    missing = sorted(known - seen)
    assert not missing


def test_every_decision_of_the_understanding_has_somebody_who_answers() -> None:
    by_filter = {Decision.DANGER, Decision.FRAUD, Decision.CAUTION}  # looked at before anything else
    by_table = {key for router in ROUTERS for key in router.decisions} | {Decision.ACTION}
    assert by_filter | by_table == set(Decision)


def test_every_topic_with_a_card_is_shown(knowledge: Knowledge) -> None:
    shown = "\n".join(path.read_text("utf-8") for path in CONVERSATIONS.glob("*.txt"))
    content = knowledge.content
    cards = {
        topic: {
            card.short.splitlines()[0]
            for locality in content.localities
            if (card := content.card(topic, locality=locality, on=TODAY, lang="vi"))
        }
        for topic in content.topics
    }
    told = {topic: answers for topic, answers in cards.items() if answers}
    assert len(told) >= 10
    missing = sorted(topic for topic, answers in told.items() if not any(answer in shown for answer in answers))
    assert not missing


def test_every_channel_has_tests(root: Path, tree: list[Path]) -> None:
    channels = {path.stem for path in tree if path.parent == Path("bot/channels")} - {"__init__"}
    tests = [path for path in tree if path.parts[0] == "tests" and path.suffix == ".py"]
    text = "\n".join((root / path).read_text("utf-8") for path in tests)
    assert channels >= {"terminal", "webchat"}
    assert not {name for name in channels if f"bot.channels.{name} import" not in text}

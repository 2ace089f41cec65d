"""What is registered is shown: every router, every decision, every topic's card and every channel has its tests."""

from datetime import date
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from content.understanding import Decision
from handlers import ROUTERS
from tests.support.watching import CONVERSATIONS, Played, Seen

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def seen(played: Played) -> Seen:
    """(router, what it was called for) of every handler that answered in some golden conversation."""
    return played.seen


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

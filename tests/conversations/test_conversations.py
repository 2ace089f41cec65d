"""Every conversation of this folder goes as it is written down, and what is registered is shown by one of them."""

from datetime import date
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from content.understanding import Decision
from handlers import ROUTERS
from tests.support.watching import CONVERSATIONS, Played, Seen

TODAY = date(2026, 11, 20)
SILENT = {"meanwhile"}  # says nothing, which no conversation can show: tests/officers/test_talking.py
FILES = sorted(CONVERSATIONS.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_goes_as_written(path: Path, played: Played, request: pytest.FixtureRequest) -> None:
    if path in played.faults:
        raise played.faults[path]
    now = played.texts[path]
    if request.config.getoption("--update-golden"):
        path.write_text(now, "utf-8")
        return
    assert now == path.read_text("utf-8"), f"{path.name} goes otherwise now; if that is right: pytest --update-golden"


def test_there_are_conversations() -> None:
    assert len(FILES) > 20


@pytest.fixture(scope="module")
def seen(played: Played) -> Seen:
    """(router, what it was called for) of every handler that answered in some golden conversation."""
    return played.seen


def test_every_router_answers_in_some_conversation(seen: Seen) -> None:
    missing = {router.name for router in ROUTERS} - {name for name, _ in seen} - SILENT
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

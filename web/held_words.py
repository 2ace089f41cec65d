"""What an operator reads of posts that one house keeps for another."""

from datetime import datetime
from typing import TYPE_CHECKING

from content.wording import Wording
from core.caps import LOCAL

if TYPE_CHECKING:
    from web.health import Check

KINDS = ("pulling", "holding")  # we fetch from another house; we keep for another house


def kind_of(name: str) -> tuple[str, str] | None:
    """Kind and account, where a part is one of these.

    >>> kind_of("pulling zalo.dak-cam"), kind_of("disk")
    (('pulling', 'zalo.dak-cam'), None)
    """
    kind, _, account = name.partition(" ")
    return (kind, account) if kind in KINDS and account else None


def detail_of(check: "Check", words: Wording) -> str:
    """How it goes, what is wrong, and what to do."""
    return _pulling(check, words) if check.name.startswith("pulling ") else _holding(check, words)


def _pulling(check: "Check", words: Wording) -> str:
    last, refused = check.facts.get("last_pull"), check.facts.get("refused")
    told = [words.text(f"web.health.pulling.{check.detail}")] if check.detail else []
    told.append(
        words.text("web.health.pulling.last", at=_moment(last))
        if isinstance(last, str)
        else words.text("web.health.pulling.never")
    )
    if refused:
        told.append(words.text("web.health.pulling.refused", count=refused))
    return " ".join(told)


def _holding(check: "Check", words: Wording) -> str:
    oldest = check.facts.get("oldest")
    if not isinstance(oldest, str):
        return words.text("web.health.holding.none")
    told = [words.text("web.health.holding.some", count=check.facts.get("held"), at=_moment(oldest))]
    if check.detail:
        told.append(words.text(f"web.health.holding.{check.detail}"))
    return " ".join(told)


def _moment(told: str) -> str:
    return f"{datetime.fromisoformat(told).astimezone(LOCAL):%H:%M %d/%m/%Y}"

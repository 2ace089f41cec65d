"""A notice in words: to whom it goes, how it is sent, what changed in it since it was approved last."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from content import audiences
from content.citations import Stands, citations
from content.formatting import date_text
from core.audience import Audience
from core.campaigns import Notice
from core.caps import LOCAL
from web.console.notices.along import lines_of
from web.console.visit import Visit

_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A part of a notice that is not as it was: its words, each run of them the same, gone or new."""

    name: str
    runs: tuple[tuple[str, str], ...] = field(repr=False)  # kind ("same", "gone", "new") and words


def audience_lines(visit: Visit, audience: Audience) -> list[str]:
    """To whom it goes: lines that all hold."""
    return audiences.audience_lines(visit.console.content, visit.words, audience)


def topic_title(visit: Visit, topic: str) -> str:
    """A topic's name; its id where no pack has it any more."""
    return audiences.topic_title(visit.console.content, visit.words, topic)


def sending_lines(visit: Visit, notice: Notice) -> list[str]:
    """How it is sent."""
    words, said = visit.words, []
    if notice.urgent:
        said.append(words.text("console.sending.urgent"))
    minutes = -(-notice.hold_back // 60)
    name = "console.sending.hold-back" if minutes else "console.sending.at-once"
    said.append(words.text(name, **({"minutes": minutes} if minutes else {})))
    if notice.not_after is not None:
        local = notice.not_after.astimezone(LOCAL)
        said.append(words.text("console.sending.not-after", moment=f"{local:%H:%M %d/%m/%Y}"))
    hours = notice.fall_back
    said.append(
        words.text("console.sending.fall-back", hours=hours) if hours else words.text("console.sending.no-other")
    )
    said.append(words.text(f"console.sending.doubt.{notice.on_doubt}"))
    if notice.topics:
        said.append(
            words.text("console.sending.topics", topics=", ".join(topic_title(visit, one) for one in notice.topics))
        )
    return said


def cited(visit: Visit, notice: Notice) -> list[tuple[str, str]]:
    """The documents that its words and its source name and that do not hold today: kind of warning and sentence."""
    on, words = visit.now.astimezone(LOCAL).date(), visit.words
    text = "\n".join((*notice.text.values(), notice.source))
    places = sorted(notice.localities)
    known = places[0] if places and places[0] in visit.console.content.localities else None
    return [
        (
            "warning" if one.stands is not Stands.UNKNOWN else "info",
            words.text(
                f"console.cited.{one.stands}",
                document=one.document,
                **({"date": date_text(one.day, words.lang)} if one.day else {}),
            ),
        )
        for one in citations(visit.console.content, text, locality=known, on=on)
        if one.stands is not Stands.IN_FORCE
    ]


def changes(visit: Visit, before: Notice, now: Notice) -> list[Change]:
    """What is not as it was, part by part."""
    words = visit.words
    parts = (
        ("console.compose.title", before.title, now.title),
        ("console.compose.source", before.source, now.source),
        ("console.compose.text.vi", before.text["vi"], now.text["vi"]),
        ("console.compose.text.en", before.text.get("en", ""), now.text.get("en", "")),
        (
            "console.notice.audience",
            "\n".join(audience_lines(visit, before.audience)),
            "\n".join(audience_lines(visit, now.audience)),
        ),
        ("console.along", lines_of(visit, before), lines_of(visit, now)),
        ("console.notice.sending", "\n".join(sending_lines(visit, before)), "\n".join(sending_lines(visit, now))),
    )
    return [Change(name=words.text(name), runs=tuple(runs(old, new))) for name, old, new in parts if old != new]


def runs(before: str, now: str) -> Iterator[tuple[str, str]]:
    """Two texts as one, word by word.

    >>> list(runs("Mở lớp may sáng thứ Hai.", "Mở lớp may chiều thứ Hai."))
    [('same', 'Mở lớp may '), ('gone', 'sáng '), ('new', 'chiều '), ('same', 'thứ Hai.')]
    """
    old, new = _WORD.findall(before), _WORD.findall(now)
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(new[c:d])
            continue
        if b > a:
            yield "gone", "".join(old[a:b])
        if d > c:
            yield "new", "".join(new[c:d])

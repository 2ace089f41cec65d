"""What is wrong in the questions of a pack, beyond what one key alone shows."""

from collections.abc import Iterator

from content.faults import Fault
from content.library import Folder, Library
from content.record import Text
from content.selfcheck.schema import Question
from content.voice import TextKind, check_text
from content.yamlfile import Path

SHORT = ("members", "children", "allowance", "sources", "floor")  # questions that the reckoning reads by name


def questionnaire_faults(folder: Folder, library: Library) -> Iterator[Fault]:
    """Texts that break the rules of the voice, and what the standards or the reckoning need and do not find."""
    placed = folder.questionnaire
    if placed is None:
        return
    for index, question in enumerate(placed.value.questions):
        for path, text, kind in _texts(question):
            for lang in ("vi", "en"):
                for rule, what in check_text(text.get(lang), kind, lang):
                    yield placed.fault(("questions", index, *path, lang), f"{rule}: {what}", "see docs/packs.md")
    known = {one.id for one in placed.value.questions}
    for name in SHORT:
        if name not in known:
            yield placed.fault(("questions",), f'no question "{name}"', "the self-check reckons with it: add it")
    indicators = {one.id for standard in library.standards(folder.name).values() for one in standard.indicators}
    for name in placed.value.proofs:
        if name not in indicators:
            yield placed.fault(
                ("proofs", name), f'no indicator "{name}"', f"use one of {', '.join(sorted(indicators))}"
            )


def _texts(question: Question) -> Iterator[tuple[Path, Text, TextKind]]:
    yield ("name",), question.name, TextKind.TITLE
    yield ("ask",), question.ask, TextKind.MESSAGE
    yield ("why",), question.why, TextKind.MESSAGE
    if question.none:
        yield ("none",), question.none, TextKind.BUTTON
    for key, text in question.asks.items():
        yield ("asks", key), text, TextKind.MESSAGE
    for index, option in enumerate(question.options):
        if option.label:
            yield ("options", index, "label"), option.label, TextKind.BUTTON
        if option.text:
            yield ("options", index, "text"), option.text, TextKind.SENTENCE

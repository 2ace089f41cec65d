"""Every sentence of the catalogues keeps the rules that a machine can check, in both languages."""

import re
from pathlib import Path

import pytest

from content.voice import check_text
from content.wording import LANGUAGES, wording

IDS = sorted(wording("vi").ids())
# Written for the operator, or official words on paper, not for citizens on a screen: labels, percentages, capitals.
SPOKEN = [one for one in IDS if not one.startswith(("web.health.", "paper.", "monitoring.official."))]
ASKED_FOR = re.compile(
    r"""(?:say|fill|text|template)\(\s*["']([a-z][a-z0-9_.\-]+)["']|button\(\s*["']([a-z_]+)["']""",
)


def kind_of(message_id: str) -> str:
    return "button" if message_id.startswith("button.") else "message"


def test_vietnamese_keeps_the_voice() -> None:
    said = {one: check_text(wording("vi").template(one), kind_of(one)) for one in SPOKEN}
    assert {one: faults for one, faults in said.items() if faults} == {}


def test_both_languages_say_the_same_things() -> None:
    assert set(wording("en").ids()) == set(IDS)


# English counts hours to twelve and says which half of the day: web/bubbles.py brings both along.
def test_english_needs_nothing_that_vietnamese_does_not_bring() -> None:
    needed = {one: wording("en").places(one) - wording("vi").places(one) for one in IDS if one != "web.time"}
    assert {one: places for one, places in needed.items() if places} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_buttons_fit_and_differ(lang: str) -> None:
    labels = [wording(lang).template(one) for one in IDS if one.startswith("button.")]
    assert [label for label in labels if not 2 <= len(re.sub(r"\{.*?\}", "Mường Lay", label)) <= 20] == []


def test_every_sentence_the_conversations_ask_for_exists() -> None:
    known, missing = set(IDS), set()
    for path in [*Path("handlers").rglob("*.py"), *Path("content").glob("*.py"), *Path("web").glob("*.py")]:
        for plain, button in ASKED_FOR.findall(path.read_text("utf-8")):
            message_id = plain or f"button.{button}"
            if message_id not in known and not message_id.endswith("."):
                missing.add(f"{path}: {message_id}")
    assert missing == set()

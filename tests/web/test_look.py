"""The look as numbers: contrast computed from the style sheet itself, sizes, bytes, sentences."""

import re
from pathlib import Path

import pytest
from httpx import AsyncClient

from content.wording import LANGUAGES, wording
from tests.web.visiting import Visitor
from web import rendering
from web.rendering import assets

CSS = assets()["chat.css"].content.decode()
WEB = Path(rendering.__file__).parent
LIGHT, DARK = 0, 1

# Foreground, ground, and the ratios of the voice guide's table 8.2 (light, dark).
TABLE = [
    ("text", "page", 15.33, 15.44),
    ("text", "surface", 16.46, 13.76),
    ("text", "me", 13.36, 9.91),
    ("muted", "page", 6.98, 9.56),
    ("muted", "surface", 7.49, 8.52),
    ("muted", "me", 6.08, 6.14),
    ("primary", "surface", 8.20, 8.45),
    ("primary", "page", 7.63, 9.48),
    ("primary", "me", 6.65, 6.09),
    ("on-primary", "primary", 8.20, 8.72),
    ("on-primary", "pressed", 11.07, 11.02),
    ("visited", "surface", 8.65, 8.72),
    ("line", "surface", 4.56, 5.05),
    ("line", "page", 4.25, 5.67),
    ("focus", "page", 15.43, 13.10),
    ("focus", "surface", 16.57, 11.67),
    ("success", "surface", 6.52, 9.27),
    ("success", "success-ground", 5.74, 8.21),
    ("warning", "surface", 7.41, 10.00),
    ("warning", "warning-ground", 6.72, 8.78),
    ("danger", "surface", 7.28, 7.87),
    ("danger", "danger-ground", 6.36, 7.73),
    ("on-danger", "danger", 7.28, 8.99),
    ("text", "info-ground", 14.33, 11.65),
    ("disabled", "disabled-ground", 4.76, 5.21),
]


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9A-F]{6})", block))


def themes() -> tuple[dict[str, str], dict[str, str]]:
    light = tokens(CSS.partition(":root {")[2].partition("}")[0])
    dark = tokens(CSS.partition(":root[data-theme=dark] {")[2].partition("}")[0])
    return light, dark


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("front", "ground", "light", "dark"), TABLE, ids=str)
def test_contrast_is_as_the_table_says(front: str, ground: str, light: float, dark: float) -> None:
    for theme, told in zip(themes(), (light, dark), strict=True):
        assert contrast(theme[front], theme[ground]) == pytest.approx(told, abs=0.011)
        assert told >= (3 if front in ("line", "focus") else 4.5)


def test_dark_by_device_and_dark_by_choice_are_the_same() -> None:
    by_device = tokens(CSS.partition("(prefers-color-scheme: dark)")[2].partition("}")[0])
    assert by_device == themes()[DARK]
    assert by_device.keys() == themes()[LIGHT].keys()


def test_colours_stand_only_among_the_tokens_and_in_print() -> None:
    rules = CSS.partition("/* More contrast")[2].partition("@media print")[0]
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b(?!\w*\s*[{,.:])", rules) == []


def test_citizen_text_and_buttons_have_their_sizes() -> None:
    assert "font: 400 1.125rem/1.5 system-ui" in CSS
    assert "min-height: 48px; min-width: 48px" in CSS
    assert "outline: 3px solid var(--focus); outline-offset: 2px" in CSS
    for never in ("italic", "justify;", "text-transform", "font-weight: 3", "@import", "url(", "box-shadow"):
        assert never not in CSS


async def test_the_page_with_all_it_needs_is_light(client: AsyncClient, visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    page = await visitor.say("Thẻ bảo hiểm y tế của hộ nghèo làm ở đâu?")
    html = len(page.html.encode())
    static = sum(len(one.content) for name, one in assets().items() if name.startswith("chat."))
    print(f"page bytes: html {html}, styles and script {static}, together {html + static}")
    assert html + static < 40_000


async def test_what_leaves_is_packed_for_those_who_pay_by_the_byte(client: AsyncClient) -> None:
    name = assets()["chat.css"].name
    packed = await client.get(f"/static/{name}", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(packed.content) / 2


def used_ids() -> set[str]:
    """Message ids written out in templates and code of the pages; a prefix stands for all that begin so."""
    sources = [path.read_text(encoding="utf-8") for path in (*WEB.glob("*.py"), *WEB.glob("templates/*.html"))]
    return {one.rstrip(".") for text in sources for one in re.findall(r"[\"'](web\.[a-z]+(?:\.[a-z0-9]+)*\.?)", text)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_of_the_pages_exists_and_none_is_left_over(lang: str) -> None:
    known = {one for one in wording(lang).ids() if one.startswith("web.")}
    used = used_ids()
    assert {one for one in used if one not in known and not any(id_.startswith(f"{one}.") for id_ in known)} == set()
    computed = ("web.error.", "web.file.", "web.theme.", "web.health.")
    assert {one for one in known if one not in used and not one.startswith(computed)} == set()


def test_the_languages_have_the_same_sentences_with_the_same_places() -> None:
    first, second = (wording(lang) for lang in LANGUAGES)
    ours = [one for one in first.ids() if one.startswith("web.") and one != "web.time"]
    assert [first.places(one) for one in ours] == [second.places(one) for one in ours]

"""A chart: small, harmless, in letters that wrap, and of the colours that can be read."""

import re
from xml.etree import ElementTree

import pytest

from bot.papers.chart import INSIDE, chart_svg
from bot.papers.cleaning import cleaned
from bot.papers.typeset import chart_png
from core.papers import Bar, Bars, Chart

SVG = "{http://www.w3.org/2000/svg}"
EVIL = '</text><script>alert("x")</script> & \x00\ud800'


def chart(**parts: object) -> Chart:
    values = {
        "title": "Năm 2026: 5 trong 18 dòng sổ đã gửi được",
        "groups": (Bars(title="Kết quả", bars=(Bar(label="Bỏ qua", told="9", share=0.5),)),),
        "alt": "Bỏ qua: 9",
        **parts,
    }
    return Chart(**values)  # type: ignore[arg-type]


def drawn(one: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(chart_svg(cleaned(one)))


def test_words_are_never_markup() -> None:
    bars = Bars(title=EVIL, bars=(Bar(label=EVIL, told=EVIL, share=1),))
    root = drawn(
        chart(title=EVIL, lines=(EVIL,), groups=(bars,), table=((EVIL, EVIL), (EVIL, EVIL)), footer=(EVIL,), alt=EVIL)
    )
    assert {each.tag.removeprefix(SVG) for each in root.iter()} == {"svg", "title", "desc", "rect", "text"}
    shown = '</text><script>alert("x")</script> &'
    assert root.findtext(f"{SVG}title") == root.findtext(f"{SVG}desc") == shown
    assert root.get("aria-labelledby") == "title desc" and root.get("role") == "img"


@pytest.mark.parametrize(("share", "wide"), [(1.0, [INSIDE]), (0.5, [INSIDE / 2]), (0.0001, [2]), (0, []), (None, [])])
def test_a_bar_begins_at_nothing(share: float | None, wide: list[float]) -> None:
    root = drawn(chart(groups=(Bars(title="", bars=(Bar(label="a", told="1", share=share),)),)))
    bars = [each for each in root.iter(f"{SVG}rect") if each.get("fill") == "#1B4F8F"]
    assert [float(each.get("width", "")) for each in bars] == wide and {each.get("x") for each in bars} <= {"12"}


def test_long_words_go_on_below_and_all_of_it_is_within() -> None:
    word = "x" * 90
    plain, long = drawn(chart()), drawn(chart(title=word, lines=(f"{word} " * 3,)))
    texts = list(long.iter(f"{SVG}text"))
    assert "".join(each.text or "" for each in texts[:-3]).replace(" ", "") == word * 4
    assert int(long.get("height", "")) > int(plain.get("height", ""))
    lowest = max(float(each.get("y", "")) for each in texts)
    assert lowest < int(long.get("height", "")) and len(max((each.text or "" for each in texts), key=len)) < 50


def test_it_is_small_however_many_places_there_are() -> None:
    rows = tuple(("Thôn " + "đường " * 10, "1.000.000", "999.999") for _ in range(41))
    one = chart(table=(("Nơi ở", "Cả sổ", "Đã gửi"), *rows), alt="; ".join(" ".join(row) for row in rows))
    assert len(chart_svg(cleaned(one))) < 60_000


def test_as_points_it_shows_the_same_letters() -> None:
    assert chart_png(chart()) != chart_png(chart(title="Năm 2027"))
    assert chart_png(chart()) == chart_png(chart())


def test_its_colours_can_be_read() -> None:
    raw = chart_svg(chart(lines=("a",), table=(("a", "b"), ("c", "d")))).decode()
    inks = {*re.findall(r'<(?:text|svg)[^>]* fill="(#\w+)"', raw)}
    assert inks and all(contrast(ink, "#FFFFFF") >= 4.5 for ink in inks)
    assert contrast("#1B4F8F", "#FFFFFF") >= 3  # the bars


def contrast(one: str, other: str) -> float:
    """By the formula of WCAG, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

"""Every ready-made post as people read it, kept as text: a change of words or figures shows in the diff.

`pytest tests/series/test_golden.py --update-golden` writes them anew; the diff is the review. Day: 20 November 2026.
"""

from datetime import date
from pathlib import Path

import pytest

from content.catalogue import Catalogue
from content.loader import load_catalogue

GOLDEN = Path(__file__).parent / "golden"
DAY = date(2026, 11, 20)
FIRST = "dak-cam"
CONTENT = load_catalogue()
SERIES = sorted(CONTENT.series(locality=FIRST))


def told(content: Catalogue, series: str) -> str:
    """All posts: in Đăk Cấm in both languages, elsewhere where they say something else."""
    lines: list[str] = []
    for post in content.series(locality=FIRST)[series].posts:
        lines += [f"## {post.id}", ""]
        here = _said(content, series, post.id, FIRST, "vi")
        lines += [f"{FIRST}:", here, "", "in English:", _said(content, series, post.id, FIRST, "en"), ""]
        for place in sorted(content.localities):
            there = _said(content, series, post.id, place, "vi")
            if place != FIRST and _plain(content, there, place) != _plain(content, here, FIRST):
                lines += [f"{place}:", there, ""]
    return "\n".join(lines)


def _said(content: Catalogue, series: str, post: str, place: str, lang: str) -> str:
    one = content.post(series, post, locality=place, on=DAY, lang=lang)
    return "(nothing that it rests on holds on this day)" if one is None else f"{one.text}\n[{one.source}]"


def _plain(content: Catalogue, text: str, place: str) -> str:
    """The same without the names of the place."""
    for lang in ("vi", "en"):
        text = text.replace(content.place(locality=place, on=DAY, lang=lang), "{place}")
        text = text.replace(content.committee(locality=place, on=DAY, lang=lang), "{committee}")
    return text


@pytest.mark.parametrize("series", SERIES)
def test_each_post_reads_as_written(series: str, request: pytest.FixtureRequest) -> None:
    path, now = GOLDEN / f"{series}.txt", told(CONTENT, series)
    if request.config.getoption("--update-golden"):
        path.write_text(now, "utf-8")
    assert now == path.read_text("utf-8"), f"{path.name} reads otherwise now; if that is right: pytest --update-golden"


def test_there_is_a_text_for_each_series() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.txt")) == SERIES

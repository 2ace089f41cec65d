"""The ready-made posts as people of each place read them on their days."""

import re
from datetime import date
from functools import cache

import pytest

from bot.knowledge import Knowledge
from content.catalogue import Catalogue
from content.series.proposing import propose
from content.voice import TextKind, check_text
from core.schedules import NewOccurrence
from core.text import fold

FIRST, LAST = date(2026, 11, 21), date(2027, 12, 31)
READY = ("peak-month", "weekly", "review-season", "tet", "storm", "hunger", "job-fair", "course")
NEVER = "hăng hái|sôi nổi|quyết tâm|ra sức|thi đua lập|phát huy|ý nghĩa sâu sắc|quan tâm của|hãy|đừng để con|chỉ còn"


@pytest.fixture(scope="module")
def content(knowledge: Knowledge) -> Catalogue:
    return knowledge.content


@cache
def posts_of(content: Catalogue, place: str, name: str) -> list[NewOccurrence]:
    """All that a series would send to a place, with what comes on each of its days."""
    series = content.series(locality=place)[name]
    if not series.begins.named:
        first = FIRST if series.begins.weekly else date(2026, 9, 1)  # so that the whole autumn is in it
        return propose(content, series, place, first, LAST)[0]
    days = (date(2026, 12, 1), date(2027, 6, 1))
    return [one for day in days for one in propose(content, series, place, FIRST, LAST, begins=day)[0]]


def test_what_is_there(content: Catalogue) -> None:
    assert tuple(sorted(content.series(locality=None))) == tuple(sorted(READY))
    series = content.series(locality=None)
    assert len(series["peak-month"].posts) >= 8 and len(series["weekly"].posts) == 52
    assert {post.topic for post in series["weekly"].posts} == set(content.topics)


@pytest.mark.parametrize("name", READY)
def test_each_post_is_told_on_its_days_and_fits_a_small_screen(content: Catalogue, name: str) -> None:
    for place in content.localities:
        posts = posts_of(content, place, name)
        assert {one.post for one in posts} == {post.id for post in content.series(locality=place)[name].posts}
        for one in posts:
            for lang in ("vi", "en"):
                # Without the code that is told with every notice.
                said = f"{one.notice.said(lang)}\n{'Nguồn' if lang == 'vi' else 'Source'}: {one.notice.source}"
                assert len(said) <= 320, (one.post, place, len(said), said)
                assert "{" not in said and one.notice.source


@pytest.mark.parametrize("name", READY)
def test_each_keeps_to_the_voice(content: Catalogue, name: str) -> None:
    for place in content.localities.values():
        here = content.place(locality=place.id, on=FIRST)
        names = [here, *(one.name for one in place.movement), *(one.name.vi for one in place.offices)]
        for one in posts_of(content, place.id, name):
            said = one.notice.said("vi")
            assert check_text(said, TextKind.MESSAGE, names=names) == [], (one.post, said)
            assert re.search(NEVER, re.sub("“[^”]*”", "", said), re.IGNORECASE) is None, (one.post, said)


def test_no_two_posts_share_a_paragraph(content: Catalogue) -> None:
    said: dict[str, str] = {}
    for series in content.series(locality=None).values():
        for post in series.posts:
            for lang in ("vi", "en"):
                for line in post.text.get(lang).split("\n"):
                    assert said.setdefault(fold(line), post.id) == post.id, (post.id, said[fold(line)], line)


def test_nobody_gets_more_than_two_a_week_of_one_series(content: Catalogue) -> None:
    for series in content.series(locality=None).values():
        if series.urgent or series.begins.weekly:
            continue
        if series.id in ("job-fair",):
            continue  # the day before and the day itself: the caps carry the later ones on
        days = sorted(post.day for post in series.posts if post.day is not None)
        assert all(sum(0 <= other - day < 7 for other in days) <= 2 for day in days), series.id


def test_the_movement_stands_as_the_plan_words_it(content: Catalogue) -> None:
    named = {
        "dak-cam": "“Cả nước chung tay vì người nghèo - không để ai bị bỏ lại phía sau”",
        "hong-linh": "“Hồng Lĩnh chung tay vì người nghèo - Không để ai bị bỏ lại phía sau”",
        "muong-lay": "“Cả nước chung tay vì người nghèo - Không để ai bị bỏ lại phía sau”",
        "phan-rang": "“Vì người nghèo - Không để ai bị bỏ lại phía sau”",
    }
    for place in content.localities:
        told = content.post("peak-month", "opening", locality=place, on=date(2027, 10, 17))
        assert told is not None
        if place in named:
            assert told.text.count(named[place]) == 1 and "movement" not in told.lacks
            assert not any(other in told.text for other in set(named.values()) - {named[place]})
        else:
            assert "không để ai" not in told.text.casefold() and "movement" in told.lacks

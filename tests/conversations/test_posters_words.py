"""What a poster tells people to write first is understood, however the ward calls its hamlets."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from content.loader import PACKS_DIR, load_catalogue
from tests.support.clock import FixedClock
from tests.support.hamlets import fill_in
from tests.support.talk import Talk, talking

HAMLETS = (
    ("thon-3", "Thôn 3"),
    ("kon-hring", "Kon Hring"),
    ("tdp-17", "Tổ dân phố Kon Rờ Bàng Nguyễn Thị Minh Khai số 17"),
    ("so-4", "4"),
)


@pytest.fixture(scope="module")
def filled_in(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The ward's own file over ours."""
    packs: Path = fill_in(tmp_path_factory.mktemp("packs"), *HAMLETS)
    return Knowledge(content=load_catalogue(PACKS_DIR, packs), understanding=knowledge.understanding)


@pytest.fixture
def talk(filled_in: Knowledge) -> Iterator[Talk]:
    """Somebody in front of a poster of Đăk Cấm."""
    with talking(filled_in, FixedClock()) as somebody:
        yield somebody


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Thôn 3", "Thôn 3"),
        ("thon 3", "Thôn 3"),
        ("kon hring", "Kon Hring"),
        ("tổ dân phố kon rờ bàng nguyễn thị minh khai số 17", HAMLETS[2][1]),
    ],
)
def test_a_telegram_or_web_code_and_the_hamlets_name(talk: Talk, written: str, name: str) -> None:
    assert "phường Đăk Cấm" in talk.press("start:dak-cam")
    assert f"{name}, phường Đăk Cấm" in talk(written)


@pytest.mark.parametrize("hamlet", ["Thôn 3", "Kon Hring", HAMLETS[2][1]])
def test_where_the_place_is_not_known_its_name_and_then_the_hamlets(talk: Talk, hamlet: str) -> None:
    assert "thôn, tổ dân phố nào" in talk("Đăk Cấm")
    assert f"{hamlet}, phường Đăk Cấm" in talk(hamlet)


def test_a_number_is_a_choice_and_no_hamlet(talk: Talk) -> None:
    talk.press("start:dak-cam")
    assert "4, phường Đăk Cấm" not in talk("4")


def test_a_question_that_names_the_hamlet_is_still_a_question(talk: Talk) -> None:
    talk.press("start:dak-cam")
    assert "Luật sư giúp" in talk("kon hring hỏi trợ giúp pháp lý miễn phí ở đâu")

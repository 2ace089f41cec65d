"""Finding a place as people name it, and the texts an understanding can learn from."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.catalogue import Catalogue


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dak-cam", ["dak-cam"]),
        ("Đăk Cấm", ["dak-cam"]),
        ("dak cam", ["dak-cam"]),
        ("DAK CAM", ["dak-cam"]),
        ("phường Đắk Cấm", ["dak-cam"]),
        ("tôi ở phường đăk cấm ạ", ["dak-cam"]),
        ("p. dak cam", ["dak-cam"]),
        ("Mường Lay", ["muong-lay"]),
        ("thi xa muong lay", ["muong-lay"]),
        ("muong", ["muong-lay"]),
        ("đăk", ["dak-cam"]),
        ("mu", []),
        ("Hà Nội", []),
        ("", []),
        ("🙂", []),
        ("xã", []),
        ("khu vực", []),  # may be a hamlet's
        ("khu vực thị xã mường lay cũ", ["muong-lay"]),
    ],
)
def test_a_place_is_found_as_people_type_it(real: Catalogue, typed: str, found: list[str]) -> None:
    assert [place.id for place in real.find_locality(typed)] == found


@given(typed=st.text(max_size=80))
def test_whatever_is_typed_gives_an_answer(real: Catalogue, typed: str) -> None:
    assert len(real.find_locality(typed)) <= len(real.localities)


def test_two_places_in_one_sentence_are_both_offered(real: Catalogue) -> None:
    found = real.find_locality("từ Mường Lay về Đăk Cấm")
    assert {place.id for place in found} == {"dak-cam", "muong-lay"}


def test_a_very_name_beats_a_name_inside_another(sample: Catalogue) -> None:
    assert [place.id for place in sample.find_locality("mẫu")] == ["thi-mau"]
    assert [place.id for place in sample.find_locality("làng mẫu")] == ["lang-mau"]
    assert [place.id for place in sample.find_locality("bản đỏ")] == ["lang-mau"]


def test_all_forty_topics_have_title_button_and_texts(real: Catalogue) -> None:
    texts = real.understanding_texts()
    assert len(real.topics) == 40
    assert set(texts) == set(real.topics)
    assert all(len(said) >= 2 and all(said) for said in texts.values())
    assert not any("{" in text for said in texts.values() for text in said)
    assert any("Nhà nước đóng" in text for text in texts["health-insurance"])


def test_slogans_stand_as_the_plan_words_them(real: Catalogue) -> None:
    slogan = real.slogan("dak-cam")
    assert slogan is not None
    assert slogan.text == "Cả nước chung tay vì người nghèo - không để ai bị bỏ lại phía sau"


def test_every_office_fact_cites_a_section_of_the_plan(real: Catalogue) -> None:
    for place in real.localities.values():
        cited = [one.section for one in (*place.who, *place.named_no_office, *place.movement)]
        cited += [duty.section for office in place.offices for duty in office.duties]
        assert cited
        assert all(section.startswith(("mục ", "phần ", "toàn ")) for section in cited)


def test_packs_name_no_one_elses_repository(real: Catalogue) -> None:
    packs = Path(__file__).parents[2] / "content" / "packs"
    for path in packs.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert "github" not in text.casefold(), path

"""Whom to ask: what the plan says of which year, and what holds today."""

# ruff: noqa: E501 - a case is one line of its table

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from content.catalogue import Catalogue
from content.loader import load_catalogue
from content.offices import OfficeAnswer, office_answer, offices_answer
from content.record import Text
from content.wording import wording
from core.errors import ContentError

TODAY = date(2026, 11, 20)
Edit = Callable[[str, str, str], int]


@pytest.mark.parametrize(
    ("topic", "locality", "text"),
    [
        ("grain", "lang-mau", "Phòng Lúa gạo xã, theo kế hoạch 2025-2030."),
        ("bridge", "lang-mau", "Hỏi Ủy ban nhân dân xã Làng Mẫu. Kế hoạch 2025-2030 không nêu phòng nào lo việc này."),
        ("desk", "lang-mau", "Phòng Lúa gạo xã lo thóc giống."),
        ("desk", "thi-mau", "Bà con hỏi Ủy ban nhân dân xã, phường nơi mình ở."),
        ("grain", "thi-mau", "Hỏi Ủy ban nhân dân xã, phường nơi mình ở. Kế hoạch năm 2024 giao Phòng Ruộng đất thị xã. Từ 01/7/2025 không còn cấp huyện."),
        ("bridge", "thi-mau", "Hỏi Ủy ban nhân dân xã, phường nơi mình ở. Kế hoạch năm 2024 không nói đến việc này."),
        ("grain", None, "Bà con hỏi Ủy ban nhân dân xã, phường nơi mình ở."),
    ],
)  # fmt: skip
def test_each_case(sample: Catalogue, topic: str, locality: str | None, text: str) -> None:
    assert sample.office(topic, locality=locality, on=TODAY).text == text


def test_before_its_end_the_town_answers_for_itself(sample: Catalogue) -> None:
    answer = sample.office("grain", locality="thi-mau", on=date(2024, 6, 1))
    assert answer.text == "Phòng Ruộng đất thị xã, theo kế hoạch năm 2024."
    assert answer.offices == ("phong-ruong",)
    assert sample.place(locality="thi-mau", on=date(2024, 6, 1)) == "thị xã Mẫu"
    assert sample.place(locality="thi-mau", on=TODAY) == "xã, phường nơi mình ở"
    assert sample.locality("thi-mau").place.vi == "khu vực thị xã Mẫu cũ"  # what people choose
    assert sample.place(locality="thi-mau", on=date(2024, 6, 1), lang="en") == "Mẫu town"


def test_an_office_that_ended_is_not_asked(sample: Catalogue) -> None:
    assert sample.office("grain", locality="thi-mau", on=TODAY).offices == ()


def test_a_plan_whose_years_are_over_sends_to_the_committee(sample: Catalogue) -> None:
    text = sample.office("grain", locality="lang-mau", on=date(2031, 1, 1)).text
    assert text == "Nay hỏi Ủy ban nhân dân xã Làng Mẫu. Trước đây kế hoạch 2025-2030 giao Phòng Lúa gạo xã."


def test_a_reading_of_the_plan_is_told_as_one(edit: Edit, packs: Path) -> None:
    edit("lang-mau/locality.yaml", "basis: assigned", "basis: reading")
    text = load_catalogue(packs).office("grain", locality="lang-mau", on=TODAY).text
    assert text == "Hỏi Phòng Lúa gạo xã. Kế hoạch 2025-2030 không nói rõ, đây là nơi gần việc này nhất."


def test_a_successor_takes_over_once_the_ward_names_it(edit: Edit, packs: Path) -> None:
    edit("thi-mau/locality.yaml", "level: district", 'level: district\nsuccessor: {vi: "phường Mẫu", en: "Mẫu ward"}')
    new = 'duties:\n      - {text: {vi: "phát'
    edit("thi-mau/locality.yaml", new, f'successor: {{vi: "Phòng Lúa phường Mẫu", en: "Phòng Lúa"}}\n    {new}')
    catalogue = load_catalogue(packs)
    text = catalogue.office("grain", locality="thi-mau", on=TODAY).text
    assert text == "Từ 01/7/2025, hỏi Phòng Lúa phường Mẫu. Trước đó kế hoạch năm 2024 giao Phòng Ruộng đất thị xã."
    assert catalogue.office("bridge", locality="thi-mau", on=TODAY).text.startswith("Hỏi Ủy ban nhân dân phường Mẫu.")


def test_address_hours_and_telephone_are_told_when_the_ward_has_entered_them(edit: Edit, packs: Path) -> None:
    filled = 'address: {vi: "Số 1 đường Mẫu", en: "1 Mẫu street"}\n    hours: {vi: "7 giờ đến 11 giờ", en: "7 to 11"}'
    old = 'duties:\n      - {text: {vi: "phát'
    edit("lang-mau/locality.yaml", old, f'{filled}\n    phone: "0912000345"\n    {old}')
    text = load_catalogue(packs).office("grain", locality="lang-mau", on=TODAY).text
    assert text.endswith("Địa chỉ: Số 1 đường Mẫu. Mở cửa: 7 giờ đến 11 giờ. Gọi: 0912 000 345.")


def test_what_an_answer_rests_on(sample: Catalogue) -> None:
    answer = sample.office("grain", locality="lang-mau", on=TODAY)
    assert (answer.plan, answer.section) == ("Kế hoạch 2025-2030 của xã Làng Mẫu", "mục VI.1")
    assert answer.source == "Theo Kế hoạch 2025-2030 của xã Làng Mẫu, mục VI.1. Tính đến ngày 20/11/2026."
    silent = sample.office("bridge", locality="thi-mau", on=TODAY)
    assert silent.section is None
    assert silent.source == "Theo Kế hoạch năm 2024 của thị xã Mẫu. Tính đến ngày 20/11/2026."
    assert sample.office("grain", locality=None, on=TODAY).source is None


def listed(catalogue: Catalogue, locality: str | None, on: date = TODAY) -> OfficeAnswer:
    return offices_answer(catalogue.locality(locality) if locality else None, on, wording("vi"))


def test_the_list_tells_in_a_few_words_what_each_office_is_for(real: Catalogue) -> None:
    answer = listed(real, "dak-cam")
    lines = answer.text.split("\n")
    assert "• Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường lo việc nhờ luật sư giúp." in lines
    assert len(lines) <= 5
    assert len(answer.text) <= 320
    assert answer.section == "mục VI.1, mục VI.2, mục VI.3, mục VI.4"


@pytest.mark.parametrize(
    ("locality", "on"),
    [("muong-lay", TODAY), ("dak-cam", date(2031, 1, 1)), (None, TODAY)],
)
def test_where_no_office_can_be_listed_the_committee_is_named(real: Catalogue, locality: str | None, on: date) -> None:
    assert listed(real, locality, on).text == f"bà con hỏi Ủy ban nhân dân {real.place(locality=locality, on=on)}."
    assert listed(real, locality, on).plan is None


def test_whom_to_ask_names_the_offices_that_lead_most_matters(real: Catalogue) -> None:
    answer = real.office("contact", locality="dak-cam", on=TODAY)
    assert answer.offices == ("phong-kt-ht-dt", "phong-vhxh")
    assert answer.text == (
        "Phòng Kinh tế, Hạ tầng và Đô thị phường lo việc xét hộ nghèo, làm ăn."
        " Phòng Văn hóa - Xã hội phường lo việc làm, học hành, y tế."
    )
    assert answer.section == "mục VI.1, mục VI.2"


def test_whom_to_ask_begins_with_the_reception_once_the_ward_has_entered_it(edit: Edit, packs: Path) -> None:
    edit("lang-mau/locality.yaml", "who:", 'places: {reception: {vi: "nhà số 1", en: "house 1"}}\nwho:')
    answer = load_catalogue(packs).office("desk", locality="lang-mau", on=TODAY)
    assert answer.text == "Nhận giấy tờ tại nhà số 1. Phòng Lúa gạo xã lo thóc giống."
    edit("lang-mau/locality.yaml", "    duties:", '    phone: "0912000345"\n    duties:')
    answer = load_catalogue(packs).office("desk", locality="lang-mau", on=TODAY)
    assert answer.text.endswith("lo thóc giống. Gọi: 0912 000 345.")


def test_the_duty_line_and_the_place_of_legal_aid_are_told_once_entered(real: Catalogue) -> None:
    place = real.locality("dak-cam")
    assert place is not None
    lawyers = place.places.model_copy(update={"legal_aid": Text(vi="phòng số 5", en="room 5")})
    filled = place.model_copy(update={"duty_phone": "02603000000", "places": lawyers})
    asked = office_answer(filled, real.topic("contact"), TODAY, wording("vi")).text
    assert asked.startswith("Số trực của xã, phường: 0260 3000 000.")
    assert office_answer(filled, real.topic("legal-aid"), TODAY, wording("vi")).text.endswith(
        "Nơi luật sư giúp: phòng số 5."
    )
    assert "phòng số 5" not in office_answer(filled, real.topic("housing"), TODAY, wording("vi")).text


@pytest.mark.parametrize("phone", ["0260386200", "026038620000", "02"])
def test_a_landline_short_of_a_digit_is_a_fault(edit: Edit, packs: Path, phone: str) -> None:
    edit("lang-mau/locality.yaml", "    duties:", f'    phone: "{phone}"\n    duties:')
    with pytest.raises(ContentError, match='is no telephone number: a landline has 11 digits, as "02603862000"'):
        load_catalogue(packs)


@pytest.mark.parametrize("phone", ["2603862123", "0260 386 2123", "12", "09120003450000", "09120003456", "0112345678"])
def test_a_number_that_cannot_be_called_is_a_fault(edit: Edit, packs: Path, phone: str) -> None:
    edit("lang-mau/locality.yaml", "    duties:", f'    phone: "{phone}"\n    duties:')
    with pytest.raises(ContentError, match="is no telephone number: 10 or 11 digits from 0 on"):
        load_catalogue(packs)


@pytest.mark.parametrize(("message", "names_first"), [("grain", True), ("bridge", False)])
def test_after_a_label_only_a_name_begins_with_a_capital(sample: Catalogue, message: str, names_first: bool) -> None:
    """The answer of the catalogue stands alone; the one of the card stands after "Ở đâu: "."""
    place, topic = sample.locality("lang-mau"), sample.topic(message)
    after_label = office_answer(place, topic, TODAY, wording("vi")).text
    assert after_label[0].isupper() is names_first
    assert sample.office(message, locality="lang-mau", on=TODAY).text[0].isupper()

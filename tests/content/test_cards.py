"""What a citizen reads: filled in, sourced, short, and never surer than the packs are."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.cards import SHORT_AIM, SHORT_LIMIT, Card, Passage
from content.catalogue import Catalogue
from content.certainty import Certainty
from content.loader import load_catalogue
from content.voice import check_text
from core.errors import NotFoundError

TODAY = date(2026, 11, 20)
Edit = Callable[[str, str, str], int]
TEN = (
    *("poverty-standard", "household-review", "health-insurance", "tuition", "production-loan"),
    *("housing", "electricity", "legal-aid", "vocational-training", "contact"),
)
PLACES = ("dak-cam", "muong-lay", None)


def told(catalogue: Catalogue, topic: str, locality: str | None, *, on: date = TODAY, lang: str = "vi") -> Card:
    card = catalogue.card(topic, locality=locality, on=on, lang=lang)
    assert card is not None
    return card


def passages(card: Card) -> list[Passage]:
    return [*card.sections.values(), *card.details]


# --- the sample: each degree of doubt, word for word ---


def test_the_whole_first_message_and_its_source(sample: Catalogue) -> None:
    card = told(sample, "grain", "lang-mau")
    assert card.short == (
        "Được, nếu nhà có ruộng.\n"
        "Ai được: nhà có ruộng ở xã Làng Mẫu.\n"
        "Được gì: tiền giống 1.500.000 đồng (một triệu rưỡi) một tháng."
        " Có con số Chung Tay chưa kiểm tra được, nên không nói.\n"
        "Xã Làng Mẫu mới là nơi quyết định."
    )
    assert card.source == "Theo Nghị định 901/2026/NĐ-CP, Điều 3. Tính đến ngày 01/10/2026."
    assert card.certainty is Certainty.UNVERIFIED
    assert card.sections["where"].text == "Phòng Lúa gạo xã, theo kế hoạch 2025-2030."
    assert card.sections["where"].source == (
        "Theo Kế hoạch 2025-2030 của xã Làng Mẫu, mục VI.1. Tính đến ngày 20/11/2026."
    )
    assert card.offices == ("phong-lua",)
    assert card.next == ("bridge",)
    assert card.ask_officer == ("Giống lúa nào hợp đất nhà mình",)


def test_a_part_read_alone_tells_its_own_doubt(sample: Catalogue) -> None:
    sections = told(sample, "grain", "lang-mau").sections
    assert sections["time"].text == (
        "Nhiều nhất 7 ngày làm việc (không tính thứ Bảy, Chủ nhật, ngày lễ). Phần này chưa đối chiếu văn bản gốc."
    )
    assert sections["how"].text.endswith("Phần này chưa kiểm chứng. Bà con hỏi lại cán bộ.")
    assert sections["who"].text == "Nhà có ruộng ở xã Làng Mẫu."
    assert sections["who"].source == "Theo Nghị định 901/2026/NĐ-CP, Điều 3. Tính đến ngày 20/11/2026."


def test_a_doubtful_line_is_named_once_in_the_first_message(edit: Edit, packs: Path) -> None:
    edit("vn/policies/grain.yaml", "    sources: [S2]", "    sources: [S3]")
    edit("vn/policies/grain.yaml", "caution: true", "first: [who, how]")
    lines = told(load_catalogue(packs), "grain", "lang-mau").short.split("\n")
    assert lines[1:3] == ["Ai được: nhà có ruộng ở xã Làng Mẫu.", HOW]
    assert lines[-2:] == ["Chưa đối chiếu văn bản gốc: Ai được.", "Chưa kiểm chứng: Làm gì."]


HOW = "Làm gì: nộp đơn (Mẫu số 01) ở Ủy ban nhân dân xã Làng Mẫu."


def test_an_unverified_number_is_not_said(sample: Catalogue) -> None:
    card = told(sample, "grain", "lang-mau")
    assert not any("200.000" in text for text in (card.short, *(one.text for one in passages(card))))


def test_a_computation_is_as_sure_as_its_weakest_figure_and_names_all_documents(sample: Catalogue) -> None:
    detail = told(sample, "grain", "lang-mau").details[0]
    assert detail.text == ("Cả năm được 18.000.000 đồng (mười tám triệu) một năm. Phần này chưa đối chiếu văn bản gốc.")
    assert detail.source == "Theo Nghị định 901/2026/NĐ-CP, Điều 3, Điều 5. Tính đến ngày 01/10/2026."


def test_on_another_day_another_value_and_another_document(sample: Catalogue) -> None:
    card = told(sample, "grain", "lang-mau", on=date(2025, 12, 31))
    assert "900.000 đồng một tháng" in card.short
    assert card.source.startswith("Theo Nghị định 900/2025/NĐ-CP; Kế hoạch")
    assert "1.500.000" not in card.short
    assert "Mức này chỉ dùng từ ngày 01/01/2026." in card.sections["time"].text


def test_an_expired_value_is_never_told(sample: Catalogue) -> None:
    card = told(sample, "grain", "lang-mau", on=date(2027, 1, 1))
    assert "Mức cũ chỉ dùng đến hết ngày 31/12/2026. Chung Tay chưa có mức mới." in card.short
    assert "1.500.000" not in card.short
    assert card.certainty is Certainty.EXPIRED
    assert "18.000.000" not in card.details[0].text


@given(day=st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_value_is_told_on_its_own_days_only(sample: Catalogue, day: date) -> None:
    card = sample.card("grain", locality="lang-mau", on=day)
    said = "\n".join([card.short, *(one.text for one in passages(card))]) if card else ""
    assert ("900.000" in said) is (day.year == 2025)
    assert ("1.500.000" in said) is (day.year == 2026)
    assert ("18.000.000" in said) is (day.year == 2026)


def test_advice_needs_no_source_and_claims_none(sample: Catalogue) -> None:
    assert told(sample, "grain", "lang-mau").details[1].source is None


def test_a_target_is_told_as_that_plans(sample: Catalogue) -> None:
    passage = told(sample, "grain", "lang-mau").details[2]
    assert passage.title == "Kế hoạch 2025-2030 ở đây"
    assert passage.source == "Theo Kế hoạch 2025-2030 của xã Làng Mẫu, mục II. Tính đến ngày 20/11/2026."
    assert len(told(sample, "grain", "thi-mau").details) == 2


def test_english_keeps_the_order_and_the_figures(sample: Catalogue) -> None:
    card = told(sample, "grain", "lang-mau", lang="en")
    assert card.short.startswith("Yes, if the household has a field.\nWho: households with a field in")
    assert "\nWhat you get: seed money 1,500,000 đồng a month." in card.short


def test_a_card_is_told_only_while_it_holds(sample: Catalogue) -> None:
    assert sample.card("grain", locality="lang-mau", on=date(2024, 12, 31)) is None


def test_a_topic_without_a_card_still_has_its_office(sample: Catalogue) -> None:
    assert sample.card("bridge", locality="lang-mau", on=TODAY) is None
    office = sample.office("bridge", locality="lang-mau", on=TODAY)
    assert office.text == ("Hỏi Ủy ban nhân dân xã Làng Mẫu. Kế hoạch 2025-2030 không nêu phòng nào lo việc này.")
    assert sample.topic("bridge").button.vi == "Sửa cầu"


@pytest.mark.parametrize(("topic", "locality"), [("grian", "lang-mau"), ("grain", "lang")])
def test_what_does_not_exist_is_named(sample: Catalogue, topic: str, locality: str) -> None:
    with pytest.raises(NotFoundError, match="there are: "):
        sample.card(topic, locality=locality, on=TODAY)


def test_the_author_chooses_what_comes_first(edit: Edit, packs: Path) -> None:
    edit("vn/policies/grain.yaml", "caution: true", "caution: true\nfirst: [time]")
    short = told(load_catalogue(packs), "grain", "lang-mau").short
    assert "Bao lâu: nhiều nhất 7 ngày làm việc" in short
    assert "Chưa đối chiếu văn bản gốc: Bao lâu." in short


def test_a_locality_overrides_a_card_and_a_figure_by_id(packs: Path) -> None:
    own = packs / "lang-mau" / "figures"
    own.mkdir()
    text = (packs / "vn" / "figures" / "grain.yaml").read_text(encoding="utf-8").split("- id: days")[0]
    (own / "grain.yaml").write_text(text.replace("1500000", "1600000"), encoding="utf-8")
    catalogue = load_catalogue(packs)
    assert "1.600.000 đồng" in told(catalogue, "grain", "lang-mau").short
    assert "1.500.000 đồng" in told(catalogue, "grain", "thi-mau").short


def test_a_card_tells_where_to_go_before_the_office_and_each_part_its_own_doubt(edit: Edit, packs: Path) -> None:
    own = '{vi: "hỏi cửa hàng giống.", en: "ask the seed shop."}\n    confidence: recalled'
    edit("vn/policies/grain.yaml", '{vi: "{office}", en: "{office}"}', own)
    where = told(load_catalogue(packs), "grain", "lang-mau").sections["where"]
    assert where.text == (
        "Hỏi cửa hàng giống. Phần này chưa kiểm chứng. Bà con hỏi lại cán bộ.\n"
        "Nếu chưa rõ: Phòng Lúa gạo xã, theo kế hoạch 2025-2030."
    )
    assert where.source == "Theo Kế hoạch 2025-2030 của xã Làng Mẫu, mục VI.1. Tính đến ngày 20/11/2026."


def test_a_change_on_its_way_is_told_without_a_label_while_its_document_holds(edit: Edit, packs: Path) -> None:
    notice = 'notice:\n  text: {vi: "Sang năm {year}.", en: "Next year {year}."}\n  basis: ["Nghị định 901/2026/NĐ-CP"]'
    edit("vn/policies/grain.yaml", "caution: true", f"caution: true\n{notice}")
    catalogue = load_catalogue(packs)
    lines = told(catalogue, "grain", "lang-mau").short.split("\n")
    at = lines.index("Sang năm 18.000.000 đồng (mười tám triệu) một năm.")
    assert lines[at + 1 :] == ["Xã Làng Mẫu mới là nơi quyết định.", "Chưa đối chiếu văn bản gốc: Điều sắp đổi."]
    before = told(catalogue, "grain", "lang-mau", on=date(2025, 6, 1)).short
    assert "Sang năm" not in before
    assert "chỉ dùng" not in before.split("\n")[-2]


def test_a_detail_names_the_button_that_leads_to_it(edit: Edit, packs: Path) -> None:
    title = 'title: {vi: "Cả năm", en: "In a year"}'
    edit("vn/policies/grain.yaml", title, f'{title}\n    button: {{vi: "Xem cả năm", en: "See the year"}}')
    catalogue = load_catalogue(packs)
    assert [one.button for one in told(catalogue, "grain", "lang-mau").details] == ["Xem cả năm", None, PLAN]
    assert told(catalogue, "grain", "lang-mau", lang="en").details[0].button == "See the year"
    assert told(catalogue, "grain", "lang-mau").sections["where"].button is None


PLAN = "Xem kế hoạch ở đây"


# --- the packs we ship ---


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("locality", PLACES)
@pytest.mark.parametrize("topic", TEN)
def test_every_card_is_whole_and_short_everywhere(real: Catalogue, topic: str, locality: str | None, lang: str) -> None:
    card = told(real, topic, locality, lang=lang)
    length = len(card.short) + 1 + len(card.source)
    assert length <= (SHORT_AIM if lang == "vi" else SHORT_LIMIT), card.short
    assert card.source
    assert {"where", "basis"} <= set(card.sections)
    for text in (card.short, card.source, *(one.text for one in passages(card)), *card.ask_officer):
        assert text.strip()
        assert not set("{}…") & set(text), text
        assert [one for one in check_text(text, "title", lang) if one.rule not in {"W4", "V4"}] == []
    for passage in passages(card):
        assert len(passage.text) + 1 + len(passage.source or "") <= 900


@pytest.mark.parametrize("locality", PLACES)
@pytest.mark.parametrize("topic", TEN)
def test_every_first_message_keeps_the_voice(real: Catalogue, topic: str, locality: str | None) -> None:
    names = [office.name.vi for place in real.localities.values() for office in place.offices]
    card = told(real, topic, locality)
    # The labels and the source line are no sentences of ours to count.
    for line in card.short.split("\n"):
        text = line.partition(": ")[2] if line.partition(":")[0] in LABELS else line
        assert check_text(text, "line", names=names) == [], text


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("locality", PLACES)
@pytest.mark.parametrize("topic", TEN)
def test_every_detail_has_a_button_of_its_own(real: Catalogue, topic: str, locality: str | None, lang: str) -> None:
    """The bot writes the next detail on a button, beside those of topics."""
    labels = [one.button or "" for one in told(real, topic, locality, lang=lang).details]
    assert [label for label in labels if check_text(label, "button", lang)] == []
    assert len(set(labels)) == len(labels)
    assert not set(labels) & {one.button.get(lang) for one in real.topics.values()}


def test_the_first_message_tells_the_standard_to_come_until_it_has_come(real: Catalogue) -> None:
    line = "\nTừ 01/9/2026 xét thêm mức mới cao hơn."
    card = told(real, "poverty-standard", "dak-cam")
    assert line in card.short
    assert "Thông tư 25/2026/TT-BNNMT, khoản 2 Điều 10" in card.source
    assert card.details[0].title == "Mức mới"
    assert "2.800.000 đồng" in card.details[0].text
    assert card.details[1].text == (
        "Phường tính là thành thị, xã tính là nông thôn. Phần này chưa đối chiếu văn bản gốc."
    )
    after = told(real, "poverty-standard", "dak-cam", on=date(2027, 1, 1))
    assert "01/9/2026" not in after.short
    assert "2.800.000 đồng" in after.short


def test_nobody_is_told_that_a_request_is_granted_or_that_there_is_time(real: Catalogue) -> None:
    for locality in PLACES:
        short = told(real, "household-review", locality).short
        assert short.startswith("Nhà nào cũng được nộp giấy đề nghị xét. Không mất tiền.")
        assert "Bao lâu: nộp càng sớm càng tốt. Xã, phường xét từ 01/9 đến 14/12." in short


@pytest.mark.parametrize(
    ("topic", "begins"),
    [
        ("production-loan", "Hỏi Tổ tiết kiệm và vay vốn ở thôn, hoặc điểm giao dịch của Ngân hàng Chính sách xã hội."),
        ("tuition", "Hỏi nhà trường nơi con học trước."),
        ("electricity", "Nhà mình không phải nộp gì, "),
    ],
)
def test_where_papers_do_not_go_to_the_committee_that_is_said_first(real: Catalogue, topic: str, begins: str) -> None:
    for locality in PLACES:
        text = told(real, topic, locality).sections["where"].text
        assert text.startswith(begins)
        assert ("Phần này chưa kiểm chứng." in text) is (topic != "tuition")
        assert "\nNếu chưa rõ: " in text


LABELS = {"Ai được", "Được gì", "Làm gì", "Ở đâu", "Mang theo", "Bao lâu"}


@pytest.mark.parametrize("days", [0, 41, 42, 60, 365, 3650])
@pytest.mark.parametrize("topic", TEN)
def test_on_any_day_nothing_expired_is_told(real: Catalogue, topic: str, days: int) -> None:
    day = TODAY + timedelta(days=days)
    card = real.card(topic, locality="dak-cam", on=day)
    if card is None:
        assert real.policy(topic, locality="dak-cam").valid_to < day  # type: ignore[union-attr, operator]
        return
    assert card.as_of <= TODAY
    assert len(card.short) + 1 + len(card.source) <= SHORT_LIMIT
    for office in card.offices:
        assert office in {one.id for one in real.locality("dak-cam").offices}


def test_legal_aid_differs_by_place(real: Catalogue) -> None:
    here = told(real, "legal-aid", "dak-cam")
    assert "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường, theo kế hoạch 2025-2030." in here.short
    assert "Kế hoạch giảm nghèo 2025-2030 của phường Đăk Cấm, mục VI.3" in here.source
    assert here.offices == ("vp-hdnd-ubnd",)
    there = told(real, "legal-aid", "muong-lay")
    assert "Ở đâu: hỏi Ủy ban nhân dân xã, phường nơi mình ở." in there.short
    assert "Kế hoạch năm 2024 không nêu phòng nào lo việc này." in there.short
    assert "Văn phòng Hội đồng nhân dân" not in there.short
    assert there.offices == ()


def test_no_abbreviation_of_an_office_is_left_closed(real: Catalogue) -> None:
    for place in real.localities.values():
        for office in place.offices:
            assert check_text(office.name.vi, "title") == []


@pytest.mark.parametrize("topic", TEN)
def test_offices_come_only_from_the_localitys_own_file(real: Catalogue, topic: str) -> None:
    names: Mapping[str, set[str]] = {
        place.id: {office.name.vi for office in place.offices} for place in real.localities.values()
    }
    for locality, other in (("dak-cam", "muong-lay"), ("muong-lay", "dak-cam")):
        card = told(real, topic, locality)
        # A name that is part of one of ours ("Ủy ban nhân dân xã, phường") is not the other's.
        foreign = {name for name in names[other] if not any(name in own for own in names[locality])}
        where = card.sections["where"].text
        assert not any(name in where or name in card.short for name in foreign - {"Ủy ban nhân dân xã, phường"})


def test_an_ended_town_is_told_with_its_year_and_with_what_holds_now(real: Catalogue) -> None:
    text = told(real, "vocational-training", "muong-lay").sections["where"].text
    assert text == (
        "Hỏi Ủy ban nhân dân xã, phường nơi mình ở."
        " Kế hoạch năm 2024 giao Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên thị xã."
        " Từ 01/7/2025 không còn cấp huyện."
    )

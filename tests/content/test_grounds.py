"""A passage is told only while one of the documents it rests on is in force, and never under another one's name."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from content.cards import Card
from content.catalogue import Catalogue
from content.certainty import Certainty
from content.formatting import figure_text
from content.loader import check_packs, load_catalogue
from content.schema import Value
from content.wording import wording

TODAY = date(2026, 11, 20)
DAYS = (TODAY, date(2026, 12, 31), date(2027, 1, 1), date(2027, 6, 1))
PLACES = ("dak-cam", "muong-lay", None)
Edit = Callable[[str, str, str], int]
GRAIN, FIGURES = "vn/policies/grain.yaml", "vn/figures/grain.yaml"
NEW, OLD = "Nghị định 901/2026/NĐ-CP", "Nghị định 900/2025/NĐ-CP"


def told(catalogue: Catalogue, topic: str, locality: str | None, *, on: date = TODAY, lang: str = "vi") -> Card:
    card = catalogue.card(topic, locality=locality, on=on, lang=lang)
    assert card is not None
    return card


def everything(card: Card) -> str:
    """All that a citizen can be shown of a card."""
    parts = [*card.sections.values(), *card.details]
    said = (text for part in parts for text in (part.title, part.text, part.source or ""))
    return "\n".join([card.short, card.source, *card.ask_officer, *said])


# --- the sample ---


def test_a_line_whose_document_has_ended_is_left_out(edit: Edit, packs: Path) -> None:
    edit(GRAIN, "    sources: [S2]", f'    sources: [S2]\n    basis: ["{OLD}"]')
    catalogue = load_catalogue(packs)
    assert "who" in told(catalogue, "grain", "lang-mau", on=date(2025, 12, 31)).sections
    card = told(catalogue, "grain", "lang-mau")
    assert "who" not in card.sections
    assert "nhà có ruộng ở" not in everything(card)
    assert "Quy định cũ" not in card.short  # it was not the answer


def test_where_it_was_the_answer_its_end_is_said_once(edit: Edit, packs: Path) -> None:
    edit(GRAIN, "    sources: [S2]", f'    sources: [S2]\n    basis: ["{OLD}"]')
    edit(GRAIN, "caution: true", "caution: true\nfirst: [who]")
    card = told(load_catalogue(packs), "grain", "lang-mau")
    lines = card.short.split("\n")
    assert lines[:2] == [
        "Được, nếu nhà có ruộng.",
        "Quy định cũ chỉ dùng đến hết ngày 31/12/2025. Chung Tay chưa có quy định mới.",
    ]
    assert everything(card).count("Quy định cũ") == 1
    assert card.certainty is Certainty.EXPIRED


def test_one_document_still_in_force_is_enough_and_is_the_one_named(edit: Edit, packs: Path) -> None:
    edit(GRAIN, "    sources: [S2]", f'    sources: [S2]\n    basis: ["{OLD}", "{NEW}"]')
    source = told(load_catalogue(packs), "grain", "lang-mau").sections["who"].source
    assert source == f"Theo {NEW}, Điều 3. Tính đến ngày 20/11/2026."


def test_figures_that_name_their_document_go_with_it(edit: Edit, packs: Path) -> None:
    text = 'text: {vi: "Cả năm được {year}.", en: "In a year {year}."}'
    edit(GRAIN, text, f'{text}\n    basis: ["{NEW}"]')
    edit(GRAIN, f'"{NEW}", article: "Điều 3", from: 2026-01-01', f'"{NEW}", from: 2026-01-01, to: 2026-12-31')
    catalogue = load_catalogue(packs)
    assert "Cả năm" in [one.title for one in told(catalogue, "grain", "lang-mau").details]
    card = told(catalogue, "grain", "lang-mau", on=date(2027, 1, 1))
    assert "Cả năm" not in [one.title for one in card.details]


def test_a_card_without_any_document_in_force_says_so_and_names_none(edit: Edit, packs: Path) -> None:
    edit(GRAIN, f'"{NEW}", article: "Điều 3", from: 2026-01-01', f'"{NEW}", from: 2026-01-01, to: 2026-12-31')
    on = date(2027, 1, 15)
    card = told(load_catalogue(packs), "grain", "lang-mau", on=on)
    assert card.short.startswith("Quy định cũ chỉ dùng đến hết ngày 31/12/2026. Chung Tay chưa có quy định mới.")
    assert "Được, nếu nhà có ruộng." not in everything(card)
    assert card.sections["where"].text == "Phòng Lúa gạo xã, theo kế hoạch 2025-2030."  # the next step stays
    assert "who" not in card.sections
    found = [(one.file, one.field, one.what) for one in check_packs(on, packs).faults]
    assert (GRAIN, "legal_basis", "no document of this card is in force") in found


def test_check_warns_in_time_which_passages_go_with_a_document(edit: Edit, packs: Path) -> None:
    edit(GRAIN, "    sources: [S2]", f'    sources: [S2]\n    basis: ["{NEW}"]')
    line = edit(GRAIN, f'"{NEW}", article: "Điều 3", from: 2026-01-01', f'"{NEW}", from: 2026-01-01, to: 2026-12-31')
    for day in (TODAY, date(2027, 1, 15)):
        warned = [one for one in check_packs(day, packs).warnings if "not told after that day: lines.who" in one.what]
        assert [(one.file, one.line, one.field) for one in warned] == [(GRAIN, line, "legal_basis[0].to")]
    assert not any("not told after" in one.what for one in check_packs(date(2026, 6, 1), packs).warnings)


def test_a_day_nobody_looked_up_is_not_told(edit: Edit, packs: Path) -> None:
    edit(GRAIN, 'article: "Điều 3", from: 2026-01-01,', 'article: "Điều 3", from: 2026-01-01, from_known: false,')
    edit(GRAIN, "from: 2025-01-01, to: 2025-12-31", "from: 2025-01-01, from_known: false, to: 2025-12-31")
    catalogue = load_catalogue(packs)
    assert told(catalogue, "grain", "lang-mau").sections["basis"].text == f"{NEW}, Điều 3: đang dùng."
    before = told(catalogue, "grain", "lang-mau", on=date(2025, 6, 1)).sections["basis"].text
    assert before == f"{OLD}: đang dùng, đến hết ngày 31/12/2025."
    english = told(catalogue, "grain", "lang-mau", lang="en").sections["basis"].text
    assert english == f"{NEW}, Điều 3: in force."


def test_a_value_without_a_known_first_day_is_not_announced_with_one(edit: Edit, packs: Path) -> None:
    edit(FIGURES, "{from: 2026-01-01, value: 7,", "{from: 2026-01-01, from_known: false, value: 7,")
    text = told(load_catalogue(packs), "grain", "lang-mau", on=date(2025, 6, 1)).sections["time"].text
    assert text == "Chung Tay chưa có mức dùng cho ngày này."


def test_a_value_asked_for_by_its_day_is_not_told_after_its_end(edit: Edit, packs: Path) -> None:
    edit(GRAIN, 'vi: "tiền giống {pay}. Có', 'vi: "tiền giống {pay@2026-06-01}. Có')
    edit(GRAIN, 'en: "seed money {pay}. P', 'en: "seed money {pay@2026-06-01}. P')
    catalogue = load_catalogue(packs)
    assert "1.500.000 đồng" in told(catalogue, "grain", "lang-mau", on=date(2025, 6, 1)).short  # announced
    after = everything(told(catalogue, "grain", "lang-mau", on=date(2027, 6, 1)))
    assert "1.500.000" not in after


def test_what_is_only_recalled_carries_no_documents_name(sample: Catalogue) -> None:
    how = told(sample, "grain", "lang-mau").sections["how"]
    assert how.source == "Chưa có văn bản nguồn. Tính đến ngày 20/11/2026."


# --- the packs we ship ---


def test_the_old_indicators_go_with_their_decree(real: Catalogue) -> None:
    on = date(2027, 1, 15)
    card = told(real, "poverty-standard", "dak-cam", on=on)
    assert "2.800.000 đồng" in card.short
    assert "2.000.000" not in everything(card)
    assert "Nghị định 07/2021/NĐ-CP" not in everything(card)
    titles = {one.title for one in card.details}
    assert not {title for title in titles if title.startswith("Thiếu về")}
    assert "Mức mới" in titles
    assert {one.source for one in card.details if one.source} == {card.source}
    assert card.source == "Theo Nghị định 351/2025/NĐ-CP. Tính đến ngày 20/11/2026."


@cache
def cards(real: Catalogue, on: date, lang: str) -> dict[str, Card]:
    """By topic and place."""
    all_of_them = {
        f"{topic} {locality}": real.card(topic, locality=locality, on=on, lang=lang)
        for topic in real.topics
        for locality in PLACES
    }
    return {where: card for where, card in all_of_them.items() if card is not None}


def _holds(value: Value, on: date) -> bool:
    return value.from_ <= on and (value.to is None or on <= value.to)


@pytest.mark.thorough
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("on", DAYS)
def test_nothing_ended_is_told_on_any_card(real: Catalogue, on: date, lang: str) -> None:
    policies = filter(None, (real.policy(topic, locality=None) for topic in real.topics))
    bases = [basis for policy in policies for basis in policy.legal_basis]
    names = {basis.document for basis in bases if basis.to is not None and basis.to < on}
    names -= {basis.document for basis in bases if basis.to is None or basis.to >= on}
    if on.year == 2027:
        assert {"Nghị định 07/2021/NĐ-CP", "Quyết định 24/2021/QĐ-TTg"} <= names
    values = [(value, figure.unit) for figure in real.figures(locality=None).values() for value in figure.values]
    live = {figure_text(value.value, unit, lang) for value, unit in values if _holds(value, on)}
    ended = {figure_text(value.value, unit, lang) for value, unit in values if value.to is not None and value.to < on}
    # Short numbers ("3", "70%") stand for many things; a sum of money is its own.
    sums = {text for text in ended - live if "đồng" in text and not any(one.startswith(text) for one in live)}
    assert sums
    seen = 0
    for where, card in cards(real, on, lang).items():
        said = everything(card)
        seen += 1
        # English says "Decree 07/2021/NĐ-CP": the number is what names a document.
        assert [name for name in names if name.rpartition(" ")[2] in said] == [], where
        # "500.000 đồng" stands within "1.500.000 đồng" too.
        assert [text for text in sums if re.search(rf"(?<![\d.,]){re.escape(text)}", said)] == [], where
    # What rests on the review of 2026 (the review, its certificate, leaving the list) has ended.
    assert seen == len(PLACES) * (37 if on.year == 2027 else 40)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("on", DAYS)
def test_every_card_stays_useful(real: Catalogue, on: date, lang: str) -> None:
    replaced = [wording(lang).template(one).split("{")[0] for one in ("card.figure.expired", "card.rule.expired")]
    for where, card in cards(real, on, lang).items():
        assert card.sections["where"].text.strip(), where
        assert card.next, where
        assert card.sections["basis"].text.strip(), where
        assert not any(text in everything(card) for text in replaced), where  # nothing but what holds
        assert card.certainty in {Certainty.CERTAIN, Certainty.REPORTED}, where


@pytest.mark.parametrize("locality", PLACES)
def test_without_its_card_the_review_still_names_whom_to_ask(real: Catalogue, locality: str | None) -> None:
    on = date(2027, 1, 1)
    assert real.card("household-review", locality=locality, on=on - timedelta(days=1)) is not None
    assert real.card("household-review", locality=locality, on=on) is None
    assert real.office("household-review", locality=locality, on=on).text.strip()


def test_the_days_nobody_looked_up_are_marked(real: Catalogue) -> None:
    """Documents of the national pack whose first day was not found; none is told with a day."""
    unknown = {
        basis.document
        for topic in real.topics
        if (policy := real.policy(topic, locality=None))
        for basis in policy.legal_basis
        if not basis.from_known
    }
    assert {
        "Chiến dịch bổ sung vitamin A của Bộ Y tế",
        "Kế hoạch giảm nghèo của một số địa phương",
        "Luật Khiếu nại 02/2011/QH13",
        "Luật Tiếp công dân năm 2013",
        "Luật Trợ giúp pháp lý 11/2017/QH14",
        "Nghị quyết 217/2025/QH15",
        "Nghị quyết 257/2025/QH15",
        "Nghị định 118/2025/NĐ-CP",
        "Nghị định 277/2025/NĐ-CP",
        "Nghị định 351/2025/NĐ-CP",
        "Nghị định 78/2002/NĐ-CP",
        "Quyết định 1474/QĐ-BTC",
        "Quyết định 157/2007/QĐ-TTg",
        "Quyết định 2306/QĐ-BNNMT",
        "Quyết định 2415/QĐ-TTg",
        "Quyết định 417/QĐ-BNNMT",
        "Quyết định 967/QĐ-BNNMT",
        "Thông lệ hằng năm của Mặt trận Tổ quốc Việt Nam",
        "Thông tư 01/2019/TT-BLĐTBXH",
        "Thông tư 22/2014/TT-BTTTT",
        "Thủ tục 1.001939 trên Cổng Dịch vụ công quốc gia",
        "Thủ tục hộ tịch trên Cổng Dịch vụ công quốc gia",
    } == unknown
    for where, card in cards(real, TODAY, "vi").items():
        for line in card.sections["basis"].text.split("\n"):
            if any(line.startswith(document) for document in unknown):
                assert "từ ngày" not in line, where


NAMES = ("Nhà nước", "Quỹ", "Phòng", "Văn phòng", "Ngân hàng", "Trung tâm", "Giấy đề nghị", "Ủy ban", "{")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_after_a_label_a_line_begins_with_a_small_letter_or_a_name(real: Catalogue, lang: str) -> None:
    for topic in real.topics:
        policy = real.policy(topic, locality=None)
        for key, line in policy.lines.items() if policy else ():
            text = line.text.get(lang)
            assert text[0].islower() or text.startswith(NAMES), f"{topic} {key}: {text}"


def test_a_part_read_alone_begins_with_a_capital(real: Catalogue) -> None:
    for where, card in cards(real, TODAY, "vi").items():
        for part in (*card.sections.values(), *card.details):
            assert not part.text[0].islower(), f"{where}: {part.text}"

"""The packs of the five localities hold what their plans say: the tables beside this file were made from the plans."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from content.catalogue import Catalogue
from content.planfacts import PlanFacts
from content.planreading import asked
from content.plantexts import facts_of

TABLES = Path(__file__).parent / "plans"
TODAY = date(2026, 11, 20)
FIVE = ("phan-rang", "dak-cam", "hong-linh", "muong-lay", "di-su")


def rows(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def numbers(plan: PlanFacts) -> Iterator[Decimal]:
    for _, fact in facts_of(plan):
        yield from (number.value for number in fact.numbers.values())
    for project in plan.projects:
        yield from (number.value for number in project.money.values())


def test_the_five_localities_are_there(real: Catalogue) -> None:
    assert sorted(real.localities) == sorted(FIVE) == sorted(real.plans)


@pytest.mark.parametrize("locality", FIVE)
def test_every_number_of_the_plan_is_in_its_pack_as_often(real: Catalogue, locality: str) -> None:
    wanted = Counter(Decimal(row["number"]) for row in rows("numbers") if row["locality"] == locality)
    assert wanted - Counter(numbers(real.plans[locality])) == Counter()


@pytest.mark.parametrize("locality", FIVE)
def test_every_office_and_movement_of_the_plan_is_in_its_pack(real: Catalogue, locality: str) -> None:
    place, month = real.locality(locality), real.plans[locality].month
    known = {("office", office.id) for office in place.offices}
    known |= {(one.kind, one.name) for one in place.movement} | {("month", month.name or "")}
    wanted = {(row["kind"], row["name"]) for row in rows("names") if row["locality"] == locality}
    assert wanted - known == set()


@pytest.mark.parametrize("locality", FIVE)
def test_who_handles_what_is_as_the_plan_gives_it(real: Catalogue, locality: str) -> None:
    place = real.locality(locality)
    said = {one.topic: (one.basis, "; ".join(one.lead)) for one in place.who}
    said |= {one.topic: ("named", "") for one in place.named_no_office}
    said |= dict.fromkeys(place.not_named, ("silent", ""))
    wanted = {row["topic"]: (row["treatment"], row["offices"]) for row in rows("who") if row["locality"] == locality}
    assert said == wanted
    assert len(wanted) == 40


@pytest.mark.parametrize("locality", FIVE)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_of_the_plan_can_be_told(real: Catalogue, locality: str, lang: str) -> None:
    book = real.plan(locality=locality, on=TODAY, lang=lang)
    assert book is not None
    for key in book.keys():  # noqa: SIM118 - no mapping
        page = book.page(key)
        assert page is not None, key
        assert page.over or page.lead or page.items, key
        assert all(book.page(one) is not None for one in page.onward), key
        assert not any("{" in item.text for item in page.items), key


def test_an_older_plan_is_not_told_as_this_years(real: Catalogue) -> None:
    for locality in FIVE:
        book = real.plan(locality=locality, on=TODAY)
        assert book is not None
        page = book.page("poverty")
        assert page is not None
        over = "Chung Tay chưa có kế hoạch năm 2026" in page.over
        assert over is (real.locality(locality).plan.period_to < 2026)
        if locality == "dak-cam":
            assert any("không nêu số của riêng năm 2026" in sentence for sentence in page.lead)


def test_what_a_plan_lacks_is_said_and_not_worked_out(real: Catalogue) -> None:
    for locality, missing in (("muong-lay", "số hộ nghèo, tỷ lệ hộ nghèo"), ("di-su", "số hộ cận nghèo")):
        book = real.plan(locality=locality, on=TODAY)
        assert book is not None
        page = book.page("poverty")
        assert page is not None
        assert any("không nêu" in sentence and missing in sentence for sentence in page.lead)


def test_the_money_of_muong_lay_adds_up(real: Catalogue) -> None:
    plan = real.plans["muong-lay"]
    totals = [project.money["total"].value for project in plan.projects if project.money]
    assert len(totals) == 8
    assert sum(totals) == 7_645_000_000
    for locality in set(FIVE) - {"muong-lay"}:
        book = real.plan(locality=locality, on=TODAY)
        assert book is not None
        page = book.page("money")
        assert page is not None
        assert any("không nêu số tiền" in sentence for sentence in page.lead)


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("năm nay phường mình giảm bao nhiêu hộ nghèo", "poverty"),
        ("phuong minh con may ho ngheo", "poverty"),
        ("tỷ lệ hộ cận nghèo là bao nhiêu", "poverty"),
        ("xã mình có bao nhiêu hộ nghèo", "poverty"),
        ("dự án 2 bao nhiêu tiền", "projects:2"),
        ("du an so 3 ai lam", "projects:3"),
        ("kế hoạch có những dự án nào", "projects"),
        ("tổng kinh phí của kế hoạch", "money"),
        ("ngân sách giảm nghèo năm nay bao nhiêu", "money"),
        ("khẩu hiệu của phường là gì", "movement"),
        ("chỉ tiêu về việc làm", "targets:employment"),
        ("chi tieu cua phuong", "targets"),
        ("mục tiêu về nhà ở", "targets:housing"),
        ("có mấy tổ dân phố", "counts"),
        ("kế hoạch ưu tiên ai", "priorities"),
        ("kế hoạch có công khai gì không", "disclosure"),
        ("giải pháp giảm nghèo là gì", "solutions"),
        ("how many poor households are there", "poverty"),
        ("bao giờ hết hộ nghèo", "poverty"),
        ("tiền của kế hoạch lấy từ đâu", "money"),
        ("xã hứa gì", "targets"),
    ],
)
def test_the_words_that_ask_for_a_page(question: str, page: str) -> None:
    found = asked(question)
    assert found is not None
    assert found.page == page


@pytest.mark.parametrize(
    "question",
    [
        "hộ nghèo được vay bao nhiêu",
        "hộ cận nghèo được bao nhiêu tiền điện",
        "nhà tôi có phải hộ nghèo không",
        "thu nhập bao nhiêu thì là hộ nghèo",
        "làm giấy hộ nghèo ở đâu",
        "con tôi học lớp 2 có được giảm học phí không",
        "",
    ],
)
def test_what_does_not_ask_about_the_plan_is_left_alone(question: str) -> None:
    assert asked(question) is None


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("ai phụ trách nước sạch", "nuoc sach"),
        ("phòng nào lo bảo hiểm y tế", "bao hiem y te"),
        ("hỏi ai về vay vốn", "vay von"),
    ],
)
def test_who_handles_it(question: str, rest: str) -> None:
    found = asked(question)
    assert found is not None
    assert found.who
    assert found.rest == rest

"""All pairs of topic and locality, as a citizen reads them: the right office, no number without a source, no mixing."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from content.cards import Card
from content.catalogue import Catalogue
from content.certainty import EMERGENCY_NUMBERS
from content.planpage import fact_text
from content.plantexts import facts_of
from content.voice import DOCUMENT
from tests.content.test_plans import FIVE, TODAY, numbers, rows

# What holds digits and is no figure: documents, their articles, forms and procedures, sections of plans, days.
_NAMES = re.compile(
    DOCUMENT
    + r"|\b\d\.\d{6}\b|(?:Điều|khoản|Mẫu số|Mẫu|Phiếu [AB]|năm|kế hoạch|Dự án|Hiệp định) \d+(?:-\d{4})?[a-z]?"
    + r"|mục [IVX]+[.\w]*|\d{1,2}/\d{1,2}/\d{4}|\b20\d\d-20\d\d\b|VTV\d"
)


def pairs(real: Catalogue) -> Iterator[tuple[str, str, Card]]:
    for topic in real.topics:
        for locality in FIVE:
            card = real.card(topic, locality=locality, on=TODAY)
            assert card is not None, (topic, locality)
            yield topic, locality, card


def texts(card: Card) -> Iterator[str]:
    yield card.short
    yield card.source
    for one in (*card.sections.values(), *card.details):
        yield one.text
        yield one.source or ""


def test_there_are_two_hundred(real: Catalogue) -> None:
    assert len(list(pairs(real))) == 200


def test_the_office_of_each_pair_is_the_plans(real: Catalogue) -> None:
    treatment = {(row["topic"], row["locality"]): row for row in rows("who")}
    for topic, locality, card in pairs(real):
        row, place, where = treatment[topic, locality], real.locality(locality), card.sections["where"].text
        if real.topics[topic].desk:
            continue  # the matter is the offices themselves
        named = {office.name.vi for office in place.offices if office.name.vi in where}
        leads = {office.name.vi for office in place.offices if office.id in row["offices"].split("; ")}
        # A name may stand within a longer one ("Phòng Kinh tế" in "Phòng Kinh tế, Hạ tầng và Đô thị").
        extra = {name for name in named - leads if not any(name in lead for lead in leads)}
        # The national card may send to the bank or the school first, wherever one lives.
        policy = real.policy(topic, locality=None)
        own = policy.lines.where.text.vi if policy and policy.lines.where else ""
        extra = {name for name in extra if name not in own and not name.startswith("Ủy ban nhân dân")}
        assert leads <= named, (topic, locality)
        if row["treatment"] in {"silent", "named"}:
            told = "không nói đến việc này" if row["treatment"] == "silent" else "không nêu phòng nào lo việc này"
            assert told in where, (topic, locality)
            assert "Ủy ban nhân dân" in where, (topic, locality)
            assert not extra, (topic, locality)


def spoken(value: object) -> set[str]:
    """A figure as it may be written in a text."""
    if isinstance(value, Decimal):
        plain = f"{value.normalize():,f}"
        return {plain.translate(str.maketrans(",.", ".,")), plain, f"{value.normalize():f}"}
    if isinstance(value, date):
        return {str(part) for part in (value.day, value.month, value.year)} | {f"{value.day:02}", f"{value.month:02}"}
    return set(re.findall(r"[\d.,]*\d", str(value)))


def sourced(real: Catalogue, locality: str) -> set[str]:
    found = set(EMERGENCY_NUMBERS)
    for figure in real.figures(locality=locality).values():
        for value in figure.values:
            found |= spoken(value.value)
            if figure.unit == "day-month":
                month, day = str(value.value).split("-")
                found |= {f"{day}/{int(month)}", f"{day}/{month}"}
            if figure.unit == "phone":
                found |= set(re.findall(r"\d+", re.sub(r"(\d{4})(\d{3,4})(\d{0,3})", r"\1 \2 \3", str(value.value))))
    for number in numbers(real.plans[locality]):
        found |= spoken(number)
    place = real.locality(locality)
    return found | {str(place.plan.period_from), str(place.plan.period_to)}


def test_every_number_that_is_told_is_a_sourced_value_of_the_packs(real: Catalogue) -> None:
    wrong = []
    for locality in FIVE:
        known = sourced(real, locality)
        for topic in real.topics:
            card = real.card(topic, locality=locality, on=TODAY)
            assert card is not None
            for text in texts(card):
                for number in re.findall(r"\d[\d.,]*\d|\d", _NAMES.sub(" ", text)):
                    if number not in known:
                        wrong.append((topic, locality, number, text))
    assert wrong == []


def sentences(text: str) -> set[str]:
    return {part.strip(" •") for part in re.split(r"(?<=[.?!;])\s+|\n", text) if part.strip(" •")}


def test_no_sentence_about_a_place_is_told_in_two_of_them(real: Catalogue) -> None:
    """A sentence that names an office, a figure of the plan or a movement belongs to one place.

    What the national card tells wherever one lives ("hỏi Ngân hàng Chính sách xã hội") is everybody's.
    """
    national = [real.card(topic, locality=None, on=TODAY) for topic in real.topics]
    everybody = {part for card in national if card for text in texts(card) for part in sentences(text)}
    seen: dict[str, str] = {}
    shared = []
    for locality in FIVE:
        place, plan = real.locality(locality), real.plans[locality]
        local = {office.name.vi for office in place.offices} | {f"“{one.name}”" for one in place.movement}
        cards = [card for _, where, card in pairs(real) if where == locality]
        said = {sentence for card in cards for text in texts(card) for sentence in sentences(text)}
        figures = {part for _, fact in facts_of(plan) if fact.numbers for part in sentences(fact_text(fact, "vi"))}
        figures = {part for part in figures if re.search(r"\d", part)}
        told = {part for part in said if any(name in part for name in local)} | figures
        for sentence in told - everybody:
            if sentence in seen:
                shared.append((seen[sentence], locality, sentence))
            seen[sentence] = locality
    assert shared == []

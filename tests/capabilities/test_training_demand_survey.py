"""training-demand-survey: a hundred people with a known mix; the table and the file say the same, one answer each."""

from collections import Counter
from io import BytesIO

import pytest
from openpyxl import load_workbook

from core.officers import Role
from tests.capabilities.office import Office

pytestmark = pytest.mark.thorough

SURVEYS = "/console/work/training/surveys"
# Trade as they type it, hamlet, kind of household, how many: every cell is told, for none is small.
MIX = (
    ("may", "May mặc, da giày", "thôn 1", "Hộ nghèo", 30),
    ("may", "May mặc, da giày", "thôn 2", "Hộ cận nghèo", 20),
    ("nấu ăn", "Bếp, quán, nhà nghỉ", "thôn 1", "Hộ nghèo", 25),
    ("nấu ăn", "Bếp, quán, nhà nghỉ", "thôn 2", "Mới thoát nghèo", 15),
    ("trồng rừng", "Làm nông, chăn nuôi, rừng", "thôn 2", "Hộ nghèo", 10),
)


async def test_a_hundred_answers_are_counted_as_they_are(here: Office) -> None:
    thu = await here.officer("Thu", Role.EDITOR)
    stranger = await here.citizen()
    page = await stranger.say("khảo sát học nghề")
    assert "không có đợt khảo sát" in page.answers[-1].text
    await thu.open(f"{SURVEYS}/dak-cam/new")
    await thu.send("/new", first="20/11/2026", last="30/11/2026")

    people = [answer for *answer, many in MIX for _ in range(many)]
    assert len(people) == 100
    for number, (trade, _, hamlet, household) in enumerate(people):
        one = await here.citizen()
        for said in ("khảo sát học nghề", "đồng ý", trade, *["bỏ qua"] * 5, hamlet, household):
            page = await one.say(said)
        assert "Cảm ơn" in page.answers[-1].text
        if number == 0:  # who answers again has one answer all the same
            for said in ("khảo sát học nghề", "đồng ý", trade, *["bỏ qua"] * 5, hamlet, household):
                await one.say(said)

    page = await thu.open(f"{SURVEYS}/1")
    text = " ".join(page.text.split())
    assert "100 người, trên 101 người" in text
    assert "50 người muốn học, mở được 2 lớp." in text and "10 người muốn học, chưa đủ một lớp." in text
    answer = await thu.client.get(f"{SURVEYS}/1/sheet")
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(min_row=2, values_only=True))
    counted = {(trade, hamlet, household): people for trade, hamlet, household, people, _ in rows}
    totals = Counter[str]()
    for _, trade, hamlet, household, many in MIX:
        assert counted.pop((trade, hamlet, household)) == many
        totals[trade] += many
    assert counted == {(trade, "Tất cả", "Tất cả"): many for trade, many in totals.items()}

"""poverty-rate-publication: a year's rates are read once an approver published them, with year and decision."""

from core.officers import Role
from tests.capabilities.office import Office

RATES, QUESTION = "/console/targets/dak-cam/rates", "tỷ lệ hộ nghèo của xã bao nhiêu"
FILLED = {
    "year": "2025",
    "poor_households": "15",
    "poor_rate": "0,19",
    "near_poor_households": "100",
    "near_poor_rate": "1,21",
    "document": "Quyết định 45/QĐ-UBND",
    "document_day": "20/12/2025",
}
SAID = "Năm 2025: 15 hộ nghèo, chiếm 0,19 phần trăm số hộ. 100 hộ cận nghèo, chiếm 1,21 phần trăm số hộ."


async def test_read_once_it_was_published_and_kept_with_its_year(here: Office) -> None:
    thu, duy = await here.officer("Thu", Role.EDITOR), await here.officer("Duy", Role.APPROVER)
    await thu.open(RATES)
    assert (await thu.send("/enter", "Gửi duyệt số liệu", **{**FILLED, "poor_rate": "190"})).status == 422
    await thu.open(RATES)
    assert (await thu.send("/enter", "Gửi duyệt số liệu", **FILLED)).status == 200
    before = await here.asked(QUESTION)
    assert "0,27 phần trăm" in before and "0,19" not in before, "the plan's own figure until then"

    await duy.open("/console/figures/1")
    assert SAID in (await duy.send("/approve", "Duyệt và công bố")).text
    after = await here.asked(QUESTION)
    assert f"{SAID} Theo Quyết định 45/QĐ-UBND ngày 20/12/2025." in after
    assert "15 hộ nghèo" not in await here.asked(QUESTION, "di-su")

    await thu.open(RATES)
    later = {**FILLED, "year": "2026", "poor_households": "9", "poor_rate": "0,1", "document_day": "20/11/2026"}
    await thu.send("/enter", "Gửi duyệt số liệu", **later)
    await duy.open("/console/figures/2")
    await duy.send("/approve", "Duyệt và công bố")
    latest = await here.asked(QUESTION)
    assert latest.index("Năm 2026: 9 hộ nghèo") < latest.index(SAID), "the old figure stays with its year"
    assert SAID in await here.asked("tỷ lệ hộ nghèo năm 2025 là bao nhiêu")

"""target-tracking: every goal of the plan with its newest figure, for officers; what was approved, for citizens."""

from bot.knowledge import Knowledge
from core.officers import Role
from tests.capabilities.office import Office
from tests.web.conftest import client_of

LIST, POOR = "/console/targets?at=dak-cam", "/console/targets/dak-cam/poor-2025.poor-households"
FILLED = {"value": "15", "as_of": "31/12/2025", "document": "Báo cáo 80/BC-UBND", "document_day": "05/01/2026"}


async def test_three_households_above_the_target_of_twelve(here: Office, knowledge: Knowledge) -> None:
    thu, duy = await here.officer("Thu", Role.EDITOR), await here.officer("Duy", Role.APPROVER)
    page = await thu.open(LIST)
    facts = knowledge.content.plans["dak-cam"]
    goals = [one for one in facts.poverty if one.kind == "target"] + list(facts.targets)
    assert all(f"/console/targets/dak-cam/{one.id}" in page.html for one in goals), "every goal of the plan"
    assert "■ Chưa có số liệu" in page.text

    await thu.open(POOR)
    assert (await thu.send("/enter", "Gửi duyệt số liệu", **FILLED)).status == 200
    before = await here.asked("phường đạt chỉ tiêu giảm nghèo chưa")
    assert "chưa công bố số liệu nào" in before and "12 hộ nghèo" in before and "mục II.2" in before
    assert "15 hộ" not in before, "nobody checked it"

    await duy.open("/console/figures/1")
    assert (await duy.send("/approve", "Duyệt và công bố")).status == 200
    assert "cao hơn mức 3 hộ" in (await thu.open(LIST)).text
    after = await here.asked("phường đạt chỉ tiêu giảm nghèo chưa")
    for wanted in ("12 hộ nghèo", "Tính đến ngày 31/12/2025: 15 hộ, theo Báo cáo 80/BC-UBND ngày 05/01/2026"):
        assert wanted in after
    assert "cao hơn mức 3 hộ" in after and "Theo Kế hoạch giảm nghèo 2025-2030 của phường Đăk Cấm, mục II.2" in after
    assert "15 hộ, theo Báo cáo 80" in await here.asked("xã làm tới đâu rồi")
    async with client_of(here.app.web) as reader:
        assert "15 hộ, theo Báo cáo 80" in (await reader.get("/dak-cam/chu-de/ke-hoach-dia-phuong")).text
    elsewhere = await here.asked("xã làm tới đâu rồi", "di-su")
    assert "chưa công bố số liệu nào" in elsewhere and "15 hộ" not in elsewhere

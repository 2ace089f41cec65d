"""online-job-exchange: a file comes in, is shown, applied for, and the applications go out with the same ids."""

import csv
from io import BytesIO, StringIO
from pathlib import Path

from openpyxl import load_workbook

from core.officers import Role
from tests.capabilities.office import Office
from tests.capabilities.vacancies import HEAD, put_in

TOLD = ("tìm việc", "đồng ý", "may", "may", "trong phường", "ban ngày", "không vướng gì")
ROWS = (
    (
        "KT-0815",
        "Công nhân may",
        "",
        "Công ty May Sao Mai",
        "phường Đăk Cấm",
        "7-9tr",
        "20",
        "31/12/2026",
        "0912345678",
    ),
    ("KT-0816", "Thợ may", "", "Tổ may Bà Tư", "phường Đăk Cấm", "5tr", "2", "31/12/2026", "0987000111"),
)


async def test_a_file_comes_in_and_applications_go_out_with_its_ids(here: Office, folder: Path) -> None:
    await put_in(here, folder, HEAD, *ROWS)
    citizen = await here.citizen()
    for said in TOLD:
        page = await citizen.say(said)
    assert "Việc 1: Công nhân may" in page.answers[-1].text
    page = await citizen.say("Tôi quan tâm")
    assert "Cho cán bộ phường Đăk Cấm biết số" in page.answers[-1].text
    for said in ("Cho cán bộ gọi", "0987 654 321", "Cho nơi tuyển biết"):
        await citizen.say(said)

    lan = await here.officer("Lan", Role.ANSWERER)
    answer = await lan.client.get("/console/work/leads/offers/1/sheet")
    (head, row) = load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)
    assert (head[0], row[0], row[1], row[5]) == ("Mã tin", "KT-0815", "Công nhân may", "0987654321")
    answer = await lan.client.get("/console/work/leads/offers/1/sheet?as=csv")
    told = list(csv.reader(StringIO(answer.text.removeprefix("\ufeff"))))
    assert told[1][:2] == ["KT-0815", "Công nhân may"]
    page = await lan.open("/console/work/leads/offers/2")
    assert "KT-0816" in page.text and "Chưa có ai ứng tuyển" in page.text


async def test_without_an_outside_exchange_it_says_so_and_goes_on_with_its_own(here: Office, folder: Path) -> None:
    await put_in(here, folder, HEAD, *ROWS)
    citizen = await here.citizen()
    page = await citizen.say("sàn giao dịch việc làm")
    assert "chưa nối với sàn giao dịch việc làm nào" in page.answers[-1].text
    page = await citizen.press("Tìm việc cho tôi")
    for said in TOLD[1:]:
        page = await citizen.say(said)
    assert "Việc 1: Công nhân may" in page.answers[-1].text
    lan = await here.officer("Lan", Role.ANSWERER)
    assert "Chưa nối với sàn giao dịch việc làm nào" in (await lan.open("/console/work/leads/offers/1")).text

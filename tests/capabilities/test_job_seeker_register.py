"""job-seeker-register: both sides kept, the best proposals by a key, poor households first, who leaves is gone."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from core.officers import Role
from tests.capabilities.office import Office
from tests.capabilities.vacancies import HEAD, put_in
from tests.console.desk import Desk

pytestmark = pytest.mark.thorough

NEW, LIST = "/console/work/seekers/at/dak-cam/new", "/console/work/seekers?at=dak-cam"
TRADES = {
    "sewing-group": "Công nhân may",
    "building": "Phụ hồ",
    "kitchen": "Phụ bếp",
    "farm": "Hái cà phê",
    "selling": "Bán hàng",
}
EMPLOYERS = ("Sao Mai", "Hoa Cau", "Hạt Lúa", "Tre Xanh")  # in the order of their wages, the lowest first


def vacancies() -> Iterator[Sequence[str]]:
    """Twenty: four employers for each trade, each paying a million more than the one before."""
    number = 0
    for trade in TRADES.values():
        for at, employer in enumerate(EMPLOYERS):
            number += 1
            wage = f"{5 + at} triệu"
            yield (f"VL-{number}", trade, trade, employer, "phường Đăk Cấm", wage, "20", "31/12/2026", "0912345678")


def people() -> Iterator[tuple[str, str, str]]:
    """Fifty: ten for each trade, every fifth of a poor household."""
    for group in TRADES:
        for at in range(10):
            yield group, f"Người {group} {at}", "poor" if at == 7 else "near-poor" if at == 8 else ""


async def enter(desk: Desk, group: str, name: str, status: str) -> str:
    """Written down by an officer; the address of the person's page."""
    await desk.open(NEW)
    said = {"name": name, "wants": group, "status": status, "reach": "here", "times": "any", "agreed": "1"}
    page = await desk.send("/new", **said)
    assert page.statuses == ["✓ Đã ghi vào danh sách."]
    return str(page.url.path)


async def exported(desk: Desk) -> list[tuple[Any, ...]]:
    """The file for the employment service centre."""
    answer = await desk.client.get("/console/work/seekers/sheet?at=dak-cam")
    return [tuple(row) for row in load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)][1:]


async def test_fifty_people_and_twenty_vacancies_agree_with_the_key(here: Office, folder: Path) -> None:
    await put_in(here, folder, HEAD, *vacancies())
    lan = await here.officer("Lan", Role.ANSWERER)
    pages = {}
    for group, name, status in people():
        pages[name] = (group, await enter(lan, group, name, status))
    wrong = []
    for name, (group, path) in pages.items():
        page = await lan.open(path)
        proposed = [text for text, href in page.links.items() if "/leads/offers/" in href]
        key = [f"{TRADES[group]}, {employer}" for employer in reversed(EMPLOYERS)][:3]
        if proposed != key:
            wrong.append((name, proposed))
    assert wrong == []

    page = await lan.open(f"{LIST}&trade=sewing-group")
    assert "10 người." in page.text and "Người sewing-group 7" in page.text and "Người kitchen" not in page.text
    page = await lan.open("/console/work/leads/offers/1")
    suited = [
        text for text, href in page.links.items() if "/seekers/" in href and text.startswith("Người sewing-group")
    ]
    assert suited[:2] == ["Người sewing-group 7", "Người sewing-group 8"] and len(suited) == 10, (
        "poor, near poor, then others"
    )

    rows = await exported(lan)
    assert len(rows) == 50 and not any("Người" in str(cell) for row in rows for cell in row), "no name was let on"
    await lan.open(pages["Người sewing-group 7"][1])
    page = await lan.send("/remove")
    assert page.status == 422 and "Đánh dấu vào ô này rồi bấm lại." in page.text, "not by one press alone"
    page = await lan.send("/remove", sure="1")
    assert page.statuses == ["✓ Đã xóa khỏi danh sách."] and "Người sewing-group 7" not in page.text
    assert "Người sewing-group 7" not in (await lan.open("/console/work/leads/offers/1")).text
    assert (await lan.open(pages["Người sewing-group 7"][1])).status == 404 and len(await exported(lan)) == 49


async def test_who_tells_the_chat_is_there_without_a_name_and_leaves_by_a_word(here: Office, folder: Path) -> None:
    await put_in(here, folder, HEAD, *list(vacancies())[:4])
    citizen = await here.citizen()
    for said in ("tìm việc", "đồng ý", "may", "may", "trong phường", "ban ngày", "không vướng gì"):
        page = await citizen.say(said)
    assert "Việc 1: Công nhân may. Nơi tuyển: Tre Xanh." in page.answers[-1].text
    lan = await here.officer("Lan", Role.ANSWERER)
    page = await lan.open(LIST)
    assert "Người tìm việc số 1" in page.text and len(await exported(lan)) == 1
    await citizen.say("thôi tìm việc")
    assert "Người tìm việc số 1" not in (await lan.open(LIST)).text and await exported(lan) == []


async def test_a_hamlet_leader_writes_somebody_down_and_sees_no_list(here: Office) -> None:
    lead, lan = await here.officer("Trưởng thôn", Role.COLLABORATOR), await here.officer("Lan", Role.ANSWERER)
    page = await lead.open(LIST.partition("?")[0])
    assert page.links["Ghi giúp một người"] == NEW
    await lead.open(NEW)
    said = {"name": "Y Mẫu", "wants": "farm", "reach": "here", "times": "any"}
    assert (await lead.send("/new", **said)).status == 422, "nobody is written down without their yes"
    page = await lead.send("/new", **said, agreed="1")
    assert page.statuses == ["✓ Đã ghi vào danh sách."] and "Y Mẫu" not in page.text
    assert (await lead.open("/console/work/seekers/sheet?at=dak-cam")).status == 403
    assert "Y Mẫu" in (await lan.open(LIST)).text

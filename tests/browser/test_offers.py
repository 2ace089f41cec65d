"""Offers in Chromium: an employer sends one in, an officer looks, verifies, writes, takes a list in; all of it fits."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opens, Server
from tests.browser.measuring import at_every_size, serious, sideways
from tests.browser.test_console import SIZES, start, within
from tests.support.rows import an_offer
from tests.work.lists import HEAD, saved, workbook

pytestmark = pytest.mark.browser

WORK = "/console/work"
PAGES = ("", "/1", "/2", "/1/edit", "/new/dak-cam", "/new/dak-cam?kind=course", "/import/dak-cam")


async def filled(server: Server) -> None:
    """A draft of somebody else's with long words, and one that is open."""
    day = server.app.clock.now().date() + timedelta(days=5)
    long = an_offer(title="May áo khoác " * 12, note="mang vác " * 30, deadline=day, licence="6" * 120)
    async with server.app.storage.write() as uow:
        await uow.work.add("dak-cam", [long, an_offer(deadline=day)], by="Thu", now=server.app.clock.now())
        await uow.commit()


def written(page: Page, server: Server, title: str) -> None:
    """Fill in what is needed of the form."""
    day = server.app.clock.now().date() + timedelta(days=20)
    for name, value in (("title", title), ("employer", "Hợp tác xã Sao Mai"), ("place", "phường Đăk Cấm")):
        page.locator(f"#{name}").fill(value)
    page.locator("#contact").fill("chị Mai, 0912 345 678")
    page.locator("#occupation").select_option("sewing")
    page.locator("#wage_from").fill("7.000.000")
    page.locator("#deadline").fill(day.strftime("%d/%m/%Y"))


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_from_an_employers_form_to_what_is_shown(
    opens: Opens, server: Server, width: int, height: int, *, script: bool
) -> None:
    employer = opens("/dak-cam", width=width, height=height, java_script_enabled=script)
    employer.get_by_role("link", name="Gửi tin tuyển, mở lớp").click()
    employer.get_by_role("button", name="Gửi cho cán bộ").click()
    expect(employer.get_by_role("alert")).to_contain_text("Ghi tên và một số điện thoại")
    assert sideways(employer) == [] and (not script or serious(employer) == [])
    written(employer, server, "May áo khoác")
    employer.get_by_role("button", name="Gửi cho cán bộ").click()
    expect(employer.locator("main")).to_contain_text("Bà con chưa thấy tin này")
    assert sideways(employer) == [] and (not script or serious(employer) == [])
    page, _ = start(opens, server, width=width, height=height, java_script_enabled=script)
    page.get_by_role("link", name="Đã chép xong").click()
    page.get_by_role("link", name="Chờ kiểm tra: May áo khoác").click()
    page.get_by_role("button", name="Cho bà con xem").click()
    expect(page.locator(".say.good")).to_contain_text("Bà con đã xem được tin này")
    employer.reload()
    expect(employer.locator("main")).to_contain_text("Bà con đang xem được tin này")
    page.goto(f"{server.url}/console/work/new/dak-cam")
    written(page, server, "Tuyển nữ may")
    page.get_by_role("button", name="Lưu, chờ kiểm tra").click()
    expect(page.get_by_role("alert")).to_contain_text("Không được đòi nam hay nữ")
    page.locator("#title").fill("May công nghiệp")
    page.get_by_role("button", name="Lưu, chờ kiểm tra").click()
    expect(page.locator(".say.good")).to_contain_text("Đã lưu tin")


def test_every_page_fits_and_can_be_used_by_everybody(opens: Opens, server: Server) -> None:
    page, _ = start(opens, server)
    work, found = f"{server.url}{WORK}", dict[str, list[str]]()

    def look(name: str) -> None:
        found[name] = at_every_size(page)

    page.goto(work)
    look("empty")
    within(server, filled(server))
    for path in PAGES:
        page.goto(f"{work}{path}")
        look(path)
    day = (server.app.clock.now().date() + timedelta(days=20)).strftime("%d/%m/%Y")
    good = ("Công nhân may", "Công ty May Sao Mai", "phường Đăk Cấm", "7-9tr", "20", day)
    bad = ("Phụ hồ " * 20, "Tổ xây", "", "250k", "2", day)
    sheet = {"name": "tin.xlsx", "mimeType": "application/octet-stream", "buffer": saved(workbook(HEAD, good, bad))}
    page.get_by_label("Chọn tệp").set_input_files(sheet)  # type: ignore[arg-type]
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator("h2").first).to_have_text("1 dòng chưa nhận được")
    look("looked at")
    page.get_by_role("button", name="Đưa 1 tin vào").click()
    expect(page.get_by_role("alert")).to_contain_text("Chưa đưa vào tin nào")
    look("not put in")
    page.get_by_label("Để lại 1 dòng ấy").check()
    page.get_by_role("button", name="Đưa 1 tin vào").click()
    expect(page.locator(".say.good")).to_contain_text("Đã đưa tin vào")
    page.goto(f"{server.url}/dak-cam/tuyen-dung?loai=lop&lang=en")
    look("course")
    page.emulate_media(color_scheme="dark")
    look("dark")
    assert {path: faults for path, faults in found.items() if faults} == {}

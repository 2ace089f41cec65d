"""Reports in Chromium: a leader chooses a quarter, looks, follows a figure, takes the file; with and without script."""

from typing import Any

import pytest
from docx import Document
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Opens, Server
from tests.browser.measuring import fit, serious
from tests.browser.test_console import SIZES, start, within
from tests.console.reporting import filled

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_from_the_door_to_the_signed_paper(
    opens: Opens, server: Server, width: int, height: int, *, script: bool
) -> None:
    within(server, filled(server.app.storage))
    page, _ = start(opens, server, width=width, height=height, java_script_enabled=script)
    page.get_by_role("link", name="Đã chép xong").click()
    page.get_by_role("link", name="Số liệu", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Báo cáo tháng")
    page.goto(f"{server.url}/console/reports?period=2026-Q4")  # offered as long as it is one of the last
    page.get_by_label("Nơi", exact=True).select_option("dak-cam")
    page.get_by_role("button", name="Xem báo cáo").click()
    expect(page.locator("h1")).to_have_text("Báo cáo quý IV năm 2026")
    expect(page.get_by_role("img", name="30 câu hỏi, 18 câu đã trả lời")).to_be_visible()
    page.locator("summary", has_text="Câu hỏi theo thôn, tổ").click()
    expect(page.get_by_role("row", name="Thôn 1 27")).to_be_visible()
    for each in page.locator("summary").all():
        opened(each)
    fit(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Xuất Word").click()
    assert taken.value.suggested_filename == "bao-cao-dak-cam-2026-q4.docx"
    assert "- Câu hỏi trong kỳ: 30." in [one.text for one in Document(taken.value.path()).paragraphs]
    page.get_by_role("link", name="Đang chờ và đã quá hạn: ").click()
    expect(page.locator("h1")).to_have_text("Đang chờ và đã quá hạn: quý IV năm 2026")
    page.locator("table.list tbody tr").first.get_by_role("link").click()
    expect(page.locator("h1")).to_be_visible()
    assert "/console/questions/" in page.url


def opened(summary: Locator) -> None:
    """Open what is folded, unless it is open."""
    if summary.locator("..").get_attribute("open") is None:
        summary.click()


@pytest.mark.parametrize("look", [{"color_scheme": "dark"}, {"forced_colors": "active"}], ids=["dark", "forced"])
def test_pictures_in_every_light(opens: Opens, server: Server, look: dict[str, Any]) -> None:
    within(server, filled(server.app.storage))
    page, _ = start(opens, server, width=360, height=740, **look)
    page.goto(f"{server.url}/console/reports?place=dak-cam&period=2026-11")
    for each in page.locator("summary").all():
        opened(each)
    assert serious(page) == []

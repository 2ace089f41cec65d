"""Content in Chromium: an office changed and an answer written by one officer, put in force by another."""

import pytest
from playwright.sync_api import expect

from core.officers import Role
from tests.browser.conftest import Opens, Server
from tests.browser.measuring import fit
from tests.browser.test_console import SIZES
from tests.browser.test_notices import entered

pytestmark = pytest.mark.browser

ANSWER = "Có. Sáng thứ Bảy tuần đầu tháng, ở nhà văn hóa."


@pytest.mark.parametrize(("width", "height", "script"), [(*SIZES[0], False), (*SIZES[1], True)])
def test_proposed_by_one_and_put_in_force_by_another(
    opens: Opens, server: Server, width: int, height: int, *, script: bool
) -> None:
    options = {"width": width, "height": height, "java_script_enabled": script}
    thu = entered(opens, server, "Thu", Role.EDITOR, **options)
    thu.get_by_role("link", name="Nội dung", exact=True).click()
    thu.get_by_role("link", name="Thêm câu trả lời riêng").click()
    thu.get_by_label("Việc", exact=True).select_option("legal-aid")
    thu.get_by_role("button", name="Viết câu trả lời").click()
    thu.get_by_label("Bà con hỏi gì").fill("Có luật sư vào thứ Bảy không?")
    thu.get_by_label("Câu trả lời", exact=True).fill(ANSWER)
    thu.get_by_role("button", name="Xem thử").click()
    expect(thu.get_by_role("alert")).to_contain_text("Văn bản: chưa nhập.")
    expect(thu.get_by_label("Câu trả lời", exact=True)).to_have_value(ANSWER)
    thu.get_by_label("Văn bản", exact=True).fill("Thông báo 12/TB-UBND")
    thu.get_by_label("Điều, khoản, mục").fill("mục 2")
    thu.get_by_label("Ngày ký văn bản").fill("18/11/2026")
    thu.get_by_role("button", name="Xem thử").click()
    expect(thu.locator("#reads ~ .said").first).to_contain_text("Phường Đăk Cấm trả lời:")
    fit(thu)
    thu.get_by_role("button", name="Đề nghị duyệt").click()
    expect(thu.locator(".say.good")).to_contain_text("Người khác duyệt thì bà con mới thấy.")
    expect(thu.get_by_role("button", name="Duyệt và dùng ngay")).to_have_count(0)
    duy = entered(opens, server, "Duy", Role.APPROVER, **options)
    duy.get_by_role("link", name="phường Đăk Cấm (Thu đề nghị)").click()
    expect(duy.locator("main")).to_contain_text(ANSWER)
    duy.get_by_role("button", name="Duyệt và dùng ngay").click()
    expect(duy.locator(".say.good")).to_contain_text("Bà con đọc được từ bây giờ.")
    duy.goto(f"{server.url}/dak-cam/chu-de/legal-aid")
    expect(duy.locator("article")).to_contain_text(ANSWER)
    expect(duy.locator("article")).to_contain_text("Theo Thông báo 12/TB-UBND, mục 2, ngày 18/11/2026.")

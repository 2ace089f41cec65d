"""Each further task of officers in Chromium, from the door to its result: by telephone without script, and with it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core.officers import Role
from tests.browser.conftest import Opens, Server
from tests.browser.measuring import fit, serious
from tests.browser.test_console import SIZES, start, within
from tests.browser.test_notices import TEXT, entered
from tests.console.changes import misread

pytestmark = pytest.mark.browser

WAYS = pytest.mark.parametrize(
    ("width", "height", "script"), [(*SIZES[0], False), (*SIZES[1], True)], ids=["telephone", "desk"]
)
Enters = Callable[[str, Role], Page]


@pytest.fixture
def enters(opens: Opens, server: Server, width: int, height: int, script: bool) -> Enters:
    """A browser of this size, in which an officer is signed in."""
    return lambda name, role: entered(opens, server, name, role, width=width, height=height, java_script_enabled=script)


def fill(page: Page, **fields: str) -> None:
    """Fill in boxes and choices by their names."""
    for name, value in fields.items():
        box = page.locator(f"#{name}")
        if box.evaluate("one => one.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)


def press(page: Page, name: str) -> None:
    """Press a button of the page that came after what was pressed before."""
    button = page.get_by_role("button", name=name).first
    expect(button).to_be_visible()
    page.wait_for_load_state()
    fit(page)
    button.click()


@WAYS
def test_a_figure_is_entered_by_one_and_published_by_another(server: Server, enters: Enters, *, script: bool) -> None:
    thu = enters("Thu", Role.EDITOR)
    thu.goto(f"{server.url}/console/targets/dak-cam/clean-water.share")
    fill(thu, value="97,5", as_of="30/06/2026", document="Báo cáo 12/BC-UBND", document_day="05/07/2026")
    press(thu, "Gửi duyệt số liệu")
    expect(thu.locator(".say.good")).to_be_visible()
    expect(thu.get_by_role("button", name="Duyệt và công bố")).to_have_count(0)
    thu.goto(f"{server.url}/console/targets/dak-cam/rates")
    fill(thu, year="2025", poor_households="15", poor_rate="0,19", near_poor_households="100", near_poor_rate="1,2")
    fill(thu, document="Quyết định 45/QĐ-UBND", document_day="20/12/2025")
    press(thu, "Gửi duyệt số liệu")
    expect(thu.locator(".say.good")).to_be_visible()
    duy = enters("Duy", Role.APPROVER)
    for number in (1, 2):
        duy.goto(f"{server.url}/console/figures/{number}")
        if script:
            assert serious(duy) == []
        press(duy, "Duyệt và công bố")
        expect(duy.locator(".say.good")).to_be_visible()
    duy.goto(f"{server.url}/console/targets?at=dak-cam")
    expect(duy.locator("main")).to_contain_text("97,5")
    duy.goto(f"{server.url}/console/targets/dak-cam/rates")
    expect(duy.locator("main")).to_contain_text("0,19")


@WAYS
def test_tasks_are_given_from_the_plan_and_in_own_words_and_done(server: Server, enters: Enters) -> None:
    thu = enters("Thu", Role.EDITOR)
    due = server.app.clock.now().date() + timedelta(days=9)
    thu.goto(f"{server.url}/console/tasks/dak-cam/plan")
    press(thu, "Giao các việc đã ghi hạn")
    expect(thu.get_by_role("alert")).to_contain_text("Chưa ghi hạn cho việc nào.")
    first = thu.locator("label[for=due_0]").inner_text()
    fill(thu, due_0=f"{due:%d/%m/%Y}")
    press(thu, "Giao các việc đã ghi hạn")
    expect(thu.locator(".say.good")).to_contain_text("Đã giao các việc có hạn.")
    thu.goto(f"{server.url}/console/tasks/dak-cam/new")
    fill(thu, text="Rà soát hộ nghèo thôn 1", office="phong-vhxh", due=f"{due:%d/%m/%Y}")
    press(thu, "Giao nhiệm vụ")
    expect(thu.locator(".say.good")).to_be_visible()
    lan = enters("Lan", Role.ANSWERER)
    for text in (first, "Rà soát hộ nghèo thôn 1"):
        lan.goto(f"{server.url}/console/tasks")
        lan.get_by_role("link", name=text).click()
        fill(lan, done_text="Đã rà soát 40 hộ.", done_document="Báo cáo 15/BC-VHXH")
        press(lan, "Báo xong nhiệm vụ")
        expect(lan.locator(".say.good")).to_contain_text("Đã báo xong nhiệm vụ.")
        expect(lan.locator("main")).to_contain_text("Đã rà soát 40 hộ.")
    thu.goto(f"{server.url}/console/tasks?show=done")
    expect(thu.locator("main")).to_contain_text(first)
    expect(thu.locator("main")).to_contain_text("Đang làm: 0. Đã xong: 2.")


@WAYS
def test_an_officer_is_added_and_gets_a_link(
    opens: Opens, server: Server, width: int, height: int, *, script: bool
) -> None:
    page, _ = start(opens, server, width=width, height=height, java_script_enabled=script)
    page.goto(f"{server.url}/console/officers")
    fill(page, name="Chị Nga", where="dak-cam")
    page.locator("#role-answerer").check()
    press(page, "Thêm và tạo đường dẫn")
    link = page.locator(".secret").inner_text()
    other = opens(link.removeprefix(server.url), width=width, height=height, java_script_enabled=script)
    expect(other.locator("main")).to_contain_text("Dành cho: Chị Nga")
    page.goto(f"{server.url}/console/officers")
    expect(page.locator("main")).to_contain_text("Chị Nga")


@WAYS
def test_a_series_is_scheduled_and_approved_as_a_whole(server: Server, enters: Enters) -> None:
    thu = enters("Thu", Role.EDITOR)
    thu.goto(f"{server.url}/console/schedules/new")
    first = server.app.clock.now().date() + timedelta(days=3)
    fill(thu, locality="dak-cam", first=f"{first}", last=f"{first + timedelta(days=30)}")
    thu.locator("#series-weekly").check()
    press(thu, "Lập lịch")
    press(thu, "Gửi duyệt")
    expect(thu.get_by_role("button", name="Duyệt cả")).to_have_count(0)
    duy = enters("Duy", Role.APPROVER)
    duy.goto(f"{server.url}/console/schedules/1")
    press(duy, "Duyệt cả")
    expect(duy.locator(".say.good")).to_be_visible()
    duy.goto(f"{server.url}/console/calendar")
    expect(duy.locator("main")).to_contain_text("Đã duyệt")


# Reading all rows of the packs, which proposing does, takes most of its time: once is enough.
@pytest.mark.parametrize(("width", "height", "script"), [(*SIZES[0], False)])
def test_words_that_were_not_understood_are_learned(server: Server, enters: Enters) -> None:
    within(server, misread(server.app))
    lan = enters("Lan", Role.ANSWERER)
    lan.goto(f"{server.url}/console/learning/1")
    fill(lan, label="housing", learning_text="sửa cái mái nhà bị dột")
    lan.set_default_timeout(60_000)
    press(lan, "Đề nghị")
    expect(lan.locator(".say.good")).to_be_visible()
    duy = enters("Duy", Role.APPROVER)
    duy.goto(f"{server.url}/console/learning/1")
    press(duy, "Nhận câu này")
    expect(duy.locator(".say.good")).to_be_visible()


@WAYS
def test_a_notice_carries_a_leaflet(server: Server, enters: Enters, tmp_path: Path, *, script: bool) -> None:
    leaflet, program = tmp_path / "tờ rơi.pdf", tmp_path / "lớp may.pdf"
    leaflet.write_bytes(b"%PDF-1.7 leaflet")
    program.write_bytes(b"MZ\x90 no leaflet")
    thu = enters("Thu", Role.EDITOR)
    thu.goto(f"{server.url}/console/notices/new")
    fill(thu, title="Lớp may", text_vi=TEXT, source="Kế hoạch đào tạo nghề của phường", locality="dak-cam")
    thu.locator("#files").set_input_files(program)
    press(thu, "Lưu nháp")
    expect(thu.get_by_role("alert")).to_contain_text("Tệp “lớp may.pdf” không phải ảnh")
    expect(thu.locator("#text_vi")).to_have_value(TEXT)
    thu.locator("#files").set_input_files(leaflet)
    thu.get_by_text("Bà con trả lời được gì").click()
    fill(thu, reply_1_words="Đăng ký", reply_1_vi="Đã giữ chỗ.")
    if script:
        assert serious(thu) == []
    press(thu, "Gửi duyệt")
    duy = enters("Duy", Role.APPROVER)
    duy.goto(f"{server.url}/console/notices/1")
    expect(duy.locator("main")).to_contain_text("Đã giữ chỗ.")
    expect(duy.locator("main")).to_contain_text("Kèm tệp: tờ rơi.pdf")
    with duy.expect_download() as taken:
        duy.get_by_role("link", name="tờ rơi.pdf").click()
    assert Path(taken.value.path()).read_bytes() == leaflet.read_bytes()

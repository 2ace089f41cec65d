"""A notice in Chromium: written, looked at, submitted; approved by a second officer. With and without script."""

import pytest
from playwright.sync_api import Page, expect

from bot.app import App
from core.campaigns import CampaignState
from core.officers import Grant, Role
from handlers.signing import enrolling
from handlers.signing.enrolling import Filled
from tests.browser.conftest import Opens, Server
from tests.browser.measuring import fit, serious
from tests.browser.test_console import PASSWORD, SIZES, code, console, within
from tests.console.desk import officer
from tests.support.rows import enrol, listed

pytestmark = pytest.mark.browser

TEXT = "Mở lớp may sáng thứ Hai, tại nhà văn hóa. Học không mất tiền."


async def let_in(server: Server, name: str, role: Role) -> str:
    """An officer with a password; gives the secret of their app."""
    app: App = server.app
    gate, now = console(server).gate, app.clock.now()
    await officer(app, name, Grant(role=role, locality="dak-cam"))
    token = await enrolling.new_link(gate, name, by="operator", now=now)
    secret = (await enrolling.opened(gate, token, now=now)).secret
    filled = Filled(name=name, password=PASSWORD, code=code(server, secret, later=-1), browser="Chromium")
    await enrolling.enrol(gate, token, filled, now=now)
    return secret


def entered(opens: Opens, server: Server, name: str, role: Role, **options: object) -> Page:
    """A browser of their own in which an officer is signed in."""
    secret = within(server, let_in(server, name, role))
    page = opens("/console", **options)
    page.get_by_label("Tên cán bộ").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_label("Mã 6 số").fill(code(server, secret))
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("h1")).to_have_text("Việc cần làm")
    return page


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_written_submitted_and_approved_by_a_second_officer(
    opens: Opens, server: Server, width: int, height: int, *, script: bool
) -> None:
    options = {"width": width, "height": height, "java_script_enabled": script}
    within(server, enrol(server.app.storage, [listed("somebody")], server.app.clock.now()))
    thu = entered(opens, server, "Thu", Role.EDITOR, **options)
    thu.get_by_role("link", name="Tin", exact=True).click()
    thu.get_by_role("link", name="Soạn tin mới").click()
    thu.get_by_label("Tên tin").fill("Lớp may")
    thu.get_by_label("Tiếng Việt", exact=True).fill(TEXT)
    thu.get_by_label("Nguồn").fill("Kế hoạch đào tạo nghề của phường")
    thu.get_by_label("Nơi", exact=True).select_option("dak-cam")
    thu.get_by_label("Hộ nghèo", exact=True).check()
    if not script:
        thu.get_by_role("button", name="Xem thử").click()
    expect(thu.locator("#preview .said").first).to_contain_text(TEXT)  # by itself, where there is a script
    expect(thu.locator("#preview")).to_contain_text("Diện hộ: Hộ nghèo")
    expect(thu.get_by_label("Tiếng Việt", exact=True)).to_have_value(TEXT)
    expect(thu.get_by_label("Hộ nghèo", exact=True)).to_be_checked()
    fit(thu)
    thu.get_by_role("button", name="Gửi duyệt").click()
    expect(thu.locator(".say.good")).to_contain_text("Đã gửi duyệt.")
    expect(thu.get_by_role("button", name="Duyệt và gửi")).to_have_count(0)
    duy = entered(opens, server, "Duy", Role.APPROVER, **options)
    duy.get_by_role("link", name="1. Lớp may (Thu soạn)").click()
    expect(duy.locator("main")).to_contain_text(TEXT)
    fit(duy)
    if script:
        assert serious(duy) == []
    duy.get_by_role("button", name="Duyệt và gửi").click()
    expect(duy.locator(".say.good")).to_contain_text("Đã duyệt tin.")

    async def state() -> CampaignState:
        async with server.app.storage.read() as uow:
            found = await uow.campaigns.get(1)
        assert found is not None
        return found.state

    assert within(server, state()) in (CampaignState.APPROVED, CampaignState.SENDING)

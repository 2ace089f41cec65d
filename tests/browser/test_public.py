"""The public pages in Chromium: they fit, print, lead into the chat, and everybody can use them."""

import asyncio

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opens, Server
from tests.browser.measuring import boxes, serious, sideways
from tests.web.test_public import link, sent

pytestmark = pytest.mark.browser

LONG = "Phường mở lớp may.\n" + "Học từ ngày 05/12, ghi tên với trưởng thôn, mang theo căn cước. " * 12


def noticed(server: Server) -> list[str]:
    """Pages of a notice and of its correction."""

    async def write() -> list[str]:
        first = await sent(server.app, LONG)
        right = await sent(server.app, "Đính chính: học từ ngày 06/12.", audience={"reached": [str(first)]})
        return [link(first), link(right)]

    return asyncio.run_coroutine_threadsafe(write(), server._loop).result(30)


@pytest.mark.parametrize(("width", "height"), [(320, 568), (360, 740), (1280, 800)])
def test_every_page_fits_and_can_be_used_by_everybody(opens: Opens, server: Server, width: int, height: int) -> None:
    paths = [
        "",
        "/chu-de",
        "/chu-de/tro-giup-phap-ly",
        "/chu-de/ke-hoach-dia-phuong?lang=en",
        "/tin",
        "/tin/khung",
        "/cho",
    ]
    paths = [*(f"/dak-cam{path}" for path in paths), "/muong-lay/chu-de/ke-hoach-dia-phuong", *noticed(server)]
    page = opens("/dak-cam", width=width, height=height)
    found = {}
    for path in paths:
        page.goto(server.url + path)
        assert sideways(page) == [], path
        small = [box for box in boxes(page, "button, a.button, .links a, nav a, h2 a, h3 a") if box["height"] < 47.9]
        assert small == [], path
        found[path] = serious(page)
    page.goto(f"{server.url}/dak-cam/chu-de/chuan-ngheo")
    for _ in range(3):
        page.locator("button[value='size:up']").click()
    expect(page).to_have_url(f"{server.url}/dak-cam/chu-de/chuan-ngheo")
    expect(page.locator("html")).to_have_attribute("data-percent", "200")
    assert sideways(page) == []
    page.locator("button[value='contrast']").click()
    page.emulate_media(color_scheme="dark")
    found["dark, large, strong"] = serious(page)
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_from_a_topic_into_the_chat_and_an_answer_without_script(opens: Opens) -> None:
    page = opens("/dak-cam/chu-de", java_script_enabled=False)
    page.get_by_role("link", name="Luật sư giúp không lấy tiền (trợ giúp pháp lý)").click()
    page.get_by_role("link", name="Hỏi về việc này").click()
    expect(page.locator("main .note").first).to_contain_text("Bà con vừa đọc: Luật sư giúp không lấy tiền")
    page.get_by_role("button", name="Luật sư giúp", exact=True).click()
    expect(page.locator("#log [data-id]:not(.me)").last).to_contain_text("Luật Trợ giúp pháp lý")
    page.goto(page.url.partition("#")[0])
    page.get_by_role("link", name="Đọc từng việc và tin của nơi này").click()
    expect(page.locator("h1")).to_have_text("Từng việc ở phường Đăk Cấm")
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text("Topics in Đăk Cấm ward")


def test_on_paper_stands_what_is_read_and_where_it_stands(opens: Opens) -> None:
    page = opens("/dak-cam/chu-de/tro-giup-phap-ly")
    page.emulate_media(media="print")
    for gone in ("header nav", ".look", ".k", ".next"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator(".printed")).to_contain_text("/dak-cam/chu-de/tro-giup-phap-ly")
    expect(page.locator(".first .s")).to_be_visible()
    assert len(page.pdf(format="A4")) > 5_000


def test_by_keyboard_the_content_is_one_key_away(opens: Opens) -> None:
    page = opens("/dak-cam/tin", width=1280, height=800)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()

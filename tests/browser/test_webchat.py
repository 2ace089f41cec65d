"""The web chat in Chromium: small and large, without script, without a network, by keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opens, Server
from tests.browser.measuring import boxes, sideways

pytestmark = pytest.mark.browser

QUESTION = "Thẻ bảo hiểm y tế của hộ nghèo làm ở đâu?"
MARKS = "Ắ Ằ Ẵ Ặ Ế Ễ Ệ Ố Ỗ Ộ Ớ Ỡ Ợ Ứ Ữ Ự Ỷ Ỵ Đ đ"


def answers(page: Page) -> Locator:
    return page.locator("#log [data-id]:not(.me)")


def own(page: Page) -> Locator:
    return page.locator("#log .me")


def ask(page: Page, text: str = QUESTION) -> None:
    before = answers(page).count()
    page.fill("#text", text)
    page.click("#send")
    expect(own(page).last).to_contain_text(text)
    answers(page).nth(before).wait_for()


def settled(page: Page) -> None:
    """Until the server's own bubble has taken the place of the one that was shown at once."""
    # A first try that fails on a network just coming back is followed by the next after four seconds (RETRY_MS).
    expect(page.locator("#log .own")).to_have_count(0, timeout=20_000)


@pytest.mark.parametrize(("width", "height"), [(360, 640), (1280, 800)])
def test_a_conversation(opens: Opens, server: Server, width: int, height: int) -> None:
    page = opens(width=width, height=height)
    expect(page.locator("h1")).to_have_text("Ủy ban nhân dân phường Đăk Cấm · Chung Tay")
    greeting = page.locator("#log .b .t").first.inner_text()
    ask(page)
    settled(page)
    expect(page.locator("#log .t", has_text=greeting)).to_have_count(1)
    expect(own(page).last.locator("time")).to_contain_text("giờ")
    expect(answers(page).last.locator(".s")).to_contain_text("Theo")
    label = answers(page).last.locator("button").first.inner_text()
    count = answers(page).count()
    answers(page).last.locator("button").first.click()
    answers(page).nth(count).wait_for()
    settled(page)
    expect(own(page).last.locator(".t")).to_have_text(label)
    assert sideways(page) == []
    page.reload()
    expect(own(page).last.locator(".t")).to_have_text(label)


@pytest.mark.parametrize(
    ("width", "bot", "mine"), [(320, (304, 304), 0.8 * 304), (360, (336, 336), 0.8 * 336), (1280, (300, 560), 448)]
)
def test_bubbles_and_buttons_have_the_sizes_of_the_guide(
    opens: Opens, width: int, bot: tuple[float, float], mine: float
) -> None:
    page = opens(width=width, height=700)
    ask(page, "Nhà tôi có sổ hộ nghèo mà thẻ bảo hiểm bị mất từ tháng trước, giờ phải làm sao để khám bệnh?")
    settled(page)
    assert all(bot[0] <= box["width"] <= bot[1] for box in boxes(page, "#log .b:not(.me)"))
    assert boxes(page, "#log .me")[0]["width"] <= mine + 0.5
    assert boxes(page, "#log .me")[0]["right"] >= boxes(page, "#log .b:not(.me)")[0]["right"] - 0.5
    touch = boxes(page, "button, a.button, summary, textarea, input[type=file]")
    assert [box for box in touch if box["height"] < 48] == []
    for row in page.locator("#log .k").all():
        found = [one.bounding_box() for one in row.locator("button").all()]
        placed = [one for one in found if one]
        for index, one in enumerate(placed):
            for other in placed[index + 1 :]:
                apart = max(
                    other["x"] - one["x"] - one["width"],
                    one["x"] - other["x"] - other["width"],
                    other["y"] - one["y"] - one["height"],
                    one["y"] - other["y"] - other["height"],
                )
                assert apart >= 7.9


def test_at_320_with_letters_twice_as_large_nothing_runs_sideways(opens: Opens) -> None:
    page = opens(width=320, height=568)
    assert sideways(page) == []
    for percent in ("120", "150", "200"):
        page.locator("button[value='size:up']").click()
        expect(page.locator("html")).to_have_attribute("data-percent", percent)
    ask(page, f"{MARKS} {'dàidằngdặc' * 20}")
    settled(page)
    page.locator(".narrow summary").click()
    page.locator(".files summary").click()
    assert sideways(page) == []
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-percent", "200")
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.t')).fontSize)") == 36


def test_a_table_fits_the_smallest_page(opens: Opens) -> None:
    page = opens("/?at=muong-lay", width=320, height=568)
    page.fill("#text", "tổng kinh phí của kế hoạch")
    page.click("#send")
    table = answers(page).last.locator("table")
    table.wait_for()
    settled(page)
    expect(table.locator("th[scope=col]")).to_have_text(["Dự án", "Số tiền"])
    expect(table.locator("tr")).to_have_count(9)
    for _ in range(3):
        page.locator("button[value='size:up']").click()
    expect(page.locator("html")).to_have_attribute("data-percent", "200")
    assert sideways(page) == []


def test_without_script(opens: Opens) -> None:
    page = opens(java_script_enabled=False)
    ask(page)
    expect(page).to_have_url(f"{page.url.partition('#')[0].partition('?')[0]}#last")
    label = answers(page).last.locator("button").first.inner_text()
    count = answers(page).count()
    answers(page).last.locator("button").first.click()
    answers(page).nth(count).wait_for()
    expect(own(page).last.locator(".t")).to_have_text(label)
    page.locator(".narrow summary").click()
    page.locator(".narrow button[value='theme:dark']").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(own(page).last.locator(".t")).to_have_text(label)


def test_by_keyboard_alone(opens: Opens) -> None:
    page = opens(width=1280, height=600)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Tab")
    expect(page.locator("#send")).to_be_focused()
    page.keyboard.press("Enter")
    answers(page).last.locator("button").first.wait_for()
    settled(page)
    expect(page.locator("#text")).to_be_focused()
    # Back from the box: past the files, then through the buttons of the newest answer, each in full view.
    page.keyboard.press("Shift+Tab")
    for _ in range(answers(page).last.locator("button").count()):
        page.keyboard.press("Shift+Tab")
        assert page.evaluate("document.activeElement.name") == "payload"
        assert page.evaluate(
            """() => {
                const box = document.activeElement.getBoundingClientRect();
                const seen = document.elementFromPoint(box.left + box.width / 2, box.bottom - 2);
                return seen === document.activeElement;
            }"""
        )
    label = page.evaluate("document.activeElement.textContent")
    count = answers(page).count()
    page.keyboard.press("Enter")
    answers(page).nth(count).wait_for()
    expect(own(page).last.locator(".t")).to_have_text(label)


def test_dark_follows_the_device_and_the_switch(opens: Opens) -> None:
    page = opens(color_scheme="dark", width=1280, height=800)
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(17, 23, 30)"
    page.locator(".wide button[value='theme:light']").click()
    expect(page.locator(".wide button[value='theme:light']")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(ground) == "rgb(245, 247, 249)"
    page.reload()
    assert page.evaluate(ground) == "rgb(245, 247, 249)"
    page.locator(".wide button[value='theme:auto']").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "auto")
    assert page.evaluate(ground) == "rgb(17, 23, 30)"


def test_written_without_a_network_and_sent_when_there_is_one(opens: Opens) -> None:
    page = opens()
    page.context.set_offline(True)
    page.fill("#text", QUESTION)
    page.click("#send")
    expect(page.locator("#net")).to_have_text("Mất mạng. Tin sẽ gửi khi có mạng.")
    expect(own(page).last.locator("time")).to_have_text("Đang gửi…")
    page.context.set_offline(False)
    answers(page).last.wait_for()
    settled(page)
    expect(page.locator("#net")).to_be_hidden()
    expect(own(page)).to_have_count(1)
    assert page.evaluate("localStorage.length") == 0


def test_what_was_written_without_a_network_outlives_the_page(opens: Opens) -> None:
    page = opens()
    page.context.set_offline(True)
    page.fill("#text", QUESTION)
    page.click("#send")
    expect(page.locator("#net")).to_be_visible()
    page.close()
    page.context.set_offline(False)
    later = page.context.new_page()
    later.goto(page.url)
    answers(later).last.wait_for()
    settled(later)
    expect(own(later)).to_have_count(1)


def test_what_a_closed_page_sent_without_hearing_so_is_shown_once(opens: Opens) -> None:
    page = opens()

    def lose(route: Any) -> None:
        route.fetch()  # the server stores it
        route.abort()  # and the browser never hears of it

    page.route("**/messages", lose)
    page.fill("#text", QUESTION)
    page.click("#send")
    expect(page.locator("#net")).to_be_visible()
    assert page.evaluate("localStorage.length") == 1
    page.unroute("**/messages")
    for _ in range(2):
        page.reload()
        answers(page).last.wait_for()
        settled(page)
        expect(own(page)).to_have_count(1)
    assert page.evaluate("localStorage.length") == 0


def test_the_same_words_said_twice_are_shown_twice(opens: Opens) -> None:
    page = opens()
    ask(page)
    ask(page)
    settled(page)
    expect(own(page)).to_have_count(2)


def test_a_message_whose_receipt_got_lost_is_not_said_twice(opens: Opens) -> None:
    page = opens()
    lost: list[str] = []

    def lose_first(route: Any) -> None:
        if not lost:
            lost.append(route.request.url)
            route.fetch()  # the server stores it
            route.abort()  # and the browser never hears of it
        else:
            route.continue_()

    page.route("**/messages", lose_first)
    page.fill("#text", QUESTION)
    page.click("#send")
    answers(page).last.wait_for()
    expect(page.locator("#net")).to_be_hidden()
    page.reload()
    expect(own(page)).to_have_count(1)
    assert lost


def test_a_browser_that_lost_its_cookie_is_asked_once_more_in_silence(opens: Opens) -> None:
    page = opens()
    page.context.clear_cookies()
    page.fill("#text", QUESTION)
    page.click("#send")
    answers(page).last.wait_for()
    settled(page)
    expect(page.locator("#problem")).to_be_hidden()


def test_a_full_disk_gives_the_words_back(opens: Opens) -> None:
    page = opens()
    page.route("**/messages", lambda route: route.fulfill(status=503, body="Tin chưa được giữ lại."))
    page.fill("#text", QUESTION)
    page.click("#send")
    expect(page.locator("#problem")).to_have_text("■ Tin chưa được giữ lại.")
    expect(page.locator("#text")).to_have_value(QUESTION)
    expect(own(page)).to_have_count(0)
    page.unroute("**/messages")
    page.click("#send")
    answers(page).last.wait_for()
    expect(page.locator("#problem")).to_be_hidden()


def test_a_slow_network_is_said_after_five_seconds(opens: Opens) -> None:
    page = opens()
    held: list[Any] = []
    page.route("**/messages", lambda route: held.append(route))  # noqa: PLW0108 -- it must be a function
    page.clock.install()
    page.fill("#text", QUESTION)
    page.click("#send")
    expect(own(page).last.locator("time")).to_have_text("Đang gửi…")
    page.clock.fast_forward(5_100)
    expect(own(page).last.locator("time")).to_have_text("Mạng chậm. Tin chưa mất.")
    held[0].continue_()
    answers(page).last.wait_for()


def test_the_page_finds_its_way_back_after_the_server_was_away(opens: Opens, server: Server) -> None:
    page = opens()
    ask(page)
    settled(page)
    count = answers(page).count()
    server.__exit__(None, None, None)
    server.__enter__()
    other = page.context.new_page()
    other.goto(server.url)
    other.fill("#text", "Tiền điện thì sao?")
    other.click("#send")
    answers(page).nth(count).wait_for()
    expect(own(page).last).to_contain_text("Tiền điện thì sao?")


def test_a_reader_further_up_is_not_pulled_down(opens: Opens, server: Server) -> None:
    page = opens(height=480)
    ask(page)
    ask(page, "Tiền điện thì sao?")
    settled(page)
    page.evaluate("scrollTo(0, 0)")
    other = page.context.new_page()
    other.goto(server.url)
    count = answers(page).count()
    ask(other, "Nhà dột thì hỏi ai?")
    answers(page).nth(count).wait_for()
    expect(page.locator("#new")).to_be_visible()
    assert page.evaluate("scrollY") == 0
    page.locator("#new").click()
    expect(page.locator("#new")).to_be_hidden()
    expect(own(page).last).to_be_in_viewport()


def test_nothing_is_fetched_from_elsewhere_and_little_from_us(opens: Opens, server: Server) -> None:
    page = opens("/health")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(f"{server.url}/?at=dak-cam", wait_until="load")
    sizes = page.evaluate(
        """() => performance.getEntriesByType("navigation").concat(performance.getEntriesByType("resource"))
            .filter(one => one.name.startsWith("http"))
            .map(one => [one.encodedBodySize, one.decodedBodySize])"""
    )
    sent, unpacked = (sum(column) for column in zip(*sizes, strict=True))
    print(f"first visit: {len(sizes)} files, {sent} bytes as sent, {unpacked} bytes unpacked")
    assert len(sizes) == 3
    assert unpacked < 40_000
    assert 3_000 < sent < 15_000
    ask(page)
    settled(page)
    assert [one for one in asked if not one.startswith((server.url, "data:"))] == []


def test_a_photo_goes_along_and_can_be_opened(opens: Opens) -> None:
    page = opens()
    page.locator(".files summary").click()
    photo = {"name": "giấy.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0" + bytes(2000)}
    page.set_input_files("#files", photo)  # type: ignore[arg-type]
    ask(page, "Xem giúp giấy này")
    settled(page)
    link = own(page).last.locator("a")
    expect(link).to_have_text("Ảnh giấy.jpg, 2 kB")
    fetched = page.request.get(page.url.partition("/?")[0] + str(link.get_attribute("href")))
    assert (fetched.status, len(fetched.body())) == (200, 2004)


def test_a_photo_that_is_too_large_is_said_before_it_costs_data(opens: Opens) -> None:
    page = opens()
    posts: list[str] = []
    page.on("request", lambda one: posts.append(one.url) if one.method == "POST" else None)
    page.locator(".files summary").click()
    photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff" + bytes(5 * 1024 * 1024)}
    page.set_input_files("#files", photo)  # type: ignore[arg-type]
    page.fill("#text", "Xem giúp")
    page.click("#send")
    expect(page.locator("#problem")).to_contain_text("nặng hơn 5 MB")
    expect(page.locator("#text")).to_have_value("Xem giúp")
    assert posts == []


def test_a_screen_reader_hears_who_speaks(opens: Opens) -> None:
    page = opens(width=1280, height=800)
    log = page.get_by_role("log", name="Cuộc trò chuyện")
    expect(log).to_have_attribute("aria-live", "polite")
    ask(page)
    settled(page)
    assert own(page).last.text_content().strip().startswith("Bà con:")  # type: ignore[union-attr]
    assert answers(page).last.text_content().strip().startswith("Chung Tay:")  # type: ignore[union-attr]
    expect(page.get_by_role("textbox", name="Viết câu hỏi")).to_be_visible()
    for name in ("Gửi", "A+ chữ to hơn", "Tương phản", "Tối"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    expect(page.get_by_role("button", name="English")).to_have_attribute("lang", "en")


def test_english_and_back(opens: Opens) -> None:
    page = opens(width=1280, height=800)
    page.get_by_role("link", name="English").click()
    expect(page.locator("#send")).to_have_text("Send")
    ask(page, "health insurance card")
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.locator("#send")).to_have_text("Gửi")
    expect(page.locator("html")).to_have_attribute("lang", "vi")


def test_no_motion_for_those_who_asked_for_none(opens: Opens) -> None:
    moving = "getComputedStyle(document.querySelector('.fresh')).animationName"
    for wish, expected in (("reduce", "none"), ("no-preference", "appear")):
        page = opens(reduced_motion=wish)
        ask(page)
        assert page.evaluate(moving) == expected


def test_forced_colours_keep_their_edges(opens: Opens) -> None:
    page = opens(forced_colors="active")
    for selector in ("#log .b", "#send", "#text"):
        assert page.evaluate(f"getComputedStyle(document.querySelector('{selector}')).borderTopStyle") == "solid"


def test_on_paper_stands_the_talk_alone(opens: Opens) -> None:
    page = opens()
    ask(page)
    page.emulate_media(media="print")
    expect(page.locator("#say")).to_be_hidden()
    expect(page.locator("header .look").first).to_be_hidden()
    expect(own(page).last).to_be_visible()


def test_the_health_page_fits_a_telephone(opens: Opens) -> None:
    page = opens("/health", width=320)
    expect(page.locator("h1")).to_contain_text("Tình trạng")
    assert sideways(page) == []

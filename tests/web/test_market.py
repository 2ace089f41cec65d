"""The public page of the market: what is verified, and a form that says what is wrong with it."""

import re
from typing import Any

from httpx import AsyncClient, Response

from bot.app import App
from core.market import PostState
from tests.support.rows import a_post, everything
from tests.web.conftest import client_of

PATH = "/dak-cam/cho"
SCRIPT = "\"'><script>alert(1)</script>"
GOOD = {"what": "30 kg măng khô", "goods": "forest", "name": "Quán Lan", "phone": "0900 000 333", "agreed": "1"}


async def send(client: AsyncClient, path: str = PATH, **fields: str) -> Response:
    return await client.post(path, data={**GOOD, **fields}, headers={"Sec-Fetch-Site": "same-origin"})


async def posts(app: App) -> list[dict[str, Any]]:
    return (await everything(app.storage))["market_posts"]


async def verify(app: App, number: int) -> None:
    async with app.storage.write() as uow:
        one = await uow.market.get(number)
        assert one is not None
        assert await uow.market.step(one, PostState.VERIFIED, by="Lan", now=app.clock.now())
        await uow.commit()


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


async def test_a_request_waits_for_an_officer_and_is_kept_once(app: App) -> None:
    async with client_of(app.web) as client:
        first = await send(client)
        assert (first.status_code, first.headers["location"]) == (303, "/dak-cam/cho?sent=1#sent")
        assert (await send(client)).status_code == 303, "pressed twice"
        page = await client.get("/dak-cam/cho?sent=1")
        assert "Đã nhận. Cán bộ" in page.text and "măng khô" not in page.text
        assert page.headers["x-robots-tag"].startswith("noindex")
    (one,) = await posts(app)
    assert (one["side"], one["state"], one["contact_id"]) == ("wanted", "waiting", None)
    assert one["post"]["reach"] == "0900000333" and "phone" not in one["post"], "for officers alone"


async def test_what_is_wrong_is_named_and_what_was_written_stays(app: App) -> None:
    async with client_of(app.web) as client:
        answer = await send(client, what="", phone="12345", goods="gold", agreed="", name=SCRIPT)
        assert answer.status_code == 422 and answer.headers["cache-control"] == "no-store"
        said = plain(answer.text)
        for fault in ("Viết cần mua gì", "Số có mười chữ số", "Chọn một nhóm hàng", "Đánh dấu ô này"):
            assert fault in said
        assert "<script>alert" not in answer.text and "&lt;script&gt;" in answer.text
        answer = await send(client, what="x" * 81, name="")
        assert "nhiều nhất 80 ký tự" in answer.text and "Viết tên người mua" in answer.text
        assert (await send(client, path="/nowhere/cho")).status_code == 404
        assert (await send(client, path="/dak-cam/cho?lang=en", what="")).status_code == 422
    assert await posts(app) == []


async def test_who_sends_many_waits(app: App) -> None:
    async with client_of(app.web) as client:
        states = [(await send(client, what=f"măng {number}")).status_code for number in range(5)]
        assert states == [303, 303, 303, 429, 429] and len(await posts(app)) == 3
        answer = await send(client, what="măng nữa")
        assert "vừa gửi nhiều tin" in answer.text and "măng nữa" in answer.text, "what was written stays"


async def test_only_verified_posts_of_this_province_are_shown(app: App) -> None:
    texts = {"price": SCRIPT, "hamlet": "Thôn 4", "phone": "0900000222"}
    async with app.storage.write() as uow:
        for new in (a_post(**texts), a_post("5 con vịt"), a_post("ở xa", locality="di-su")):
            assert await uow.market.add(new, app.clock.now(), app.clock.now().date())
        await uow.commit()
    await verify(app, 1)
    await verify(app, 3)
    async with client_of(app.web) as client:
        page = await client.get(PATH)
        said = plain(page.text)
        assert "Bán: 20 con gà." in said and "Gọi: 0900 000 222." in said and "Thôn 4, phường Đăk Cấm" in said
        assert "vịt" not in said.partition("Đăng cần mua Cán bộ")[0].replace("Gà, vịt", "") and "ở xa" not in said
        assert "<script>alert" not in page.text
        assert (await client.get("/robots.txt")).status_code == 200
        assert "/cho" not in (await client.get("/sitemap.xml")).text.replace("/chu-de", "")

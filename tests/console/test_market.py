"""Posts of the market in the console: looked at, verified, refused with a word, closed; each act once, and logged."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.app import App
from core.contacts import Consent, Purpose
from core.market import Goods, NewPost, Side
from core.officers import Grant, Role
from tests.console.desk import Desk, signed_in
from tests.console.test_forms import SCRIPT, clean
from tests.db.test_statements import counting
from tests.support.rows import a_post, everything, make_person

LIST = "/console/market"
MOST = 12  # statements of a page: who is signed in, the posts, the forms
FRAUD = "gà giống rẻ, chuyển khoản cọc trước 500k giữ hàng"


async def put(app: App, *posts: NewPost, path: str = "") -> list[int]:
    """Posts that wait; with a path, of whoever writes from there."""
    contact = None
    now = app.clock.now()
    if path:
        contact = (await make_person(app.storage, path)).contact.id
        agreed = Consent(purpose=Purpose.MARKET, granted_at=now, expires_at=now.replace(year=2027), wording="x")
        async with app.storage.write() as uow:
            await uow.people.consent(contact, agreed)
            await uow.commit()
    numbers = []
    async with app.storage.write() as uow:
        for one in posts:
            new = NewPost(locality=one.locality, side=one.side, goods=one.goods, post=one.post, contact_id=contact)
            number = await uow.market.add(new, now, now.date())
            assert number is not None
            numbers.append(number)
        await uow.commit()
    return numbers


async def acts(app: App) -> list[str]:
    rows = (await everything(app.storage))["audit_log"]
    return [row["action"] for row in rows if row["action"].startswith(("market.", "refused"))]


async def bubbles(app: App) -> list[str]:
    return [str(row["body"]) for row in (await everything(app.storage))["messages"]]


async def states(app: App) -> list[tuple[Any, Any]]:
    return [(row["state"], row["why"]) for row in (await everything(app.storage))["market_posts"]]


async def test_the_first_page_and_the_list_show_what_waits(app: App, lan: Desk) -> None:
    await put(app, a_post(amount="20 con", hamlet="Thôn 4"), a_post(FRAUD), a_post("ở Dị Sử", locality="di-su"))
    page = await lan.open()
    said = " ".join(page.text.split())
    assert "Tin mua bán chờ xem" in said and "Bán · Gà, vịt, trứng · 20 con: 20 con gà" in said
    assert "Dị Sử" not in page.text
    page = await lan.open(LIST)
    assert "20 con gà" in page.text and page.text.count("Có dấu hiệu lừa đảo") == 1 and "ở Dị Sử" not in page.text


async def test_verified_once_and_the_sender_is_told(app: App, lan: Desk) -> None:
    (number,) = await put(app, a_post(), path="seller")
    page = await lan.open(f"{LIST}/{number}")
    form = page.form("/verify")
    page = await lan.send("/verify", "Duyệt đăng tin")
    assert "Đang đăng" in page.text and page.statuses == ["✓ Đã duyệt đăng tin. Người gửi và người hợp được báo."]
    await lan.post(form.action.replace("/refuse", "/verify"), dict(form.fields))
    assert sum("Đã đăng tin 1 của nhà mình" in one for one in await bubbles(app)) == 1
    assert await acts(app) == ["market.verify"]
    assert "Gỡ tin" in page.html and "Duyệt đăng tin" not in page.html.partition("<main")[2].partition("acts")[2]
    assert "Không bắt buộc." in page.text and "Không đăng thì phải ghi" not in page.text
    page = await lan.send("/close", "Gỡ tin", why="Người đăng gọi báo đã bán.")
    assert "Đã gỡ" in page.text and await states(app) == [("closed", "Người đăng gọi báo đã bán.")]


async def test_a_refusal_has_a_word_that_the_sender_reads(app: App, lan: Desk) -> None:
    (number,) = await put(app, a_post(), path="seller")
    await lan.open(f"{LIST}/{number}")
    page = await lan.send("/refuse", "Không đăng tin")
    assert page.status == 422 and "Ghi lý do, để người gửi biết sửa gì." in page.alerts[0]
    page = await lan.send("/refuse", "Không đăng tin", why=SCRIPT)
    assert clean(page.html) and "Không đăng" in page.text
    assert any("chưa đăng tin 1" in one and "Vì: " in one for one in await bubbles(app))


async def test_signs_of_fraud_are_seen_and_verifying_takes_a_reason(app: App, lan: Desk) -> None:
    (number,) = await put(app, a_post(FRAUD))
    page = await lan.open(f"{LIST}/{number}")
    assert "Tin này có dấu hiệu lừa đảo" in page.text and "đòi tiền trước" in page.text
    page = await lan.send("/verify", "Duyệt đăng tin")
    assert page.status == 422 and "ghi đã hỏi ai" in page.alerts[0] and (await states(app))[0][0] == "waiting"
    page = await lan.send("/verify", "Duyệt đăng tin", why="Đã gọi trại giống, có thật.")
    assert (await states(app))[0] == ("verified", "Đã gọi trại giống, có thật.")


async def test_the_second_of_two_officers_is_told_and_keeps_the_words(app: App, lan: Desk, minh: Desk) -> None:
    (number,) = await put(app, a_post())
    await lan.open(f"{LIST}/{number}")
    await minh.open(f"{LIST}/{number}")
    await lan.send("/verify", "Duyệt đăng tin")
    page = await minh.send("/refuse", "Không đăng tin", why="Thiếu giá")
    assert page.status == 409 and "vừa có thay đổi" in page.alerts[0]
    assert page.form("/close").fields["why"].strip() == "Thiếu giá"
    assert (await states(app))[0][0] == "verified"


async def test_script_in_every_field_is_escaped(app: App, lan: Desk) -> None:
    texts = dict.fromkeys(("amount", "when", "hamlet", "price", "name"), SCRIPT[:60])
    (number,) = await put(app, a_post(SCRIPT[:80], **texts))
    for path in ("", LIST, f"{LIST}/{number}"):
        assert clean((await lan.open(path or "/console")).html), path
    await lan.open(f"{LIST}/{number}")
    await lan.send("/verify", "Duyệt đăng tin", why="x")
    answer = await lan.client.get("/dak-cam/cho")
    assert SCRIPT[:10] not in answer.text


async def test_of_another_place_or_office_it_is_not_there(app: App, lan: Desk) -> None:
    (number,) = await put(app, a_post(locality="di-su"))
    assert (await lan.open(f"{LIST}/{number}")).status == 404
    assert (await lan.open(f"{LIST}/999")).status == 404
    (here,) = await put(app, a_post())
    other = await signed_in(app, "Ba", Grant(role=Role.ANSWERER, locality="dak-cam", office="vp-hdnd-ubnd"))
    assert (await other.open(f"{LIST}/{here}")).status == 404
    assert "20 con gà" not in (await other.open(LIST)).text
    viewer = await signed_in(app, "Tư", Grant(role=Role.VIEWER, locality="dak-cam"))
    page = await viewer.open(f"{LIST}/{here}")
    assert page.status == 200 and "Duyệt đăng tin" not in page.text
    assert "refused" in await acts(app)


async def test_the_sheet_has_every_post_as_a_row(app: App, lan: Desk) -> None:
    await put(app, a_post(price="=1+1"), a_post("măng khô", side=Side.WANTED, phone="0900000222"))
    answer = await lan.client.get(f"{LIST}/sheet")
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][:4] == ("Số", "Loại tin", "Nhóm hàng", "Hàng")
    assert rows[1][1:4] == ("Bán", "Gà, vịt, trứng", "20 con gà") and rows[2][10] == "0900000222"


@pytest.mark.parametrize("path", [LIST, f"{LIST}/1"])
async def test_statements_do_not_grow(app: App, lan: Desk, path: str) -> None:
    await put(app, *(a_post(f"gà số {number}") for number in range(3)))
    counts = []
    for more in (0, 40):
        await put(app, *(a_post(f"vịt {more} {number}") for number in range(more)))
        with counting(app.storage) as counter:
            await lan.open(path)
            counts.append(counter.take())
    assert counts[0] >= counts[1] and counts[0] <= MOST


async def test_a_reason_stands_before_the_button_that_takes_one(app: App, lan: Desk) -> None:
    for words, needed in (("măng khô", False), (FRAUD, True)):
        (number,) = await put(app, a_post(words))
        html = (await lan.open(f"{LIST}/{number}")).html
        button = f'formaction="{LIST}/{number}/verify"'
        assert (html.index(button) > html.index('id="why"')) is needed, words


async def test_a_post_in_the_wrong_group_is_put_in_another(app: App, lan: Desk) -> None:
    wanted = a_post("cần mua măng", side=Side.WANTED, goods=Goods.FOREST)
    (buyer,) = await put(app, wanted, path="buyer")
    (number,) = await put(app, a_post("măng khô", goods=Goods.POULTRY), path="seller")
    await lan.open(f"{LIST}/{buyer}")
    await lan.send("/verify", "Duyệt đăng tin")
    page = await lan.open(f"{LIST}/{number}")
    assert "cần mua măng" not in page.text
    page = await lan.send("/goods", "Đổi nhóm hàng", goods="forest", why="Đã gọi hỏi")
    assert page.statuses[0] == "✓ Đã đổi nhóm hàng." and "cần mua măng" in page.text
    assert page.form("/verify").fields["why"].strip() == "Đã gọi hỏi", "no button loses what stands in another box"
    old = page.form("/verify")
    page = await lan.send("/goods", "Đổi nhóm hàng", goods="gold")
    assert page.status == 422 and "Chọn một nhóm hàng." in page.alerts[0]
    await lan.open(f"{LIST}/{number}")
    await lan.send("/goods", "Đổi nhóm hàng", goods="forest")
    stale = {**old.fields, "form": (await lan.open(f"{LIST}/{number}")).form("/verify").fields["form"], "goods": "food"}
    assert (await lan.post(f"{LIST}/{number}/goods", stale)).status == 409, "somebody else changed it meanwhile"
    assert (await everything(app.storage))["market_posts"][1]["goods"] == "forest"
    assert await acts(app) == ["market.verify", "market.regroup", "market.regroup"]
    assert (await everything(app.storage))["reminders"] == [], "nobody is told before it is verified"


async def test_a_group_that_was_chosen_counts_whichever_button_is_pressed(app: App, lan: Desk) -> None:
    (number,) = await put(app, a_post("măng khô", goods=Goods.POULTRY), path="seller")
    form = (await lan.open(f"{LIST}/{number}")).form("/verify")
    for _ in range(2):
        page = await lan.post(f"{LIST}/{number}/verify", {**form.fields, "goods": "forest"})
        assert page.status == 200 and "Đang đăng" in page.text
    assert [(row["goods"], row["state"]) for row in (await everything(app.storage))["market_posts"]] == [
        ("forest", "verified")
    ]
    assert await acts(app) == ["market.regroup", "market.verify"], "a form sent twice does one thing"


async def test_who_fits_the_new_group_of_a_post_that_is_shown_is_told(app: App, lan: Desk) -> None:
    (buyer,) = await put(app, a_post("cần mua măng", side=Side.WANTED, goods=Goods.FOREST), path="buyer")
    (number,) = await put(app, a_post("măng khô", goods=Goods.POULTRY), path="seller")
    for one in (buyer, number):
        await lan.open(f"{LIST}/{one}")
        await lan.send("/verify", "Duyệt đăng tin")
    assert (await everything(app.storage))["reminders"] == []
    await lan.send("/goods", "Đổi nhóm hàng", goods="forest")
    assert len((await everything(app.storage))["reminders"]) == 2, "each of the two is told of the other"
    await lan.send("/close", "Gỡ tin")
    assert not any(form.elsewhere for form in lan.page.forms), "what is over stays as it is"

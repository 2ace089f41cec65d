"""market-link: an offer and a request of the same goods meet; nothing is seen unapproved; what is over vanishes."""

import re

import pytest

from core.officers import Role
from scheduler.reminding import Reminding
from tests.capabilities.office import Office
from tests.web.conftest import client_of
from tests.web.visiting import Visitor

SELLS = ("tôi có 20 con gà muốn bán", "trong tuần này", "Thôn 4", "150 nghìn một kg", "0900 000 222")
BUYS = ("cần mua 50 con gà", "có ngay", "Không nói rõ", "thỏa thuận", "không")
FORM = {"goods": "poultry", "name": "Quán Hai Lan", "phone": "0900 000 333", "agreed": "1"}


async def citizen(here: Office, *words: str) -> Visitor:
    """Somebody of Đăk Cấm who writes this."""
    visitor = Visitor(client_of(here.app.web))
    await visitor.open("/?at=dak-cam")
    for one in words:
        await visitor.say(one)
    return visitor


async def page(here: Office) -> str:
    """What the page of the market shows, on one line."""
    async with client_of(here.app.web) as client:
        html = (await client.get("/dak-cam/cho")).text.partition("<main")[2].partition("<form")[0]
        return " ".join(re.sub(r"<[^>]+>", " ", html).split())


async def verified(here: Office, *numbers: int) -> None:
    """An officer looks at posts and lets them be seen."""
    lan = await here.officer(f"Lan {numbers}", Role.ANSWERER)
    for number in numbers:
        await lan.open(f"/console/market/{number}")
        shown = await lan.send("/verify", "Duyệt đăng tin")
        assert "Đã duyệt đăng tin" in shown.text, shown.text


async def reminded(here: Office) -> None:
    """What is due goes out, as the service does it every few seconds."""
    await here.passes(Reminding)


@pytest.mark.thorough
async def test_an_offer_and_a_request_of_the_same_goods_are_shown_to_each_others_owner_once(here: Office) -> None:
    seller = await citizen(here, *SELLS, "đồng ý")
    buyer = await citizen(here, *BUYS, "đồng ý")
    await citizen(here, "bán 30 kg măng khô", "có ngay", "Thôn 1", "thỏa thuận", "không", "đồng ý")
    await verified(here, 1, 2, 3)
    for _ in range(2):
        await reminded(here)
    said = [one.text for one in (await seller.say("xin chào")).answers]
    assert sum("Có người cần mua, hợp với tin nhà mình bán gà" in one for one in said) == 1, said
    said = [one.text for one in (await buyer.say("xin chào")).answers]
    found = [one for one in said if "Có nhà bán, hợp với tin nhà mình cần mua gà" in one]
    assert len(found) == 1, said
    assert "0900 000 222" in found[0] and "150 nghìn một kg" in found[0], "what the seller agreed to show"
    assert not any("măng" in one for one in said), "other goods fit nothing here"


async def test_what_no_officer_looked_at_is_unseen(here: Office) -> None:
    seller = await citizen(here, *SELLS)
    shown = seller.page.answers[-1].text
    assert "Bán: gà." in shown and "Gọi: 0900 000 222." in shown, "the very words, before anything is kept"
    await seller.say("đồng ý")
    neighbour = await citizen(here)
    assert "Bán: gà." not in await page(here)
    assert "chưa có ai đăng bán" in (await neighbour.say("ai bán")).answers[-1].text
    await verified(here, 1)
    assert "Bán: gà." in await page(here)
    assert "gà, 20 con" in (await neighbour.say("ai bán")).answers[-1].text


async def test_what_is_over_or_sold_vanishes(here: Office) -> None:
    seller = await citizen(here, *SELLS, "đồng ý")
    other = await citizen(here, "bán 5 con heo", "có ngay", "Thôn 1", "thỏa thuận", "không", "đồng ý")
    await verified(here, 1, 2)
    assert "Bán: gà." in await page(here) and "Bán: heo." in await page(here)
    await other.say("bán xong")
    await other.press("Bán xong 2")
    assert "Bán: heo." not in await page(here) and "Bán: gà." in await page(here)
    here.clock.advance(days=14)
    assert "Bán: gà." in await page(here), "the last day itself counts"
    here.clock.advance(days=1)
    assert "Bán: gà." not in await page(here)
    assert "không có tin nào" in (await seller.say("tin tôi đăng")).answers[-1].text


async def test_a_buyer_asks_on_the_page_and_shows_a_number_only_where_it_was_agreed(here: Office) -> None:
    async with client_of(here.app.web) as client:
        for what, box in (("100 trứng gà", {}), ("vịt xiêm", {"shown": "1"})):
            sent = await client.post(
                "/dak-cam/cho", data={**FORM, "what": what, **box}, headers={"Sec-Fetch-Site": "same-origin"}
            )
            assert sent.status_code == 303, sent.text
    household = await citizen(here)
    assert "trứng" not in await page(here)
    await verified(here, 1, 2)
    seen = await page(here)
    assert "100 trứng gà" in seen and "Quán Hai Lan" in seen
    assert seen.count("0900 000 333") == 1, "of the one that shows it"
    said = (await household.say("ai mua")).answers[-1].text
    assert "100 trứng gà" in said and "vịt xiêm" in said

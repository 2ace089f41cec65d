"""Public pages: what everybody may read of a place, from the same cards and notices as in the chat."""

import re
from collections.abc import Sequence
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import event

from bot.app import App
from content.formatting import phone_text
from content.record import Text
from content.wording import LANGUAGES, wording
from core.authenticity import notice_code
from core.campaigns import CampaignState, read_notice
from core.delivery import DeliveryStatus
from db.counting import count
from tests.support.clock import FixedClock
from tests.web.conftest import changed, client_of
from tests.web.test_look import WEB
from tests.web.visiting import Visitor
from web.app import Site

ATOM = "{http://www.w3.org/2005/Atom}"
HEAVIEST = 150_000  # bytes of a page with its styles
WORDS = "Phường mở lớp may miễn phí.\nHọc từ ngày 05/12."


async def sent(
    app: App,
    text: str = WORDS,
    *,
    audience: dict[str, Any] | None = None,
    state: CampaignState = CampaignState.FINISHED,
    came: int = 3,
    texts: dict[str, str] | None = None,
    **data: Any,
) -> int:
    """A notice that was approved and went out."""
    notice = read_notice(
        {
            "kind": "notice",
            "title": "Chỉ cán bộ đọc",
            "source": "Kế hoạch đào tạo nghề",
            "text": texts or {"vi": text},
            "audience": audience or {"localities": ["dak-cam"]},
            **data,
        }
    )
    now = app.clock.now()
    async with app.storage.write() as uow:
        number = await uow.campaigns.add(notice, by="Lan", now=now)
        along = {"approved_by": "Minh", "approved_hash": notice.hash(), "starts_at": now}
        await uow.campaigns.step(number, CampaignState.DRAFT, state, **along)
        await count(uow.campaigns._db, [(number, DeliveryStatus.SENT.value, came)])
        await uow.commit()
    return number


def link(number: int) -> str:
    return f"/dak-cam/tin/{notice_code(number).lower()}"


def links(html: str, within: str = "") -> list[str]:
    return [unescape(one) for one in re.findall(rf'<a[^>]* href="({within}[^"]*)"', html)]


def readable(html: str) -> str:
    """What is read, without marks of the page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.partition("<main")[2].partition("</main")[0])).split())


def joined(text: str) -> str:
    return " ".join(text.split())


# --- topics ---


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_a_topic_says_what_the_chat_says(client: AsyncClient, site: Site, clock: FixedClock, lang: str) -> None:
    answer = await client.get(f"/dak-cam/chu-de/hoc-nghe?lang={lang}")
    assert answer.status_code == 200
    card = site.content.card("vocational-training", locality="dak-cam", on=clock.now().date(), lang=lang)
    assert card is not None
    said = readable(answer.text)
    assert joined(card.short) in said and joined(card.source) in said
    for passage in (*card.sections.values(), *card.details):
        assert joined(passage.title) in said and joined(passage.text) in said
        assert passage.source is None or joined(passage.source) in said
    assert f'<html lang="{lang}"' in answer.text


@pytest.mark.thorough
async def test_every_topic_of_every_place_is_a_page_that_is_light_and_asks_storage_nothing(site: Site) -> None:
    heaviest = 0
    async with client_of(changed(site, storage=None)) as client, client_of(changed(site)) as asking:
        for place in site.content.localities:
            index = (await client.get(f"/{place}/chu-de")).text
            for topic in site.content.topics.values():
                path = f"/{place}/chu-de/{topic.address}"
                assert f'href="{path}"' in index
                # What was published of a plan's goals is in storage.
                page = await (asking if topic.id == "local-targets" else client).get(path)
                assert page.status_code == 200, path
                assert topic.title.vi in unescape(page.text) and "Tính đến ngày" in page.text, path
                heaviest = max(heaviest, len(page.content))
        styles = sum([len((await client.get(one)).content) for one in re.findall(r'href="(/static/[^"]+)"', index)])
    print(f"heaviest page: {heaviest} bytes, with styles {heaviest + styles}")
    assert heaviest + styles < HEAVIEST


async def test_what_the_ward_fills_in_stands_there(site: Site, client: AsyncClient) -> None:
    place = site.content.localities["dak-cam"]
    lead = next(one.lead for one in place.who if one.topic == "vocational-training")
    update = {"phone": "02603861234", "hours": Text(vi="7 giờ 30 đến 11 giờ", en="7.30 to 11 am")}
    offices = tuple(one.model_copy(update=update) if one.id in lead else one for one in place.offices)
    content = site.content
    before, cards = content.localities, content._card
    content.localities = {**before, "dak-cam": place.model_copy(update={"offices": offices})}
    content._card = content._make_card
    try:
        said = readable((await client.get("/dak-cam/chu-de/hoc-nghe")).text)
        assert (phone_text("02603861234") in said, "7 giờ 30 đến 11 giờ" in said) == (True, True)
    finally:
        content.localities, content._card = before, cards


async def test_figures_are_of_today(client: AsyncClient, clock: FixedClock) -> None:
    before = await client.get("/dak-cam/chu-de/chuan-ngheo")
    clock.advance(seconds=86_400)
    after = await client.get("/dak-cam/chu-de/chuan-ngheo")
    assert before.headers["etag"] != after.headers["etag"]
    assert "20/11/2026" in before.text and "ngày 21/11/2026" in after.text


async def test_an_id_leads_to_the_address_for_ever_and_nothing_else_is_there(client: AsyncClient) -> None:
    moved = await client.get("/dak-cam/chu-de/legal-aid?lang=en")
    assert (moved.status_code, moved.headers["location"]) == (301, "/dak-cam/chu-de/tro-giup-phap-ly?lang=en")
    for path in ("/nowhere", "/nowhere/chu-de", "/dak-cam/chu-de/nothing", "/dak-cam/nothing", "/dak-cam/tin/15"):
        assert (await client.get(path)).status_code == 404, path
    assert (await client.post("/dak-cam/chu-de")).status_code == 405


async def test_the_page_can_be_found(client: AsyncClient) -> None:
    html = (await client.get("/dak-cam/chu-de/tro-giup-phap-ly?lang=en")).text
    told = re.search(r'<meta name="description" content="([^"]+)">', html)
    assert told is not None and 50 < len(unescape(told[1])) <= 300
    here = "https://chungtay.example/dak-cam/chu-de/tro-giup-phap-ly"
    assert f'<link rel="canonical" href="{here}?lang=en">' in html
    assert f'hreflang="vi" href="{here}"' in html
    assert "Free legal aid · Đăk Cấm ward" in re.findall("<title>(.*)</title>", html)[0]
    assert "noindex" not in html


async def test_ask_about_this_leads_into_the_chat_at_that_topic(client: AsyncClient, visitor: Visitor) -> None:
    html = (await client.get("/dak-cam/chu-de/tro-giup-phap-ly")).text
    (ask,) = [one for one in links(html) if "ask=" in one]
    page = await visitor.open(ask)
    assert "Luật sư giúp không lấy tiền" in page.html
    page = await visitor.press("Luật sư giúp")
    assert page.own[-1].text == "Luật sư giúp"
    assert "Đăk Cấm" in page.answers[-1].text or "Hội đồng nhân dân" in page.answers[-1].text
    assert "/dak-cam/chu-de" in links(page.html)


async def test_the_first_page_leads_to_work_and_a_long_topic_says_what_stands_on_it(client: AsyncClient) -> None:
    page = (await client.get("/dak-cam")).text
    assert "/?at=dak-cam&ask=job-connection" in links(page) and "Tìm việc làm" in readable(page)
    page = (await client.get("/dak-cam/chu-de/tro-giup-phap-ly")).text
    inside = links(page, "#phan-")
    assert len(inside) > 5 and all(f'id="{one[1:]}"' in page for one in inside)


async def test_a_topic_that_is_none_offers_nothing(visitor: Visitor) -> None:
    page = await visitor.open("/?at=dak-cam&ask=%3Cscript%3E")
    assert "<script>" not in page.html and "topic:" not in page.html.partition('id="say"')[0].partition("</div>")[2]


# --- notices: what may be published ---


@pytest.mark.parametrize(
    ("audience", "data", "public"),
    [
        ({"localities": ["dak-cam"]}, {}, True),
        ({"localities": ["dak-cam"], "languages": ["vi"], "channels": ["telegram"]}, {}, True),
        ({"localities": ["dak-cam"]}, {"public": False}, False),
        ({"localities": ["dak-cam"], "household_status": ["poor"]}, {}, False),
        ({"localities": ["dak-cam"], "not": {"household_status": ["poor"]}}, {}, False),
        ({"localities": ["dak-cam"], "hamlets": ["thôn 3"]}, {}, False),
        ({"localities": ["dak-cam"], "topics": ["tuition"]}, {}, False),
        ({"localities": ["dak-cam"], "lacking": ["housing"]}, {}, False),
        ({"localities": ["dak-cam"], "hamlets": ["thôn 3"]}, {"public": True}, True),
        ({"localities": ["di-su"]}, {}, False),
        ({"languages": ["vi"]}, {}, False),
        ({"not": {"localities": ["dak-cam"]}}, {}, False),
    ],
    ids=str,
)
async def test_only_what_goes_to_everybody_is_published(
    app: App, client: AsyncClient, audience: dict[str, Any], data: dict[str, Any], *, public: bool
) -> None:
    number = await sent(app, audience=audience, **data)
    pages = [await client.get(path) for path in ("/dak-cam", "/dak-cam/tin", "/dak-cam/tin/khung")]
    feeds = [await client.get(f"/dak-cam/tin/{one}.xml") for one in ("rss", "atom")]
    assert {"mở lớp may" in one.text for one in (*pages, *feeds)} == {public}
    assert (await client.get(link(number))).status_code == (200 if public else 404)
    assert (link(number) in (await client.get("/sitemap.xml")).text) is public


@pytest.mark.parametrize(
    ("state", "came", "public"),
    [
        (CampaignState.SENDING, 1, True),
        (CampaignState.SENDING, 0, False),
        (CampaignState.APPROVED, 0, False),
        (CampaignState.PAUSED, 3, False),
        (CampaignState.STOPPED, 3, False),
        (CampaignState.DRAFT, 3, False),
    ],
)
async def test_only_what_went_out_and_was_not_stopped(
    app: App, client: AsyncClient, state: CampaignState, came: int, *, public: bool
) -> None:
    number = await sent(app, state=state, came=came)
    assert (await client.get(link(number))).status_code == (200 if public else 404)


async def test_one_of_another_place_is_not_there(app: App, client: AsyncClient) -> None:
    number = await sent(app, audience={"localities": ["di-su"]})
    assert (await client.get(link(number))).status_code == 404
    assert (await client.get(link(number).replace("dak-cam", "di-su"))).status_code == 200


def test_a_file_cannot_publish_what_goes_to_those_who_lack_something() -> None:
    with pytest.raises(ValueError, match="picked by what they lack is not published"):
        read_notice(
            {
                "kind": "notice",
                "title": "a",
                "source": "b",
                "text": {"vi": "c"},
                "audience": {"lacking": ["housing"]},
                "public": True,
            }
        )


async def test_a_correction_stands_where_what_it_corrects_stands(app: App, client: AsyncClient) -> None:
    first = await sent(app)
    few = await sent(app, "Tin cho ít nhà.", audience={"localities": ["dak-cam"], "hamlets": ["thôn 3"]})
    second = await sent(app, "Đính chính: học từ ngày 06/12.", audience={"reached": [str(first)]})
    hidden = await sent(app, "Đính chính cho ít nhà.", audience={"reached": [str(few)]})
    both = await sent(app, "Đính chính cả hai.", audience={"reached": [str(first), str(few)]})
    page = (await client.get("/dak-cam/tin")).text
    assert "Đính chính: học từ ngày 06/12" in page and link(hidden) not in page and link(both) not in page
    old = (await client.get(link(first))).text
    assert "Tin này đã được đính chính." in old and link(second) in links(old)
    assert link(first) in links((await client.get(link(second))).text)
    assert "Tin này đã được đính chính." in (await client.get("/dak-cam/tin/rss.xml")).text


async def test_a_notice_tells_what_people_read_and_nothing_of_officers(app: App, client: AsyncClient) -> None:
    number = await sent(app, texts={"vi": WORDS, "en": "A free sewing class."})
    answer = await client.get(link(number))
    said = readable(answer.text)
    assert joined(WORDS) in said and "Nguồn: Kế hoạch đào tạo nghề" in said and notice_code(number) in said
    assert "20/11/2026" in said
    for hidden in ("Chỉ cán bộ đọc", "Minh", "Lan"):
        assert hidden not in answer.text
    assert "A free sewing class" in (await client.get(f"{link(number)}?lang=en")).text
    shouted = await client.get(f"/dak-cam/tin/{notice_code(number)}")
    assert (shouted.status_code, shouted.headers["location"]) == (301, link(number))


async def test_script_in_a_notice_stays_words(app: App, client: AsyncClient) -> None:
    await sent(app, "<script>alert(1)</script> ]]> & \"'\x0b", source="<b>Kế hoạch</b>")
    for path in ("/dak-cam", "/dak-cam/tin", link(1), "/dak-cam/tin/khung"):
        html = (await client.get(path)).text
        assert "<script" not in html and "<b>" not in html and "&lt;script&gt;" in html
    for name in ("rss", "atom"):
        content = (await client.get(f"/dak-cam/tin/{name}.xml")).content
        told = next(one for one in fromstring(content).iter() if (one.text or "").startswith("<p>"))
        assert told.text is not None and told.text.startswith("<p>&lt;script&gt;alert(1)")


# --- feeds ---


def texts(root: Element, path: str) -> list[str]:
    return [one.text or "" for one in root.findall(path)]


async def test_feeds_are_what_their_standards_ask_for(app: App, client: AsyncClient, clock: FixedClock) -> None:
    first = await sent(app)
    clock.advance(seconds=3600)
    await sent(app, "Tin thứ hai.")
    rss = fromstring((await client.get("/dak-cam/tin/rss.xml")).content)
    assert rss.attrib == {"version": "2.0"}
    channel = rss.find("channel")
    assert channel is not None and texts(channel, "title") == ["Tin của phường Đăk Cấm"]
    assert texts(channel, "link") == ["https://chungtay.example/dak-cam/tin"] and texts(channel, "description") != [""]
    assert texts(channel, "item/title") == ["Tin thứ hai", "Phường mở lớp may miễn phí"]
    assert texts(channel, "item/pubDate")[1] == "Fri, 20 Nov 2026 09:00:00 +0700"
    assert texts(channel, "item/link")[1] == f"https://chungtay.example{link(first)}"
    assert [one.attrib for one in channel.findall("item/guid")] == [{"isPermaLink": "false"}] * 2
    answer = await client.get("/dak-cam/tin/atom.xml")
    atom = fromstring(answer.content)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    for name in ("id", "title", "updated", "author"):
        assert len(atom.findall(f"{ATOM}{name}")) == 1
        assert name == "author" or len(atom.findall(f"{ATOM}entry/{ATOM}{name}")) == 2
    assert texts(atom, f"{ATOM}updated") == ["2026-11-20T10:00:00+07:00"]
    assert texts(atom, f"{ATOM}entry/{ATOM}updated") == ["2026-11-20T10:00:00+07:00", "2026-11-20T09:00:00+07:00"]
    ids = texts(atom, f"{ATOM}entry/{ATOM}id")
    assert ids == texts(channel, "item/guid") and len(set(ids)) == 2 and all(one.startswith("urn:uuid:") for one in ids)
    assert texts(atom, f"{ATOM}entry/{ATOM}content")[1].startswith("<p>Phường mở lớp may miễn phí.<br>Học từ")


async def test_an_entry_keeps_its_id_wherever_the_house_moves(app: App, client: AsyncClient, site: Site) -> None:
    await sent(app)
    before = texts(fromstring((await client.get("/dak-cam/tin/atom.xml")).content), f"{ATOM}entry/{ATOM}id")
    async with client_of(changed(site, public_url="https://elsewhere.example")) as moved:
        found = fromstring((await moved.get("/dak-cam/tin/atom.xml")).content)
    assert texts(found, f"{ATOM}entry/{ATOM}id") == before
    assert "elsewhere.example" in found.findall(f"{ATOM}link")[0].attrib["href"]


async def test_an_empty_feed_is_valid_and_a_page_says_so(client: AsyncClient) -> None:
    atom = fromstring((await client.get("/dak-cam/tin/atom.xml")).content)
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT00:00:00\+07:00", texts(atom, f"{ATOM}updated")[0])
    assert "Chưa có tin nào." in (await client.get("/dak-cam/tin")).text


async def test_another_page_may_take_the_news_and_frame_the_list_alone(app: App, client: AsyncClient) -> None:
    await sent(app)
    feed = await client.get("/dak-cam/tin/rss.xml")
    assert feed.headers["access-control-allow-origin"] == "*"
    assert feed.headers["cross-origin-resource-policy"] == "cross-origin"
    framed = await client.get("/dak-cam/tin/khung")
    assert "frame-ancestors *" in framed.headers["content-security-policy"]
    assert "<form" not in framed.text and "noindex" in framed.text
    for path in ("/dak-cam/tin", "/dak-cam", link(1)):
        assert "frame-ancestors 'none'" in (await client.get(path)).headers["content-security-policy"]


# --- who finds and keeps them ---


async def test_a_sitemap_names_pages_that_are_there(app: App, client: AsyncClient) -> None:
    await sent(app)
    root = fromstring((await client.get("/sitemap.xml")).content)
    found = [one.text or "" for one in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(found) == len(set(found)) > 200 and f"https://chungtay.example{link(1)}" in found
    for url in found[::7]:
        assert (await client.get(url)).status_code == 200, url


async def test_robots_may_read_what_is_public_and_nothing_else(client: AsyncClient, site: Site) -> None:
    said = (await client.get("/robots.txt")).text
    assert "Disallow: /console\n" in said and "Disallow: /files/\n" in said
    assert said.endswith("Sitemap: https://chungtay.example/sitemap.xml\n")
    assert "Disallow: /\n" not in said
    async with client_of(changed(site, demo=True)) as demo:
        assert (await demo.get("/robots.txt")).text == "User-agent: *\nDisallow: /\n"
        assert '<meta name="robots" content="noindex">' in (await demo.get("/dak-cam/chu-de")).text


PATHS = ("/dak-cam", "/dak-cam/chu-de", "/dak-cam/chu-de/hoc-nghe", "/dak-cam/tin", "/dak-cam/tin/rss.xml")


@pytest.mark.parametrize("path", PATHS)
async def test_who_has_a_page_is_not_sent_it_again(client: AsyncClient, path: str) -> None:
    first = await client.get(path)
    assert first.headers["cache-control"] == "public, max-age=300"
    assert "set-cookie" not in first.headers
    for tag in (first.headers["etag"], f'"other", {first.headers["etag"]}', "*"):
        again = await client.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert (await client.get(path, headers={"If-None-Match": '"other"'})).status_code == 200


async def test_a_feed_says_when_it_changed(app: App, client: AsyncClient, clock: FixedClock) -> None:
    await sent(app)
    changed_at = (await client.get("/dak-cam/tin/atom.xml")).headers["last-modified"]
    assert changed_at == "Fri, 20 Nov 2026 02:00:00 GMT"

    async def asked(since: str) -> Response:
        return await client.get("/dak-cam/tin/atom.xml", headers={"If-Modified-Since": since})

    assert (await asked(changed_at)).status_code == 304
    assert (await asked("Fri, 20 Nov 2026 01:59:59 GMT")).status_code == 200
    assert (await asked("yesterday")).status_code == 200
    clock.advance(seconds=60)
    await sent(app, "Tin thứ hai.")
    assert (await asked(changed_at)).status_code == 200


async def test_the_look_that_somebody_chose_holds_here_too(client: AsyncClient) -> None:
    plain = await client.get("/dak-cam/chu-de")
    assert "Cookie" in plain.headers["vary"]
    chosen = await client.post("/look", data={"set": "size:up", "back": "/dak-cam/chu-de?lang=en"})
    assert chosen.headers["location"] == "/dak-cam/chu-de?lang=en"
    large = await client.get("/dak-cam/chu-de")
    assert 'data-percent="120"' in large.text and large.headers["etag"] != plain.headers["etag"]


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "/a//b", "/a?lang=en&x=1", "/x\n/y", "/.."]
)
async def test_a_look_leads_to_no_other_house(client: AsyncClient, back: str) -> None:
    assert (await client.post("/look", data={"set": "size:up", "back": back})).headers["location"] == "/"


@pytest.mark.parametrize(("path", "times"), [("/dak-cam", 1), ("/dak-cam/tin", 1), ("/sitemap.xml", 5)])
async def test_however_many_notices_there_are_storage_is_asked_as_often(
    app: App, client: AsyncClient, path: str, times: int
) -> None:
    asked: list[str] = []

    def note(*said: Any) -> None:
        if "CAST(campaigns.notice" in said[2]:  # the service's own loops ask for other things meanwhile
            asked.append(said[2])

    event.listen(app.storage.engine.sync_engine, "before_cursor_execute", note)
    counts = []
    for number in range(3):
        for _ in range(number * 12):
            await sent(app)
        asked.clear()
        assert (await client.get(path)).status_code == 200
        counts.append(len(asked))
    assert counts == [times] * 3
    assert len(links((await client.get("/dak-cam/tin")).text, "/dak-cam/tin/[0-9]")) == 30


async def test_nothing_in_the_address_is_shown_as_it_came(client: AsyncClient) -> None:
    for path in ("/dak-cam/chu-de?lang=%22%3E%3Cscript%3E", "/%3Cscript%3E", "/dak-cam/tin/%3Cscript%3E"):
        assert "<script" not in (await client.get(path)).text


def used() -> set[str]:
    files = [*(WEB / "public").glob("*.py"), *(WEB / "templates" / "public").glob("*.html")]
    return {one for path in files for one in re.findall(r"[\"'](public\.[a-z._]+)[\"']", path.read_text("utf-8"))}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_exists_and_none_is_left_over(lang: str) -> None:
    whole = {one for one in used() if not one.endswith((".css", ".js", "."))}
    computed = tuple(one for one in used() if one.endswith("."))  # the beginning of names that the code makes
    known = {one for one in wording(lang).ids() if one.startswith("public.")}
    assert whole <= known
    assert {one for one in known - whole if not one.startswith(computed)} == set()


async def test_pages_of_both_languages_and_sizes_need_no_script(client: AsyncClient, app: App) -> None:
    await sent(app)
    paths: Sequence[str] = (*PATHS[:4], link(1), "/dak-cam/tin/khung", "/dak-cam/chu-de/ke-hoach-dia-phuong")
    for path in paths:
        for lang in LANGUAGES:
            html = (await client.get(f"{path}?lang={lang}")).text
            assert "<script" not in html and "style=" not in html and "<style" not in html
            assert len(re.findall("<h1", html)) == 1 and len(html.encode()) < HEAVIEST


async def test_the_first_page_shows_the_three_newest(app: App, client: AsyncClient, clock: FixedClock) -> None:
    for number in range(4):
        await sent(app, f"Tin số {number}.")
        clock.advance(seconds=60)
    text = (await client.get("/dak-cam")).text
    assert [f"Tin số {number}" in text for number in range(4)] == [False, True, True, True]

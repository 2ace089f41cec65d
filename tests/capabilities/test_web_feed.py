"""web-feed: topics of a place as pages that stay, and what was sent to everybody, to be read and taken elsewhere."""

from collections.abc import AsyncIterator
from html import unescape
from re import search
from urllib.parse import urlsplit
from xml.etree.ElementTree import fromstring

import pytest

from tests.capabilities.ward import Neighbour, Ward, times, ward

pytestmark = pytest.mark.thorough  # a ward's service as a process of its own

ATOM = "{http://www.w3.org/2005/Atom}"
CLASS = "Phường mở lớp may, học không mất tiền. Ghi tên đến hết ngày 30/11."
HAMLET = "Thôn 3 họp xét hộ nghèo tối thứ Bảy."


def notice(text: str, *conditions: str) -> str:
    """A file as an officer writes it."""
    lines = ['kind = "notice"', 'title = "Việc nội bộ"', 'source = "Kế hoạch của phường"', f'text.vi = "{text}"']
    lines += ["", "[audience]", 'localities = ["dak-cam"]', *conditions]
    return "\n".join([*lines, "", "[sending]", "urgent = true", "hold_back_seconds = 0", ""])


@pytest.fixture(scope="module")
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Ward]:
    """One ward with its service."""
    async with ward(tmp_path_factory.mktemp("ward")) as made:
        await made.started()
        yield made


async def test_a_topic_is_read_at_an_address_that_stays_and_asked_about_from_there(here: Ward) -> None:
    service = await here.started()
    with service.browser() as page:
        read = page.get("/dak-cam/chu-de/tro-giup-phap-ly")
        assert read.status_code == 200
        said = unescape(read.text)
        for wanted in ("Luật Trợ giúp pháp lý 11/2017/QH14", "Tính đến ngày", "Mang theo", "Ở đâu", "phường Đăk Cấm"):
            assert wanted in said
        assert 'rel="canonical"' in said and 'name="description"' in said and "noindex" not in said
        assert page.get("/dak-cam/chu-de/legal-aid").url.path == "/dak-cam/chu-de/tro-giup-phap-ly"
        assert "Free legal aid" in page.get("/dak-cam/chu-de/tro-giup-phap-ly?lang=en").text
        ask = search(r'href="(/\?at=dak-cam&amp;ask=[^"]+)"', read.text)
        assert ask is not None
        assert 'value="topic:legal-aid"' in page.get(unescape(ask[1])).text
        assert "/dak-cam/chu-de/tro-giup-phap-ly" in page.get("/sitemap.xml").text
        assert "Sitemap:" in page.get("/robots.txt").text


async def test_what_went_to_everybody_is_read_and_fed_and_what_went_to_few_is_not(here: Ward) -> None:
    service = await here.started()
    one, other = here.phones(2)
    await here.listed([Neighbour(phone=one, hamlet="Thôn 3"), Neighbour(phone=other, status="near_poor")])
    everybody = await here.approved(notice(CLASS))
    few = await here.approved(notice(HAMLET, 'hamlets = ["Thôn 3"]'))
    await here.until(lambda: times(one, HAMLET) == 1 and times(other, CLASS) == 1)
    await here.comes_to(everybody, "finished")
    await here.comes_to(few, "finished")
    with service.browser() as page:
        shown = page.get("/dak-cam/tin").text
        assert CLASS[:30] in shown and HAMLET[:20] not in shown and "Việc nội bộ" not in shown
        atom = fromstring(page.get("/dak-cam/tin/atom.xml").content)
        (entry,) = atom.findall(f"{ATOM}entry")
        assert CLASS in "".join(one.text or "" for one in entry.findall(f"{ATOM}content"))
        (item,) = fromstring(page.get("/dak-cam/tin/rss.xml").content).findall("channel/item")
        assert item.findtext("guid") == entry.findtext(f"{ATOM}id")
        address = urlsplit(item.findtext("link") or "").path
        assert CLASS in unescape(page.get(address).text)

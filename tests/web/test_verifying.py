"""By which Zalo sees that an address is ours."""

from httpx import AsyncClient

from bot.app import App
from tests.web.conftest import changed, client_of

LINE = '<meta name="zalo-platform-site-verification" content="F_kA-9">'


async def test_the_page_and_the_line_are_there_for_our_own_code(app: App) -> None:
    async with client_of(changed(app.web.state.site, zalo_verifier="F_kA-9")) as browser:
        page = await browser.get("/zalo_verifierF_kA-9.html")
        assert (page.status_code, LINE in page.text) == (200, True)
        assert LINE in (await browser.get("/")).text
        assert (await browser.get("/zalo_verifierF_kA-8.html")).status_code == 404


async def test_without_a_code_there_is_neither(client: AsyncClient) -> None:
    assert (await client.get("/zalo_verifier.html")).status_code == 404
    assert (await client.get("/zalo_verifierx.html")).status_code == 404
    assert "zalo-platform" not in (await client.get("/")).text

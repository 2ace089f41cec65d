"""Takes the pictures of the web chat: `python -m docs.pictures` (`make pictures`). Needs Debian's chromium.

They show the running product, not a drawing of it. Look at them before they are committed.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.serving import Running, running, visitor, wait_until_served

IMAGES = Path(__file__).parent / "images"
CHROMIUM = "/usr/bin/chromium"
# Without these it looks for its maker's servers at every start; as root it needs to do without its sandbox.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZES = {"chat-360.png": (360, 780), "chat-1280.png": (1280, 900)}
QUESTION = "tro giup phap ly mien phi o dau"
PATIENCE = 30_000  # milliseconds


def main() -> None:
    """Start the product on a new data folder, talk to it, and take both pictures."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="chungtay-pictures-") as name, running(Path(name) / "data") as service:
        with visitor(service) as client:
            wait_until_served(client)
        with sync_playwright() as player:
            browser = player.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            for file, (width, height) in SIZES.items():
                take(browser, service, IMAGES / file, width, height)
            browser.close()


def take(browser: Browser, service: Running, file: Path, width: int, height: int) -> None:
    """One conversation in a window of so many pixels."""
    page = browser.new_page(viewport={"width": width, "height": height}, locale="vi-VN", reduced_motion="reduce")
    page.goto(f"{service.address}/?at=dak-cam")
    _say(page, QUESTION, answer="Văn phòng Hội đồng nhân dân")
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    page.screenshot(path=file)
    page.close()


def _say(page: Page, text: str, *, answer: str) -> None:
    page.get_by_role("textbox").fill(text)
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.get_by_text(answer).last.wait_for(timeout=PATIENCE)


if __name__ == "__main__":
    main()

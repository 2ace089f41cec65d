"""What a page in Chromium is measured by."""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

SMALL, PHONE, DESK = (320, 568), (360, 740), (1280, 800)  # pixels across and down
PICTURED = (360, 1280)  # pixels across
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is asked for crosses over from the page: all that axe tells of a page is more than the page.
LOOK = """async options => {
    const told = await axe.run(options);
    const bad = told.violations.filter(one => ["serious", "critical"].includes(one.impact));
    return [told.passes.length,
            bad.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 120)}`))];
}"""


def sideways(page: Page) -> Any:
    """What is wider than the window."""
    return page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter(one => {
            const box = one.getBoundingClientRect();
            return box.width && !one.closest(".vh, .skip") && (box.right > innerWidth + 0.5 || box.left < -0.5);
        }).map(one => one.outerHTML.slice(0, 80)).concat(
            document.documentElement.scrollWidth > innerWidth ? ["the page"] : [])"""
    )


def boxes(page: Page, selector: str) -> list[dict[str, float]]:
    """Where what is shown of these stands, in pixels."""
    return page.eval_on_selector_all(  # type: ignore[no-any-return]
        selector, "all => all.map(one => one.getBoundingClientRect()).filter(box => box.width).map(box => box.toJSON())"
    )


def picture(page: Page) -> None:
    """Where CHUNGTAY_TEST_PICTURES names a folder (`make pictures`), keep how this page looks, for docs/pages.md."""
    folder, size = os.environ.get("CHUNGTAY_TEST_PICTURES"), page.viewport_size
    if not folder or size is None or size["width"] not in PICTURED:
        return
    asked = re.sub(r"(/console/start/).+", r"\1link", urlsplit(page.url).path)  # each time with another secret
    path = re.sub(r"[^a-z0-9]+", "-", asked.lower()).strip("-") or "chat"
    file = Path(folder) / f"{path}-{size['width']}.jpg"
    if not file.exists():
        page.screenshot(path=file, type="jpeg", quality=55)


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical, and where. A page that is looked at by it is pictured too."""
    picture(page)
    page.evaluate(AXE_SCRIPT)
    passes, found = page.evaluate(LOOK, {"runOnly": RULES, "resultTypes": ["violations"], "selectors": False})
    assert passes > 12, "it looked"
    return found  # type: ignore[no-any-return]


def fit(page: Page) -> None:
    """Nothing runs sideways, and everything can be pressed with a thumb."""
    assert sideways(page) == []
    small = boxes(
        page,
        "main button, main .button, main select, main input:not([type=checkbox], [type=radio]), header button, nav a",
    )
    assert [box for box in small if box["height"] < 40] == []


def at_every_size(page: Page) -> list[str]:
    """What axe finds serious; nothing is sideways or too small to press, on a small telephone, a usual one, a desk."""
    found = []
    for width, height in (SMALL, PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        fit(page)
        found += serious(page) if width in PICTURED else []
    return found

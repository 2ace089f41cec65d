"""What a page in Chromium is measured by."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


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


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical, and where."""
    told = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    assert len(told.response["passes"]) > 12, "it looked"
    return [
        f"{one['id']}: {node['html'][:120]}"
        for one in told.response["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]

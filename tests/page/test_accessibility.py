"""axe-core finds nothing in what is ours: in each theme, narrow and wide, light and dark, with and without a card."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.page.texts import THEMES

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Open

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
#: A theme's own: how it shows the author's boxes and code.
THEIRS = {"scrollable-region-focusable": "pre", "color-contrast": "admonition"}


@pytest.fixture(scope="module")
def axe() -> str:
    package = pytest.importorskip("axe_playwright_python")
    return (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, axe: str) -> list[tuple[str, str]]:
    page.evaluate(axe)
    options = {"runOnly": list(RULES)}
    result: dict[str, Any] = page.evaluate("options => axe.run('.annot-edition', options)", options)
    found = [(item["id"], node["html"][:120]) for item in result["violations"] for node in item["nodes"]]
    return [(rule, html) for rule, html in found if THEIRS.get(rule, "\0") not in html]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", THEMES)
def test_no_violation(visit: Open, axe: str, theme: str, scheme: str) -> None:
    for docname, width in (("places", 390), ("places", 1440), ("registers", 1440), ("second", 390), ("arabic", 1440)):
        page = visit(docname, theme=theme, width=width, scheme=scheme)
        assert not violations(page, axe), (docname, width)


@pytest.mark.parametrize("theme", THEMES)
def test_no_violation_in_what_opens(visit: Open, axe: str, theme: str) -> None:
    page = visit(theme=theme, width=390)
    page.locator("#mark-clear").click()
    page.locator("#cite-almanac").hover()
    page.locator(".annot-card:popover-open").wait_for()
    assert not violations(page, axe)

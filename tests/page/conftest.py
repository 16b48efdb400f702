"""The pages, built once a theme, and a browser to open them in."""

from __future__ import annotations

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tests.page import texts
from tests.projects import Project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
#: Adds up how far things moved that no reader moved.
_WATCH = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


class Open(Protocol):
    """Opens a page of the project."""

    def __call__(
        self,
        docname: str = "places",
        *,
        theme: str = "alabaster",
        width: int = 1440,
        scheme: str = "light",
        scripts: bool = True,
        query: str = "",
        **context: Any,
    ) -> Page: ...


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    sync_api = pytest.importorskip("playwright.sync_api")
    if _CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve folders; a page opened as a file has no storage and no address of its own."""
    servers = []

    def start(folder: Path) -> str:
        server = ThreadingHTTPServer(("localhost", 0), partial(_Quiet, directory=folder))
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://localhost:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> Callable[[str], str]:
    """Build the project in a theme, once, and return the address of its pages.

    The theme ``hostile`` is alabaster with positioned lists, tables and quotations.
    """
    root = tmp_path_factory.mktemp("page")
    project = Project(root)
    project.write(texts.files())
    served = serve(root)
    built: set[str] = set()

    def address(theme: str) -> str:
        if theme not in built:
            hostile = {"html_static_path": ["_static"], "html_css_files": ["hostile.css"]}
            extra = hostile if theme == "hostile" else {}
            project.configure(**texts.CONFIG, html_theme="alabaster" if extra else theme, **extra)
            project.build(out=theme, doctrees=f"doctrees-{theme}")
            built.add(theme)
        return f"{served}/{theme}"

    return address


@pytest.fixture
def visit(browser: Browser, site: Callable[[str], str]) -> Iterator[Open]:
    """Open pages; what goes wrong on them fails the test."""
    contexts = []
    errors: list[str] = []

    def open_page(
        docname: str = "places",
        *,
        theme: str = "alabaster",
        width: int = 1440,
        scheme: str = "light",
        scripts: bool = True,
        query: str = "",
        **context: Any,
    ) -> Page:
        viewport = {"width": width, "height": 900}
        made = browser.new_context(viewport=viewport, color_scheme=scheme, java_script_enabled=scripts, **context)  # type: ignore[arg-type]
        contexts.append(made)
        page = made.new_page()
        page.add_init_script(_WATCH)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: errors.append(request.url) if "//localhost" not in request.url else None)
        page.goto(f"{site(theme)}/{docname}.html{query}")
        return page

    yield open_page
    for made in contexts:
        made.close()
    assert not [error for error in errors if not error.startswith(("data:", "blob:"))]

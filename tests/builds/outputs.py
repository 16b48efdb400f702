"""What a build gave for each document, in a form to compare: the articles' bodies, the reports, the inventory."""

from __future__ import annotations

import difflib
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import lxml.html

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from tests.projects import Built

#: The builders that give each document a page of its own, and what its name ends in.
SUFFIXES: Mapping[str, str] = {"html": ".html", "text": ".txt", "epub": ".xhtml", "dirhtml": "/index.html"}
#: Those that give all documents one page.
WHOLE: Mapping[str, str] = {"singlehtml": "index.html", "latex": "project.tex"}


@dataclass(slots=True)
class Output:
    """What a builder gave for each document: the article's body; ``inventory`` only from some builders."""

    bodies: dict[str, str]
    reports: list[str]
    inventory: list[str]


def page_path(built: Built, docname: str) -> Path:
    """The file of a document's page."""
    builder = built.app.builder.name
    if builder in WHOLE:
        return built.out / WHOLE[builder]
    if builder == "dirhtml" and (docname == "index" or docname.endswith("/index")):
        return built.out / f"{docname}.html"
    return built.out / f"{docname}{SUFFIXES[builder]}"


def output_of(built: Built, documents: Collection[str]) -> Output:
    """What a build gave for some documents."""
    builder = built.app.builder.name
    names = ["index"] if builder in WHOLE else documents
    bodies = {name: _body(page_path(built, name)) for name in names}
    return Output(bodies=bodies, reports=sorted(built.reports), inventory=_inventory(built.out))


def difference(fresh: str, updated: str) -> str:
    """The lines that differ; elements get lines of their own, so that a page's long lines can be read."""
    before, after = (text.replace("<", "\n<").splitlines() for text in (fresh, updated))
    return "\n".join(difflib.unified_diff(before, after, "fresh", "updated", lineterm="", n=2))


def _body(path: Path) -> str:
    if path.suffix not in {".html", ".xhtml"}:
        return path.read_text(encoding="utf-8")
    (main,) = lxml.html.fromstring(path.read_bytes()).iterfind(".//*[@role='main']")
    return str(lxml.html.tostring(main, encoding="unicode"))


def _inventory(out: Path) -> list[str]:
    file = out / "objects.inv"
    if not file.exists():
        return []
    head, _, packed = file.read_bytes().partition(b"compressed using zlib.\n")
    return sorted([*head.decode().splitlines(), *zlib.decompress(packed).decode().splitlines()])

"""What holds for the pages of any project: ids are unique, and links inside lead somewhere."""

from __future__ import annotations

import posixpath
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import lxml.html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def parse(data: bytes) -> lxml.html.HtmlElement:
    """A page as a tree."""
    root = lxml.html.document_fromstring(data)
    assert isinstance(root, lxml.html.HtmlElement)
    return root


def words(data: bytes) -> str:
    """The text of a page's article."""
    return " ".join(str(main.xpath("string()")) for main in parse(data).iterfind(".//*[@role='main']"))


def faults(out: Path, suffix: str = ".html") -> list[str]:
    """All doubled ids, and links to a page, id or image that does not exist, of the pages in ``out``."""
    roots = {path.relative_to(out).as_posix(): parse(path.read_bytes()) for path in out.rglob(f"*{suffix}")}
    ids = {
        name: Counter(element.get("id") for element in root.iter() if element.get("id")) for name, root in roots.items()
    }
    found = [
        f"{name}: id {id_} {count} times" for name, page in ids.items() for id_, count in page.items() if count > 1
    ]
    for name, root in roots.items():
        for href in _links(root):
            page, fragment = _target(name, href)
            if page not in ids:
                if not (out / page).exists():
                    found.append(f"{name}: no page for {href}")
            elif fragment and fragment not in ids[page]:
                found.append(f"{name}: nothing at {href}")
        for image in root.iter("img"):
            page, _ = _target(name, image.get("src", ""))
            if not urlsplit(image.get("src", "")).scheme and not (out / page).exists():
                found.append(f"{name}: no image {page}")
    return found


def _links(root: lxml.html.HtmlElement) -> Iterator[str]:
    for element in root.iter("a"):
        href = element.get("href")
        if href and not urlsplit(href).scheme and href != "#":
            yield href


def _target(name: str, href: str) -> tuple[str, str]:
    split = urlsplit(href)
    path = unquote(split.path)
    page = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
    return (f"{page}/index.html".removeprefix("./") if path.endswith("/") else page), unquote(split.fragment)

"""Run LaTeX on what Sphinx wrote, as its Makefile does, and look at what came out."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_FLAGS: Final = {"xelatex": "-xelatex", "lualatex": "-lualatex", "pdflatex": "-pdf"}
_FAULTS: Final = re.compile(
    r"^!.*|.*undefined on.*|.*multiply.defined.*|^Missing character.*|.*destination with the same identifier.*"
    r"|.*\\end[LR] problem.*",
    re.MULTILINE,
)


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A printed book: the words of each page, what the log complains of, the bookmarks as text."""

    pages: list[str]
    faults: list[str]
    bookmarks: str
    contents: str

    @property
    def text(self) -> str:
        """The words of all pages, without spaces and hyphens."""
        return "".join(squeeze(page) for page in self.pages)

    def page_of(self, words: str) -> int:
        """The first page, from 0, that has these words."""
        return next(number for number, page in enumerate(self.pages) if squeeze(words) in squeeze(page))


def squeeze(words: str) -> str:
    """Leave out what a line break changes."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", words)


def print_book(folder: Path, engine: str = "xelatex") -> Printed:
    """Typeset the only book in ``folder``; without an engine the test is skipped."""
    if not (shutil.which(engine) and shutil.which("latexmk") and shutil.which("pdftotext")):
        pytest.skip(f"{engine}, latexmk or pdftotext is not installed")
    (file,) = folder.glob("*.tex")
    command = ["latexmk", _FLAGS[engine], "-interaction=nonstopmode", "-halt-on-error", file.name]
    run = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    log = file.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    assert run.returncode == 0, log[-4000:]
    command = ["pdftotext", "-raw", file.with_suffix(".pdf").name, "-"]
    words = subprocess.run(command, cwd=folder, capture_output=True, check=True, text=True).stdout
    return Printed(
        pages=words.split("\f"),
        faults=_FAULTS.findall(log),
        bookmarks=_bookmarks(file.with_suffix(".out").read_text(encoding="latin-1")),
        contents=file.with_suffix(".toc").read_text(encoding="utf-8"),
    )


def _bookmarks(source: str) -> str:
    """The titles, which hyperref writes in UTF-16, some bytes as octal numbers."""
    titles = re.findall(r"\{(\\376\\377.*?)\}\{", source)
    plain = (re.sub(r"\\(?:(\d{3})|(.))", lambda m: chr(int(m[1], 8)) if m[1] else m[2], title) for title in titles)
    return "\n".join(title.encode("latin-1").decode("utf-16") for title in plain)

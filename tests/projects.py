"""Build a small project in this process, as often as a test likes, and look at what came out."""

from __future__ import annotations

import gettext
import io
import re
import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import lxml.html
import sphinx.locale
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sphinx.environment import BuildEnvironment

CONFIG: Mapping[str, object] = {
    "project": "Project",
    "author": "The editor",
    "copyright": "the editor",
    "version": "1",
    "release": "1",
    "language": "en",
    "extensions": ["myst_parser", "sphinx_annot"],
    "myst_enable_extensions": ["colon_fence"],
    "exclude_patterns": ["_build"],
    "html_theme": "alabaster",
}

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_REPORT = re.compile(r"\[annot\.\w+\]|annot\.\w+")


@dataclass(frozen=True, kw_only=True)
class Built:
    """What one build gave. ``warnings`` and ``status`` have no colours, and paths relative to the source folder."""

    app: Sphinx
    out: Path
    warnings: str
    status: str

    @property
    def env(self) -> BuildEnvironment:
        """The environment as the build left it."""
        return self.app.env

    @cached_property
    def reports(self) -> list[str]:
        """Every line about a problem of ours, warnings first, notices (of a verbose build) after."""
        return [line for line in (self.warnings + self.status).splitlines() if _REPORT.search(line)]

    def about(self, code: str) -> list[str]:
        """The lines that report problems of ``code``."""
        return [line for line in self.reports if line.endswith(f"[annot.{code}]")]

    def read(self, name: str) -> str:
        """The text of the output file ``name``."""
        return (self.out / name).read_text(encoding="utf-8")

    def page(self, docname: str = "index") -> lxml.html.HtmlElement:
        """The page of ``docname`` as a tree."""
        return lxml.html.fromstring((self.out / f"{docname}{_suffix(self.app)}").read_bytes())

    def body(self, docname: str = "index") -> lxml.html.HtmlElement:
        """The article on the page of ``docname``, without what a theme puts around it."""
        (main,) = self.page(docname).iterfind(".//*[@role='main']")
        return main


def _suffix(app: Sphinx) -> str:
    return getattr(app.builder, "out_suffix", ".html")


class Project:
    """A source folder, with as many output folders as builders. By default all builders share the doctrees."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.src = root / "src"
        self.src.mkdir(parents=True, exist_ok=True)

    def write(self, files: Mapping[str, str | bytes], *, only: bool = False) -> None:
        """Write ``files`` (path to content), leaving alone what has not changed; ``only`` removes all others."""
        for name, content in files.items():
            path = self.src / name
            data = content.encode() if isinstance(content, str) else content
            if not path.is_file() or path.read_bytes() != data:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        if only:
            kept = {self.src / name for name in files} | {self.src / "conf.py"}
            for path in sorted(self.src.rglob("*")):
                if path.is_file() and path not in kept:
                    path.unlink()

    def configure(self, **config: object) -> None:
        """Write a ``conf.py`` with the shared defaults and ``config``."""
        values = {**CONFIG, **config}
        self.write({"conf.py": "".join(f"{name} = {value!r}\n" for name, value in values.items())})

    def build(  # noqa: PLR0913 (the options of a build)
        self,
        builder: str = "html",
        *,
        out: str = "",
        doctrees: str = "doctrees",
        tags: Iterable[str] = (),
        overrides: Mapping[str, Any] | None = None,
        jobs: int = 1,
        verbose: bool = True,
        force: bool = False,
        only: Iterable[str] = (),
    ) -> Built:
        """Run ``builder``; ``out`` and ``doctrees`` name folders beside the sources, ``overrides`` are as with ``-D``.

        ``only`` names source files: then no more than their documents are written. ``verbose`` shows notices too.
        What a build changes in this process is undone after it.
        """
        if not (self.src / "conf.py").exists():
            self.configure()
        status, warning = io.StringIO(), io.StringIO()
        folder = self.root / (out or builder)
        path = list(sys.path)
        try:
            with patch_docutils(self.src), docutils_namespace():
                app = Sphinx(
                    self.src,
                    self.src,
                    folder,
                    self.root / doctrees,
                    builder,
                    confoverrides=dict(overrides or {}),
                    status=status,
                    warning=warning,
                    tags=tuple(tags),
                    verbosity=int(verbose),
                    parallel=jobs,
                )
                app.build(force_all=force, filenames=[self.src / name for name in only])
        finally:
            sys.path[:] = path
            sphinx.locale.translators.clear()
            getattr(gettext, "_translations", {}).clear()  # a catalogue is else read once a process, by its name
        return Built(app=app, out=folder, warnings=self._plain(warning), status=self._plain(status))

    def _plain(self, stream: io.StringIO) -> str:
        return _COLOURS.sub("", stream.getvalue()).replace(f"{self.src.resolve()}/", "")

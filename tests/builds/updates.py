"""A project that is edited and built again, each time compared with a build from nothing."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from tests.builds.outputs import WHOLE, difference, output_of, page_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.markup import Markup
    from tests.projects import Built, Project


class Updates:
    """A project and its outputs; each build is compared with one from nothing."""

    def __init__(self, project: Project) -> None:
        self.project = project
        #: output folder -> document -> when its page was written
        self.times: dict[Path, dict[str, int]] = {}

    def build(self, files: Mapping[str, str], builder: str = "html", **options: Any) -> tuple[Built, set[str]]:
        """Write the files and build; return the build, and the documents whose pages were written.

        ``options`` are those of ``Project.build``.
        """
        self.project.write(files, only=True)
        documents = [name.rsplit(".", 1)[0] for name in files if name.endswith((".md", ".rst"))]
        built = self.project.build(builder, **options)
        self._compare(built, documents, options)
        if builder in WHOLE:
            return built, set()
        times = {name: page_path(built, name).stat().st_mtime_ns for name in documents}
        before = self.times.get(built.out, {})
        self.times[built.out] = times
        # Sphinx writes a table of contents again with the documents that it names
        return built, {name for name, time in times.items() if before.get(name) != time and name != "index"}

    def edit(self, before: Mapping[str, str], after: Mapping[str, str], **options: Any) -> set[str]:
        """Build twice; return the documents whose pages the second build wrote."""
        self.build(before, **options)
        return self.build(after, **options)[1]

    def _compare(self, built: Built, documents: list[str], options: Mapping[str, Any]) -> None:
        for folder in ("fresh", "fresh-doctrees"):
            shutil.rmtree(self.project.root / folder, ignore_errors=True)
        kept = {name: value for name, value in options.items() if name in {"tags", "overrides", "verbose"}}
        fresh = self.project.build(built.app.builder.name, out="fresh", doctrees="fresh-doctrees", **kept)
        was, now = output_of(fresh, documents), output_of(built, documents)
        for name, body in was.bodies.items():
            assert not difference(body, now.bodies[name]), name
        assert was.reports == now.reports
        assert was.inventory == now.inventory


def site(markup: Markup, **blocks: list[str]) -> dict[str, str]:
    """Documents of some blocks, and a table of contents; in names ``_`` is a folder."""
    names = [name.replace("_", "/") for name in blocks]
    files = {f"index{markup.suffix}": markup.text(markup.heading("Contents", 1), markup.toctree(names, depth=1))}
    for name, text in zip(names, blocks.values(), strict=True):
        files[f"{name}{markup.suffix}"] = markup.text(markup.heading(f"Title of {name}", 1), *text)
    return files


def with_layer(markup: Markup, *layer: str) -> dict[str, str]:
    """A text, and a layer of notes on it."""
    head = markup.block("layer", in_="/text", by="AB")
    return site(markup, text=["The first words of the text, and its last ones."], layer=[head, *layer])

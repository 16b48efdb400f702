"""After any edit, a build of what changed equals a build from nothing, and writes only what changed.

``ANNOT_EDITS`` sets how many edits are made (60 by default), ``ANNOT_SEED`` the seed of the edition.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from tests.builds.outputs import WHOLE, difference, output_of, page_path
from tests.builds.random_edition import RandomEdition
from tests.builds.random_edits import Editor
from tests.markup import MYST

if TYPE_CHECKING:
    from tests.builds.outputs import Output
    from tests.projects import Built, Project

EDITS = int(os.environ.get("ANNOT_EDITS", "60"))
SEED = int(os.environ.get("ANNOT_SEED", "3"))
FIRST = ("html", "text", "epub", "dirhtml", "singlehtml", "latex")
BUILDERS = ("html", "html", "html", "text", "text", *FIRST)


@dataclass(slots=True)
class Last:
    """The last build by one builder: when each source and page had been written, and what a fresh build gave."""

    sources: dict[str, list[int]] = field(default_factory=dict)
    settings: dict[str, object] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)


def _documents(files: dict[str, str]) -> dict[str, list[str]]:
    """For each document its file, and the files that it includes."""
    return {
        name.rsplit(".", 1)[0]: [name, *(file for file in files if f"/{file}" in text)]
        for name, text in files.items()
        if name.endswith((".md", ".rst"))
    }


def _parents(files: dict[str, str], written: set[str]) -> set[str]:
    """The documents whose table of contents names a written document: plain Sphinx writes these again."""
    found = set()
    for file, text in files.items():
        folder = file.rsplit("/", 1)[0] + "/" if "/" in file else ""
        for toctree in re.findall(r"\{toctree\}(.*?):::|toctree::(.*)", text, re.DOTALL):
            if {folder + name for name in "".join(toctree).split()} & written:
                found.add(file.rsplit(".", 1)[0])
    return found


class Comparison:
    """Builds the edition twice after each edit: over what is there, and from nothing."""

    def __init__(self, project: Project, seed: int) -> None:
        self.project = project
        self.edition = RandomEdition(seed)
        self.editor = Editor(self.edition)
        self.last = {builder: Last() for builder in FIRST}
        self.settings: dict[str, object] = {}
        self.jobs = random.Random(seed)
        self.log: list[str] = []

    def build(self, builder: str) -> None:
        """Build both ways and compare."""
        files = self.edition.files()
        settings = dict(self.edition.settings)
        self.project.configure(**settings)
        self.project.write(files, only=True)
        documents = set(_documents(files))
        updated = self.project.build(builder, jobs=self.jobs.choice((1, 1, 1, 2)))
        output = output_of(updated, documents)
        fresh = self._fresh(builder, documents)
        for name, body in sorted(fresh.bodies.items()):
            changes = difference(body, output.bodies[name])
            assert not changes, self._say(builder, f"{name} is stale", changes)
        assert output.reports == fresh.reports, self._say(
            builder, "reports", difference("\n".join(fresh.reports), "\n".join(output.reports))
        )
        assert output.inventory == fresh.inventory, self._say(
            builder, "inventory", difference("\n".join(fresh.inventory), "\n".join(output.inventory))
        )
        if builder not in WHOLE:
            self._check_writes(builder, updated, files, settings, fresh.bodies)
        self.settings = settings

    def _fresh(self, builder: str, documents: set[str]) -> Output:
        built = self.project.build(builder, out="fresh", doctrees="fresh-doctrees")
        output = output_of(built, documents)
        shutil.rmtree(self.project.root / "fresh")
        shutil.rmtree(self.project.root / "fresh-doctrees")
        return output

    def _check_writes(
        self,
        builder: str,
        built: Built,
        files: dict[str, str],
        settings: dict[str, object],
        bodies: dict[str, str],
    ) -> None:
        last = self.last[builder]
        written = {name: page_path(built, name).stat().st_mtime_ns for name in bodies}
        again = {name for name, time in written.items() if last.written.get(name) != time}
        sources = {
            name: [(self.project.src / file).stat().st_mtime_ns for file in names]
            for name, names in _documents(files).items()
        }
        changed = {name for name, times in sources.items() if last.sources.get(name) != times}
        different = {name for name, body in bodies.items() if last.bodies.get(name) != body}
        needless = again - changed - different - _parents(files, again)
        unchanged = settings == last.settings == self.settings  # else Sphinx reads and writes all again
        if unchanged and builder != "text":  # which shows no ids: two pages may look the same
            assert not needless, self._say(builder, "written again, though nothing changed", str(sorted(needless)))
        self.last[builder] = Last(sources=sources, settings=settings, bodies=bodies, written=written)

    def _say(self, builder: str, what: str, detail: str) -> str:
        log = "\n".join(self.log[-8:])
        return f"{builder}, seed {SEED}, edit {len(self.log)}: {what}\n{detail}\n\nThe last edits:\n{log}"

    def edit(self) -> None:
        """Make one edit, at times several, before the next build."""
        for _ in range(self.edition.rng.choice((1, 1, 1, 2))):
            self.log.append(self.editor.edit())


def test_an_update_equals_a_fresh_build(project: Project) -> None:
    """Several builders take turns; all share one folder of doctrees."""
    comparison = Comparison(project, SEED)
    for builder in FIRST:
        comparison.build(builder)
    while len(comparison.log) < EDITS:
        comparison.edit()
        comparison.build(comparison.edition.rng.choice(BUILDERS))


def test_a_build_that_failed_leaves_nothing_stale(project: Project) -> None:
    """What a broken build had read but not written is written by the next one."""
    fail = "lambda app, *_: 1 // (not app.tags.has('broken'))"
    setup = f"def setup(app):\n    app.connect('doctree-resolved', {fail})\n"
    project.configure()
    project.write({"conf.py": (project.src / "conf.py").read_text() + setup})

    def write(title: str) -> None:
        cite, source = MYST.span("cite", "flood"), MYST.block("source", "flood", title=title, number="4")
        project.write({"one.md": f"# One\n\nWords {cite}, {MYST.span('source', 'flood')}.\n"})
        project.write({"index.md": MYST.text("# Title", MYST.toctree(["one"]), cite, source)})

    write("The Old Flood")
    assert "The Old Flood" in project.build().read("one.html")
    write("The New Flood")
    with pytest.raises(Exception, match="division"):
        project.build(tags=["broken"])
    assert "The New Flood" in project.build().read("one.html")

"""Garbage is collected in builds that make much of it, and after all builds."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from tests.projects import CONFIG

if TYPE_CHECKING:
    from tests.projects import Project

SETUP = """
import gc
from pathlib import Path

def setup(app):
    seen = []
    app.connect("doctree-resolved", lambda _app, _tree, name: seen.append(f"{name} {gc.isenabled()}"), priority=900)
    app.connect("build-finished", lambda app, _: Path(app.outdir, "seen").write_text(" ".join(seen)), priority=900)
"""


@pytest.mark.parametrize(
    ("pages", "seen"),
    [
        ({"index.md": "# One\n"}, "index False"),
        ({"index.md": "# One\n\n" + "Words. " * 60_000}, "index True"),
    ],
)
def test_where_little_is_read_nothing_is_collected(project: Project, pages: dict[str, str], seen: str) -> None:
    values = "".join(f"{name} = {value!r}\n" for name, value in CONFIG.items())
    project.write({"conf.py": values + SETUP, **pages})
    built = project.build()
    assert (built.out / "seen").read_text(encoding="utf-8") == seen
    assert gc.isenabled()


def test_where_much_is_written_it_is_collected(project: Project) -> None:
    values = "".join(f"{name} = {value!r}\n" for name, value in CONFIG.items())
    project.write({"conf.py": values + SETUP, "index.md": "# One\n", "other.md": "# Two\n\n" + "Words. " * 60_000})
    project.build()
    project.write({"index.md": "# Another\n"})
    built = project.build(force=True)
    seen = (built.out / "seen").read_text(encoding="utf-8")
    assert "other True" in seen
    assert gc.isenabled()

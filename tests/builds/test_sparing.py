"""Garbage is collected less often while a project is built, and as before afterwards."""

from __future__ import annotations

import gc
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from sphinx.errors import ExtensionError

from sphinx_annot import sparing
from tests.projects import CONFIG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.projects import Built, Project

SETUP = """
import gc
from pathlib import Path

def state():
    return f"{gc.isenabled()} {gc.get_threshold()[0]} {gc.get_freeze_count() > 0}"

def setup(app):
    seen = []
    app.connect("builder-inited", lambda app: seen.append(state()))
    app.connect("doctree-resolved", lambda app, tree, name: seen.append(state()))
    app.connect("build-finished", lambda app, _: Path(app.outdir, "seen").write_text("\\n".join(seen)), priority=900)
"""


@pytest.fixture(autouse=True)
def _collector() -> Iterator[None]:
    """Each test is the first build; whatever it does to the collector is undone."""
    sparing.freeze_once.cache_clear()
    enabled, thresholds = gc.isenabled(), gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    (gc.enable if enabled else gc.disable)()


def _build(project: Project, setup: str = SETUP) -> Built:
    values = "".join(f"{name} = {value!r}\n" for name, value in CONFIG.items())
    project.write({"conf.py": values + setup, "index.md": "# One\n"})
    return project.build()


def test_garbage_is_looked_for_less_often_while_building(project: Project) -> None:
    usual = gc.get_threshold()
    loading, building = (line.split() for line in _build(project).read("seen").splitlines())
    assert loading[0] == building[0] == "True"
    assert int(loading[1]) > int(building[1]) > usual[0]
    assert (loading[2], building[2]) == ("False", "True")
    assert gc.get_threshold() == usual
    assert gc.get_freeze_count() == 0


def test_only_the_first_build_of_a_process_freezes(project: Project) -> None:
    assert _build(project).read("seen").splitlines()[1].endswith("True")
    assert project.build(force=True).read("seen").splitlines()[1].endswith("False")


def test_a_threshold_that_somebody_has_chosen_stays(project: Project) -> None:
    gc.set_threshold(12_345)
    assert set(_build(project).read("seen").splitlines()) == {"True 12345 False"}
    assert gc.get_threshold()[0] == 12_345


def test_a_collector_that_somebody_has_stopped_stays_so(project: Project) -> None:
    usual = gc.get_threshold()[0]
    gc.disable()
    assert set(_build(project).read("seen").splitlines()) == {f"False {usual} False"}
    assert not gc.isenabled()


def test_a_build_that_fails_leaves_the_collector_as_before(project: Project) -> None:
    usual = gc.get_threshold()
    failing = """
def fail(*_):
    raise ValueError("as it was meant to")

def setup(app):
    app.connect("env-updated", fail)
"""
    with pytest.raises(ExtensionError, match="as it was meant to"):
        _build(project, failing)
    assert gc.get_threshold() == usual
    assert gc.get_freeze_count() == 0


def test_when_python_ends_nothing_is_looked_through() -> None:
    """What is registered last is called first, so the line is printed when everything has been frozen."""
    code = """
import atexit, gc
from sphinx_annot import sparing
atexit.register(lambda: print(gc.get_freeze_count() > 0))
sparing.begin()
print(gc.get_freeze_count() > 0)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]

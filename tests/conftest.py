"""Fixtures for tests that build: ``project`` (files, builders and rebuilds) and ``build`` (all in one call)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from tests.projects import Built, Project

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

pytest_plugins = ["pytester", "tests.rules"]


class Build(Protocol):
    """Write files into a folder of the test's own and build them; again in the same test for a rebuild."""

    def __call__(self, files: Mapping[str, str | bytes], builder: str = "html", **config: object) -> Built:
        """``files`` are path to content; ``config`` goes into ``conf.py`` over the shared defaults."""
        ...


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch that writes the kept pages of the documented examples anew."""
    parser.addoption("--regenerate", action="store_true", help="write tests/snippets anew from docs/snippets")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers of the suite."""
    config.addinivalue_line(
        "markers", "core: holds at the lowest supported versions and at the newest, each on its own"
    )
    config.addinivalue_line("markers", "floor: makes environments with other versions and runs the core tests there")
    config.addinivalue_line("markers", "benchmark: measures CPU time")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty project in a folder of the test's own."""
    return Project(tmp_path)


@pytest.fixture
def build(project: Project) -> Build:
    """A function that writes files (path to content), builds them, and gives what came out."""

    def run(files: Mapping[str, str | bytes], builder: str = "html", **config: object) -> Built:
        project.write(files, only=True)
        if "conf.py" not in files:
            project.configure(**config)
        return project.build(builder)

    return run

"""The fixtures themselves: what they promise to other tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Build
    from tests.projects import Project


def test_a_build_gives_page_warnings_and_environment(build: Build) -> None:
    built = build({"index.md": "# Title\n\nWords.\n\n{nosuchrole}`x`\n"})
    assert "Words." in built.body().text_content()
    assert "index.md:5" in built.warnings
    assert built.env.titles["index"].astext() == "Title"


def test_builds_in_one_process_leave_nothing_behind(build: Build) -> None:
    files = {"index.md": "# Title\n\n```{note}\nWords.\n```\n"}
    assert "Bemerkung" in build(files, language="de").body().text_content()
    assert "Bemerkung" not in build(files, language="en").body().text_content()


def test_a_rebuild_reads_only_what_changed(project: Project) -> None:
    project.write({"index.md": "# Title\n\n```{toctree}\nother\n```\n", "other.md": "# Other\n"})
    project.build()
    project.write({"index.md": "# Title\n\n```{toctree}\nother\n```\n", "other.md": "# Changed\n"})
    assert "0 added, 1 changed, 0 removed" in project.build().status

"""The demonstration edition: it builds strictly on its own, and all that it quotes stands where it says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_annot.model.quote import check
from sphinx_annot.model.snapshots import Snapshot, read

if TYPE_CHECKING:
    from tests.projects import Built, Project

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture
def demo(project: Project) -> Built:
    paths = [path for folder in ("demo", "snapshots") for path in sorted((DOCS / folder).rglob("*")) if path.is_file()]
    project.write({path.relative_to(DOCS).as_posix(): path.read_bytes() for path in paths})
    project.write({"index.md": "# Root\n\n```{toctree}\ndemo/index\n```\n"})
    return project.build("dummy", overrides={"nitpicky": True})


def test_it_builds_without_a_warning_or_notice(demo: Built) -> None:
    assert demo.warnings == ""
    assert demo.reports == []


def test_every_quotation_stands_in_its_snapshot(demo: Built) -> None:
    records = demo.env.domains["annot"].data["docs"].values()
    sources = {defined.source.key: defined.source for document in records for defined in document.sources}
    quotations = [each for document in records for each in (*document.passages, *document.quotes)]
    from_snapshots = [each for each in quotations if each.source in sources]
    assert len(quotations) - len(from_snapshots) == 1  # the introduction quotes the essay itself
    assert len(from_snapshots) == 5
    for each in from_snapshots:
        (name,) = sources[each.source].snapshot
        snapshot = read(name, (DOCS / "snapshots" / name).read_bytes())
        assert isinstance(snapshot, Snapshot)
        verdict = check(each.text, snapshot, locator=each.locator)
        assert verdict.is_accepted, (each.text, verdict)
        assert not verdict.review

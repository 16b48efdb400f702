"""The drift gate: what a person has accepted is remembered, and a build says when the text has changed under it."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.checking.commands import run
from tests.checking.texts import FALSE, HIDING, LETTER, TRUE, passage, quoting
from tests.markup import BOTH, MYST

if TYPE_CHECKING:
    from tests.markup import Markup
    from tests.projects import Project

both = pytest.mark.parametrize("markup", BOTH, ids=str)
PROSE = "The gate was painted in spring. Nobody asked who had paid for it. It rusted."


def _write(project: Project, markup: Markup = MYST, prose: str = PROSE, words: str = TRUE) -> None:
    project.configure()
    blocks = [
        prose,
        markup.block("ednote", "payer", "The town.", on="who had paid for it"),
        markup.block("ednote", "block", "All of this is hearsay."),
        passage(markup, words, "rope"),
        passage(markup, HIDING, "oil"),
        "They say: " + markup.span("quote", "“Who keeps the gate keeps the town” <letter>"),
    ]
    project.write(quoting(markup, *blocks))


def _stale(project: Project) -> list[str]:
    return project.build().about("stale")


def test_without_the_file_the_gate_is_off(project: Project) -> None:
    _write(project)
    project.build()
    _write(project, prose=PROSE.replace("paid", "begged"))
    assert _stale(project) == []
    assert not (project.src / "annot.lock").exists()


@both
def test_what_changes_under_a_note_is_stale(markup: Markup, project: Project) -> None:
    _write(project, markup)
    assert run("accept", project.src, "--all").exit_code == 0
    assert _stale(project) == []
    _write(project, markup, PROSE.replace("Nobody", "Everybody"))
    first, second = _stale(project)
    assert "index" in first
    assert "the text around the note has changed" in first
    assert {'"payer"' in first, '"payer"' in second} == {True, False}
    _write(project, markup, PROSE.replace("rusted", "shone"))
    (only,) = _stale(project)
    assert '"block"' in only


def test_typography_and_other_places_are_no_drift(project: Project) -> None:
    _write(project, prose=PROSE + " It's late -- too late.")
    run("accept", project.src, "--all")
    _write(project, prose=PROSE + " It’s late — too late.")
    assert _stale(project) == []


def test_accepting_settles_it(project: Project) -> None:
    _write(project)
    run("accept", project.src, "--all")
    _write(project, prose=PROSE.replace("Nobody", "Everybody"))
    assert len(_stale(project)) == 2
    result = run("accept", project.src, "ednote-payer")
    assert result.exit_code == 0
    assert "Everybody asked who had paid for it." in result.stdout
    assert "The town." in result.stdout
    (left,) = _stale(project)
    assert '"block"' in left
    run("accept", project.src, "--all")
    assert _stale(project) == []


def test_a_quotation_whose_words_or_verdict_change(project: Project) -> None:
    _write(project)
    run("accept", project.src, "rope")
    _write(project, words=TRUE.replace("The barges", "the barges"))
    assert [line for line in _stale(project) if "the quotation has changed" in line]
    _write(project)
    assert _stale(project) == []
    project.write({"snapshots/letter.txt": LETTER.replace("barges", "boats")})
    assert [line for line in _stale(project) if "the verdict on the quotation has changed" in line]


def test_a_reviewed_matter_is_not_listed_again_until_it_changes(project: Project) -> None:
    _write(project)
    assert len(project.build().about("review")) == 1
    run("accept", project.src, "oil")
    assert project.build().about("review") == []
    project.write({"snapshots/letter.txt": LETTER.replace("did not open", "did never open")})
    assert len(project.build().about("review")) == 1


def test_both_sides_are_printed_before_all_is_accepted(project: Project) -> None:
    _write(project, words=FALSE)
    result = run("accept", project.src, "--all")
    assert "edition: " + FALSE in result.stdout
    assert "letter.txt:3: " in result.stdout
    assert "[left out: not]" in result.stdout
    assert "review: negation left out (not)" in result.stdout
    assert "in: Nobody asked who had paid for it." in result.stdout
    assert "Accepted 5" in result.stdout
    again = run("accept", project.src, "--all")
    assert "nothing was written" in again.stdout
    assert "edition:" not in again.stdout


def test_the_file_can_be_merged_by_a_person(project: Project) -> None:
    _write(project)
    run("accept", project.src, "--all")
    text = (project.src / "annot.lock").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    assert sorted(data["notes"]) == ["block", "payer"]
    assert {"rope", "oil"} < set(data["quotes"])
    assert data["quotes"]["rope"]["snapshot"] == "letter.txt"
    assert len([line for line in text.splitlines() if line.startswith('"')]) == 2 + 3 + 1
    run("accept", project.src, "rope")
    assert (project.src / "annot.lock").read_text(encoding="utf-8") == text


def test_what_is_gone_is_dropped(project: Project) -> None:
    _write(project)
    run("accept", project.src, "--all")
    project.write(quoting(MYST, passage(MYST, TRUE, "rope")))
    assert _stale(project) == []
    run("accept", project.src, "--all")
    assert "payer" not in (project.src / "annot.lock").read_text(encoding="utf-8")


def test_only_accepting_writes_the_file(project: Project) -> None:
    _write(project)
    run("accept", project.src, "rope")
    before = (project.src / "annot.lock").read_bytes()
    _write(project, prose=PROSE.replace("Nobody", "Everybody"), words=FALSE)
    project.build()
    run("check", project.src)
    assert (project.src / "annot.lock").read_bytes() == before


def test_a_file_that_cannot_be_read(project: Project) -> None:
    _write(project)
    project.write({"annot.lock": "[notes]\n<<<<<<< ours\n"})
    built = project.build()
    (line,) = built.about("file")
    assert line.startswith("annot.lock:1: ")
    assert built.about("stale") == []
    result = run("accept", project.src, "--all")
    assert result.exit_code == 2
    assert "annot.lock" in result.stderr


def test_an_id_that_is_not_there(project: Project) -> None:
    _write(project)
    result = run("accept", project.src, "ropes")
    assert result.exit_code == 2
    assert 'did you mean "rope"' in result.stderr
    assert run("accept", project.src).exit_code == 2
    assert run("accept", project.src, "rope", "--all").exit_code == 2
    assert not (project.src / "annot.lock").exists()

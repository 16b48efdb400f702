"""Every build compares quotations with their sources, and says which differ and where."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import sphinx_annot.model.comparing as engine
from tests.checking.texts import FALSE, HIDING, LETTER, STRANGE, TRUE, passage, quoting
from tests.markup import BOTH, MYST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Build
    from tests.markup import Markup
    from tests.projects import Project

both = pytest.mark.parametrize("markup", BOTH, ids=str)


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The words that were looked up in a text, in all builds of a test."""
    words: list[str] = []
    check = engine.check

    def counting(quote: str, *args: object, **options: object) -> object:
        words.append(quote)
        return check(quote, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "check", counting)
    return words


@both
def test_what_stands_in_the_source_is_silent(markup: Markup, build: Build) -> None:
    files = quoting(
        markup,
        passage(markup, TRUE),
        passage(markup, "The barges came up [...] and left nothing behind but rope."),
        "They say: " + markup.span("quote", "came up before the frost and left nothing behind <letter>"),
    )
    assert build(files).reports == []


@pytest.mark.core
@both
def test_a_changed_word_is_a_warning_with_both_places_and_the_difference(markup: Markup, build: Build) -> None:
    built = build(quoting(markup, passage(markup, FALSE), markup.span("quote", "We did open the upper gate <letter>")))
    first, second = sorted(built.about("quote_mismatch"), key=lambda line: "We did" in line)
    assert first.startswith(f"index{markup.suffix}:")
    assert "snapshots/letter.txt:3: " in first
    assert "[-after-] {+before+}" in first
    assert "letter.txt:4" in second
    assert "{+not+}" in second


@both
def test_words_that_are_nowhere_are_a_warning(markup: Markup, build: Build) -> None:
    (line,) = build(quoting(markup, passage(markup, STRANGE))).reports
    assert 'nothing like "Seventeen violins' in line
    assert line.endswith("[annot.quote_missing]")


@both
def test_an_elided_negation_is_a_notice(markup: Markup, build: Build) -> None:
    built = build(quoting(markup, passage(markup, HIDING)))
    assert built.warnings == ""
    (line,) = built.about("review")
    assert "negation left out" in line
    assert '"not"' in line
    assert "letter.txt:4" in line


@both
def test_what_cannot_be_checked_is_a_notice_with_the_reason(markup: Markup, build: Build) -> None:
    files = quoting(
        markup,
        passage(markup, STRANGE, unchecked="heard on the quay"),
        markup.span("quote", "the frost <letter>"),
        markup.block("source", "speech", title="A speech"),
        markup.block("passage", "", "Words that were spoken and never printed.", source="speech"),
        markup.block("passage", "", "A passage of no source at all is nothing to compare."),
    )
    built = build(files)
    assert built.warnings == ""
    lines = built.about("quote_unchecked")
    assert [word for line in lines for word in ("heard on the quay", "too short", "no snapshot") if word in line] == [
        "heard on the quay",
        "too short",
        "no snapshot",
    ]


@both
def test_a_locator_leads_to_the_page(markup: Markup, build: Build) -> None:
    files = quoting(markup, passage(markup, TRUE, "one", locator="p. 2"), passage(markup, TRUE, "two", locator="p. 1"))
    files["snapshots/letter.txt"] = f"[p. 1]\n{LETTER}\n[p. 2]\nAnother page with other words."
    (line,) = build(files).reports
    assert 'not at "p. 2"' in line
    assert line.endswith("[annot.quote_mismatch]")


def test_a_locator_in_the_language_of_the_document(build: Build) -> None:
    files = quoting(MYST, passage(MYST, TRUE, locator="S. 2"))
    files["snapshots/letter.txt"] = f"[p. 1]\n{LETTER}\n[p. 2]\nAnother page with other words."
    assert len(build(files, language="de").about("quote_mismatch")) == 1


@both
def test_a_passage_that_quotes(markup: Markup, build: Build) -> None:
    """Marks, notes and sources inside are no words of the passage; an inner quotation has its quotation marks."""
    inner = markup.span("quote", "Who keeps the gate keeps the town, <letter>")
    note = markup.block("ednote", "", "He means the upper one.", on="my father")
    words = f"{inner} my father used to say, and he never once left it open."
    files = quoting(markup, passage(markup, f"{words}\n\n{note}"))
    built = build(files)
    assert built.warnings == ""
    assert not built.about("quote_unchecked")


@pytest.mark.parametrize(
    ("snapshot", "content", "reason"),
    [
        ("absent.txt", None, "is not there"),
        ("bad.txt", b"caf\xe9 au lait", "is not UTF-8 (byte 3)"),
        ("folder", None, "cannot be read"),
    ],
)
def test_a_snapshot_that_cannot_be_read(snapshot: str, content: bytes | None, reason: str, project: Project) -> None:
    project.write(quoting(MYST, passage(MYST, TRUE), snapshot=snapshot))
    (project.src / "snapshots/folder").mkdir()
    if content is not None:
        project.write({f"snapshots/{snapshot}": content})
    built = project.build()
    (line,) = built.about("file")
    assert line.startswith("index.md:3: ")
    assert reason in line
    assert len(built.about("quote_unchecked")) == 1


def test_a_link_that_leads_out_of_the_folder_is_not_followed(project: Project) -> None:
    project.write({**quoting(MYST, passage(MYST, TRUE), snapshot="out.txt"), "secret.txt": LETTER})
    (project.src / "snapshots/out.txt").symlink_to(project.src / "secret.txt")
    (line,) = project.build().about("file")
    assert "leads out of that folder" in line


def test_the_first_snapshot_that_has_the_words_counts(build: Build) -> None:
    files = quoting(MYST, passage(MYST, TRUE), snapshot="other.html; letter.txt")
    files["snapshots/other.html"] = "<p>Nothing that matters stands in here, not a word."
    assert build(files).reports == []


def test_off_says_nothing(build: Build) -> None:
    files = quoting(MYST, passage(MYST, FALSE), passage(MYST, STRANGE), snapshot="absent.txt")
    assert build(files, annot_quote_check="off").reports == []


# -- builds after the first ------------------------------------------------------------------------------------------


def test_an_unchanged_build_checks_nothing_again_and_reports_all(build: Build, looked_up: list[str]) -> None:
    files = quoting(MYST, passage(MYST, TRUE), passage(MYST, FALSE), passage(MYST, HIDING))
    first = build(files).reports
    assert sorted(looked_up) == sorted([TRUE, FALSE, HIDING])
    assert build(files).reports == first
    assert len(looked_up) == 3
    files["index.md"] = files["index.md"].replace(FALSE, STRANGE)
    build(files)
    assert looked_up[3:] == [STRANGE]


def test_a_changed_snapshot_is_noticed_though_no_document_changed(build: Build, looked_up: list[str]) -> None:
    files = quoting(MYST, passage(MYST, TRUE))
    assert build(files).reports == []
    files["snapshots/letter.txt"] = LETTER.replace("before", "after")
    assert len(build(files).about("quote_mismatch")) == 1
    del files["snapshots/letter.txt"]
    assert len(build(files).about("file")) == 1
    files["snapshots/letter.txt"] = LETTER
    assert build(files).reports == []
    assert len(looked_up) == 2


@pytest.mark.parametrize("known", ["", "[]", '{"version": "0", "verdicts": {}}', None])
def test_what_is_known_may_be_damaged(known: str | None, project: Project) -> None:
    files = quoting(MYST, passage(MYST, FALSE))
    project.write(files)
    first = project.build().reports
    file = project.root / "doctrees/annot-verdicts.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    if known is None:
        known = json.dumps({**data, "verdicts": {key: {"verdict": "fine"} for key in data["verdicts"]}})
    file.write_text(known, encoding="utf-8")
    # where nothing has changed, nothing is asked for
    project.write({"index.md": files["index.md"] + "\nOne more sentence.\n"})
    assert project.build().reports == first
    assert json.loads(file.read_text(encoding="utf-8")) == data


def test_without_snapshots_nothing_is_kept(project: Project) -> None:
    project.write(quoting(MYST, passage(MYST, TRUE), snapshot=""))
    project.build()
    assert not (project.root / "doctrees/annot-verdicts.json").exists()


def test_a_project_without_snapshots_does_not_load_the_engine(project: Project) -> None:
    project.configure()
    project.write(quoting(MYST, passage(MYST, TRUE), snapshot=""))
    code = f"""if True:
        import sys
        from sphinx.cmd.build import main
        status = main(["-q", "-b", "dummy", {str(project.src)!r}, {str(project.root / "out")!r}])
        print(status, *(name for name in sys.modules if name.startswith("sphinx_annot.model.")))
    """
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    status, *loaded = result.stdout.split()
    assert status == "0"
    engine = {"quote", "comparing", "snapshots", "lock", "verify"}
    assert not engine & {name.rpartition(".")[2] for name in loaded}


def test_several_processes_give_the_same(project: Project) -> None:
    project.write(quoting(MYST, MYST.toctree(f"page{number}" for number in range(12))))
    words = [TRUE, FALSE, STRANGE, HIDING]
    pages = [MYST.text(MYST.heading(f"Page {i}", 1), passage(MYST, words[i % 4])) for i in range(12)]
    project.write({f"page{i}.md": page for i, page in enumerate(pages)})
    alone = project.build(out="one", doctrees="one-doctrees").reports
    together = project.build(out="two", doctrees="two-doctrees", jobs=2).reports
    assert len(alone) == 10
    assert sorted(alone) == sorted(together)


# -- quotations from an edition of the project -------------------------------------------------------------------------


def _editions(markup: Markup, quoted: str, text: str) -> dict[str, str]:
    header = markup.block("edition", "essay", author="P. Quay", title="On gates")
    essay = markup.text(markup.heading("On gates", 1), header, text)
    words = markup.block("passage", "", quoted, source="essay")
    index = markup.text(markup.heading("About", 1), words, markup.toctree(["essay"]))
    return {f"index{markup.suffix}": index, f"essay{markup.suffix}": essay}


@pytest.mark.core
@both
def test_a_quotation_from_an_edition_is_checked_against_its_text_in_this_build(
    markup: Markup, build: Build, looked_up: list[str]
) -> None:
    said = "A gate that is always open is no gate, " + markup.strong("and nobody") + " paints it."
    words = "A gate that is always open is no gate, and nobody paints it."
    assert build(_editions(markup, words, said)).reports == []
    built = build(_editions(markup, words, said.replace("always", "never")))
    (line,) = built.about("quote_mismatch")
    assert line.startswith(f"index{markup.suffix}:")
    assert 'the edition "essay"' in line
    assert "[-always-] {+never+}" in line
    assert len(looked_up) == 2


@both
def test_a_cross_reference_whose_words_are_not_known_matches_nothing(markup: Markup, build: Build) -> None:
    said = "Nobody who has read " + markup.span("edition", "essay") + " paints a gate again."
    gap = "Nobody who has read \ufffc paints a gate again."
    assert len(build(_editions(markup, gap, said)).about("quote_mismatch")) == 1
    over = "Nobody who has read [...] paints a gate again."
    assert not build(_editions(markup, over, said)).about("quote_mismatch")


@both
def test_words_from_their_own_document_do_not_prove_themselves(markup: Markup, build: Build) -> None:
    false = "A gate that nobody ever paints will rust in a year."
    true = "A gate that is always open is no gate at all."
    said = [
        markup.block("passage", "one", false, source="essay"),
        markup.block("passage", "two", true, source="essay"),
        "He had to admit: " + markup.span("quote", f"{false} <essay>"),
        "He had to admit: " + markup.span("quote", f"{true} <essay>"),
        f"It began with a thought. {true}",
    ]
    built = build(_editions(markup, true, "\n\n".join(said)))
    assert len(built.about("quote_missing")) + len(built.about("quote_mismatch")) == 2


def test_what_the_output_hides_is_not_its_text(project: Project) -> None:
    words = "A gate that is always open is no gate at all."
    project.write(_editions(MYST, words, f"Text.\n\n:::{{only}} secret\n{words}\n:::"))
    assert len(project.build().about("quote_missing")) == 1
    assert project.build(tags=["secret"], out="secret").reports == []

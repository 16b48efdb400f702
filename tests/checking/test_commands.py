"""The commands: a report for people and for programs, one quotation in one text, words described."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from typer.main import get_command

from sphinx_annot.cli import application
from sphinx_annot.model.problems import Code
from tests.checking.commands import answers, run
from tests.checking.texts import FALSE, HIDING, LETTER, STRANGE, TRUE, passage, quoting
from tests.markup import BOTH, MYST

if TYPE_CHECKING:
    from tests.markup import Markup
    from tests.projects import Project

both = pytest.mark.parametrize("markup", BOTH, ids=str)
SAID = "“one two three four five six seven eight”"


def _mixed(project: Project, markup: Markup = MYST) -> Path:
    """A project with something of everything; the working folder is its parent."""
    files = quoting(
        markup,
        passage(markup, TRUE, "right"),
        passage(markup, FALSE, "wrong"),
        passage(markup, STRANGE, "strange"),
        passage(markup, HIDING, "hiding"),
        markup.block("source", "numbered", title="A", number="1"),
        markup.block("source", "later", title="B", number="3"),
        markup.block("source", "speech", title="C"),
        markup.block("passage", "spoken", "Words that were only ever spoken, at night.", source="speech"),
        "Marked " + markup.span("cite", "numbered; later") + " here.",
        f"Somebody said: {SAID}, and somebody “not much”.",
        markup.quotation("A block of words that names no source at all.", "Anybody"),
        markup.block("ednote", "tied", "A note.", on="and somebody"),
        markup.block("ednote", "lost", "A note.", on="words that nobody has written"),
        markup.block("source", "idle", title="D", snapshot="letter.txt"),
    )
    project.configure()
    project.write(files)
    return project.src


@pytest.fixture
def mixed(project: Project, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a project with something of everything."""
    folder = _mixed(project)
    monkeypatch.chdir(project.root)
    return folder


def _json(folder: Path) -> dict[str, Any]:
    return dict(json.loads(run("check", folder, "--format", "json").stdout))


# -- check -------------------------------------------------------------------------------------------------------------


def test_a_report_for_people_in_a_pipe(mixed: Path) -> None:
    result = run("check", mixed)
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert "Quotations: 2 of 5 verified (1 verbatim, 1 elided, 1 unchecked, 1 mismatch, 1 missing)" in lines
    assert "Notes: 2 (1 lemma, 1 orphan)" in lines
    assert "Never cited: 1 (idle)" in lines
    assert "Without snapshot: 3 (numbered, later, speech)" in lines
    assert [line for line in lines if line.startswith("Printed numbers: ") and '"2"' in line]
    assert "Fit to publish: no" in lines
    assert [line for line in lines if line.startswith("src/index.md:") and line.endswith("[annot.quote_mismatch]")]


def test_none_of_many_is_said_aloud(project: Project) -> None:
    project.configure()
    project.write(quoting(MYST, passage(MYST, TRUE), passage(MYST, FALSE), snapshot=""))
    result = run("check", project.src)
    assert "Quotations: 0 of 2 verified (2 unchecked)" in result.stdout
    assert result.exit_code == 0


@both
def test_undeclared_quotations_are_listed(markup: Markup, project: Project) -> None:
    found = _json(_mixed(project, markup))
    undeclared = [item["message"] for item in found["problems"] if item["code"] == "annot.undeclared"]
    assert len(undeclared) == 2
    assert "one two three four five six seven eight" in undeclared[0]
    assert "annot:quote" in undeclared[0]
    assert "A block of words" in undeclared[1]
    assert "annot:passage" in undeclared[1]


def test_undeclared_is_nothing_of_a_build(project: Project) -> None:
    _mixed(project)
    assert not project.build().about("undeclared")


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ('"one two three four five six seven eight"', True),
        ("„eins zwei drei vier fünf sechs sieben acht“", True),
        ("« un deux trois quatre cinq six sept huit »", True),
        ("‘one two three four five six don’t eight’", True),
        ("「一二三四五六七八九十一二三四五六」", True),
        ("“one two three four five six seven”", False),
        ("「一二三四五六七」", False),
        ("the sailors’ one two three four five six the captain’s", False),
        ("`“one two three four five six seven eight”`", False),
    ],
)
def test_what_counts_as_undeclared(said: str, counts: bool, project: Project) -> None:  # noqa: FBT001
    project.configure()
    project.write({"index.md": f"# Title\n\nThey say {said} here.\n"})
    found = _json(project.src)
    assert bool(found["codes"].get("undeclared")) is counts


def test_the_json_report(mixed: Path) -> None:
    found = _json(mixed)
    assert found["fit"] is False
    assert found["quotations"]["verified"] == 2
    assert found["quotations"]["verdicts"] == {
        "verbatim": 1, "typographic": 0, "elided": 1, "altered": 0, "unchecked": 1, "mismatch": 1, "missing": 1,
    }  # fmt: skip
    items = {item["id"]: item for item in found["quotations"]["items"]}
    (start, end) = items["right"]["spans"][0]
    assert LETTER[start:end] == TRUE
    assert (items["right"]["file"], items["right"]["snapshot"], items["right"]["snapshot_line"]) == (
        "src/index.md", "letter.txt", 3,
    )  # fmt: skip
    assert items["hiding"]["omitted"] == ["not"]
    assert found["notes"]["states"] == {"lemma": 1, "block": 0, "mark": 0, "orphan": 1}
    assert found["sources"]["uncited"] == ["idle"]
    assert sum(found["codes"].values()) == len(found["problems"])
    assert {item["code"] for item in found["problems"]} == {f"annot.{code}" for code in found["codes"]}


def test_the_sarif_report(mixed: Path) -> None:
    result = run("check", mixed, "--format", "sarif")
    log = json.loads(result.stdout)
    assert log["version"] == "2.1.0"
    (one,) = log["runs"]
    rules = one["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in rules} == {f"annot.{code}" for code in Code}
    base = one["originalUriBaseIds"]["SRCROOT"]["uri"]
    assert base.startswith("file:///")
    assert base.endswith("/")
    assert len(one["results"]) == len(_json(mixed)["problems"])
    for item in one["results"]:
        assert rules[item["ruleIndex"]]["id"] == item["ruleId"]
        assert item["level"] == rules[item["ruleIndex"]]["defaultConfiguration"]["level"]
        (place,) = item["locations"]
        assert place["physicalLocation"]["artifactLocation"] == {"uri": "src/index.md", "uriBaseId": "SRCROOT"}
        assert place["physicalLocation"]["region"]["startLine"] > 0
    levels = {item["ruleId"]: item["level"] for item in one["results"]}
    assert (levels["annot.quote_missing"], levels["annot.review"]) == ("warning", "note")


def test_the_junit_report(mixed: Path) -> None:
    root = ET.fromstring(run("check", mixed, "--format", "junit").stdout)  # noqa: S314 (our own)
    suites = {suite.get("name"): suite for suite in root}
    assert list(suites) == ["quotations", "notes", "problems"]
    for suite in suites.values():
        assert suite.get("tests") == str(len(suite))
        assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
        assert suite.get("skipped") == str(len(suite.findall("testcase/skipped")))
    results = {case.get("name"): [child.tag for child in case] for case in suites["quotations"]}
    assert results == {"right": [], "wrong": ["failure"], "strange": ["failure"], "hiding": [], "spoken": ["skipped"]}
    (failure,) = suites["quotations"].findall("testcase[@name='wrong']/failure")
    assert failure.get("type") == "annot.quote_mismatch"
    assert "{+before+}" in str(failure.get("message"))
    assert [case.get("name") for case in suites["notes"] if len(case)] == ["lost"]
    assert not list(suites["problems"])


def test_a_clean_project_is_fit(project: Project) -> None:
    project.configure()
    project.write(quoting(MYST, passage(MYST, TRUE, "right")))
    assert run("check", project.src).exit_code == 0
    assert "Fit to publish: yes" in run("check", project.src).stdout


def test_the_command_checks_where_builds_do_not(project: Project) -> None:
    project.configure(annot_quote_check="off")
    project.write(quoting(MYST, passage(MYST, FALSE)))
    assert run("check", project.src).exit_code == 1


def test_what_a_project_silences_is_no_problem(project: Project) -> None:
    project.configure(suppress_warnings=["annot.quote_mismatch"])
    project.write(quoting(MYST, passage(MYST, FALSE)))
    result = run("check", project.src)
    assert "1 mismatch" in result.stdout
    assert result.exit_code == 0


def test_messages_of_others_go_to_standard_error(project: Project) -> None:
    project.configure()
    project.write({"index.md": "# Title\n\n{doc}`nowhere`\n"})
    result = run("check", project.src)
    assert "nowhere" in result.stderr
    assert "nowhere" not in result.stdout


def test_nothing_is_written_into_the_project(mixed: Path) -> None:
    before = sorted(mixed.rglob("*"))
    run("check", mixed)
    assert sorted(mixed.rglob("*")) == before
    assert sorted(path.name for path in mixed.parent.iterdir()) == ["src"]


@pytest.mark.parametrize("conf", [None, "extensions = []", "extensions = ['absent_extension_of_nobody']", "1 +"])
def test_a_project_that_cannot_be_read_gets_one_line(conf: str | None, tmp_path: Path) -> None:
    if conf is not None:
        (tmp_path / "conf.py").write_text(conf, encoding="utf-8")
        (tmp_path / "index.rst").write_text("Title\n=====\n", encoding="utf-8")
    result = run("check", tmp_path)
    assert result.exit_code == 2
    assert result.stderr.startswith("sphinx-annot: ")
    assert len(result.stderr.splitlines()) == 1


def test_an_unknown_format() -> None:
    assert run("check", "--format", "yaml").exit_code == 2


# -- verify ------------------------------------------------------------------------------------------------------------


def test_lines_are_answered_by_lines(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    found = answers(
        {"id": "a", "snapshot": "letter.txt", "quote": TRUE},
        {"id": 2, "snapshot": "letter.txt", "quote": HIDING},
        {"id": None, "snapshot": ["absent.txt", "letter.txt"], "quote": FALSE},
        {"id": "ü", "snapshot": "letter.txt", "quote": STRANGE},
        {"id": "half \ud83d", "snapshot": "letter.txt", "quote": "half \ud83d"},
        folder=tmp_path,
        status=1,
    )
    assert [item["id"] for item in found] == ["a", 2, None, "ü", "half \ud83d"]
    assert [item["verdict"] for item in found[:4]] == ["verbatim", "elided", "mismatch", "missing"]
    (start, end) = found[0]["spans"][0]
    assert LETTER[start:end] == TRUE
    assert found[1]["omitted"] == ["not"]
    assert "{+before+}" in found[2]["near"]


def test_what_is_accepted_ends_with_status_0(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    answers({"id": 1, "snapshot": "letter.txt", "quote": TRUE}, folder=tmp_path)


def test_lines_that_are_no_records_are_named(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    good = json.dumps({"snapshot": "letter.txt", "quote": TRUE})
    result = run("verify", "--jsonl", "--folder", tmp_path, given=f"{good}\n\n{{\n{good}".encode())
    assert result.exit_code == 2
    assert len(result.stdout.splitlines()) == 2
    assert "line 3: not JSON" in result.stderr


def test_lines_come_from_a_file_too(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "lines").write_text(json.dumps({"snapshot": "letter.txt", "quote": TRUE}), encoding="utf-8")
    result = run("verify", tmp_path / "lines", "--jsonl", "--folder", tmp_path)
    assert json.loads(result.stdout)["verdict"] == "verbatim"


def test_one_quotation_for_a_person(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text(LETTER, encoding="utf-8")
    right = run("verify", file, TRUE)
    assert right.exit_code == 0
    assert right.stdout.startswith("verbatim")
    assert f"letter.txt:3: {TRUE}" in right.stdout
    hiding = run("verify", file, HIDING)
    assert hiding.exit_code == 0
    assert "left out: not" in hiding.stdout
    assert "review: negation left out: not" in hiding.stdout
    wrong = run("verify", file, FALSE)
    assert wrong.exit_code == 1
    assert "[-after-] {+before+}" in wrong.stdout
    short = run("verify", file, "the frost")
    assert short.exit_code == 0
    assert short.stdout.startswith("unchecked")
    assert run("verify", file, "the frost", "--prefix", "before").stdout.startswith("verbatim")


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_text_that_cannot_be_read_gets_one_line(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    if content is not None:
        file.write_bytes(content)
    result = run("verify", file, TRUE)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert run("verify", file).exit_code == 2


def test_verify_loads_no_sphinx(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    code = "import sys; from sphinx_annot.cli import application as a; a(standalone_mode=False, args=sys.argv[1:])"
    code = f"import atexit, sys; atexit.register(lambda: print('sphinx' in sys.modules, file=sys.stderr)); {code}"
    command = [sys.executable, "-c", code, "verify", str(tmp_path / "letter.txt"), TRUE]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.stdout.startswith("verbatim"), result.stderr
    assert result.stderr.splitlines()[-1] == "False"


# -- describe ----------------------------------------------------------------------------------------------------------


@both
def test_what_describe_prints_can_be_pasted(markup: Markup, project: Project) -> None:
    text = "The gate is green. The gate: 'tis old. Nobody paints the gate, and the gate rusts."
    project.configure()
    project.write({f"index{markup.suffix}": markup.text(markup.heading("Gates", 1), text)})
    result = run("describe", project.src, "the gate")
    assert result.exit_code == 0
    blocks = [block.splitlines() for block in result.stdout.split("index\n") if block]
    assert len(blocks) == 2
    for lines in blocks:
        options = dict(line[1:].split(": ", 1) for line in lines)
        note = markup.block("ednote", "", "A note.", **options)
        project.write({f"index{markup.suffix}": markup.text(markup.heading("Gates", 1), text, note)})
        assert project.build().reports == []


def test_describe_says_what_is_near(project: Project) -> None:
    project.configure()
    project.write({"index.md": "# Gates\n\nNobody ever paints the upper gate in winter.\n"})
    result = run("describe", project.src, "Nobody ever paints the lower gate")
    assert result.exit_code == 1
    assert "[-lower-] {+upper+}" in result.stdout
    assert "no document has the words" in result.stderr


# -- documentation -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["check", "verify", "describe", "accept"])
def test_the_reference_has_every_option(command: str) -> None:
    page = (Path(__file__).parents[2] / "docs/reference/commands.md").read_text(encoding="utf-8")
    section = page.split(f"\n## {command}\n")[1].split("\n## ")[0]
    parameters = get_command(application).commands[command].params  # type: ignore[attr-defined]
    options = {name for one in parameters if one.param_type_name == "option" for name in one.opts} - {"--help"}
    assert not [name for name in options if name not in section]
    assert set(re.findall(r"(?<![\w-])--[a-z]+", section)) <= options

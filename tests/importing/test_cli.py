"""The command: three ways in, one line for bad input, nothing loaded that is not needed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "docs/examples"
WINTER = EXAMPLES / "the-winter-bridge.txt"


def run(*arguments: object, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own; ``code`` goes before it."""
    start = f"{code}\nimport sys\nfrom sphinx_annot.cli import main\nsys.argv[0] = 'sphinx-annot'\nmain()"
    command = [sys.executable, "-c", start, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120)


def test_build_gives_a_finished_edition(tmp_path: Path) -> None:
    done = run("build", WINTER, tmp_path / "site")
    assert (done.returncode, done.stderr) == (0, "")
    page = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert "<h1>The Winter Bridge" in page
    assert "annot-edition" in page
    assert "furo" in page
    assert not re.search(r'(?:src|href)="https?://[^"]+\.(?:js|css)', page)


def test_import_writes_a_project_and_says_where(tmp_path: Path) -> None:
    done = run("import", WINTER, tmp_path / "p", "--markup", "rest")
    assert done.returncode == 0
    assert {path.name for path in (tmp_path / "p").iterdir()} == {
        "conf.py",
        "index.md",
        "import-report.md",
        "the-winter-bridge.rst",
    }
    assert "the-winter-bridge.rst" in done.stdout
    assert "3 notes" in done.stdout


def test_inspect_writes_nothing(tmp_path: Path) -> None:
    copy = tmp_path / "a.txt"
    copy.write_bytes(WINTER.read_bytes())
    found = json.loads(run("inspect", copy, "--json").stdout)
    assert (found["title"], found["author"], found["date"]) == ("The Winter Bridge", "Mara Holt", "2021-03-14")
    assert [mark["n"] for mark in found["markers"]] == ["1", "2", "3"]
    assert "The Winter Bridge" in run("inspect", copy).stdout
    assert list(tmp_path.iterdir()) == [copy]


@pytest.mark.parametrize("name", ["missing.txt", "folder", "empty.txt", "picture.txt"])
def test_bad_input_gets_one_line_and_status_2(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    for command in (
        ["inspect", tmp_path / name],
        ["import", tmp_path / name, tmp_path / "p"],
        ["build", tmp_path / name, tmp_path / "s"],
    ):
        done = run(*command)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert done.stderr.startswith("sphinx-annot: ")
    assert not (tmp_path / "p").exists()
    assert not (tmp_path / "s").exists()


def test_an_unknown_markup_is_refused(tmp_path: Path) -> None:
    done = run("import", WINTER, tmp_path / "p", "--markup", "word")
    assert done.returncode == 2
    assert '"word"' in done.stderr


@pytest.mark.parametrize("module", ["typer", "rich"])
def test_without_the_extra_one_line_says_how_to_install_it(module: str) -> None:
    done = run("inspect", WINTER, code=f"import sys\nsys.modules['{module}'] = None")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert 'pip install "sphinx-annot[app]"' in done.stderr


def test_inspecting_loads_neither_sphinx_nor_what_the_format_does_not_need() -> None:
    code = "import atexit, sys\natexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr))"
    loaded = set(run("inspect", WINTER, code=code).stderr.split())
    assert loaded
    assert not loaded & {"sphinx", "docutils", "myst_parser", "lxml", "dateparser", "markdown_it"}

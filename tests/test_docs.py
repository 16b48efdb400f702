"""The documentation is built by the extension itself, without a warning, and the README's test command is CI's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


@pytest.mark.parametrize("builder", ["html", "epub"])
def test_the_documentation_builds_without_a_warning(builder: str, tmp_path: Path) -> None:
    build = [sys.executable, "-m", "sphinx", "-n", "-W", "--keep-going", "--no-color", "-q", "-b", builder]
    folders = ["-d", str(tmp_path / "doctrees"), str(DOCS), str(tmp_path / builder)]
    result = subprocess.run([*build, *folders], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_the_readme_has_the_command_that_ci_runs() -> None:
    command = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1]
    assert command.endswith(".venv/bin/pytest")
    assert command in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()

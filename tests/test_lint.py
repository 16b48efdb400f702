"""Ruff with all its rules, and mypy in strict mode: pyproject.toml has the few exemptions and their reasons."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


CHECK = ["ruff", "check", "--no-cache", "--output-format=concise", "."]
FORMAT = ["ruff", "format", "--no-cache", "--check", "."]


@pytest.mark.parametrize("tool", [CHECK, FORMAT, ["mypy"]], ids=["rules", "format", "types"])
def test_no_complaint(tool: list[str]) -> None:
    result = subprocess.run([sys.executable, "-m", *tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr

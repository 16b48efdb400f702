"""What a user installs: every file that the package reads while it runs is in the wheel, and nothing else is."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of all files in the wheel of this checkout."""
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(out)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (file,) = out.glob("*.whl")
    return set(zipfile.ZipFile(file).namelist())


def test_it_has_every_file_of_the_package(wheel: set[str]) -> None:
    package = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "sphinx_annot").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert {"sphinx_annot/py.typed", "sphinx_annot/locale/en.toml", "sphinx_annot/locale/_quotes.toml"} <= package
    assert {name for name in wheel if ".dist-info/" not in name} == package


def test_it_says_what_it_is(wheel: set[str]) -> None:
    assert {name.partition("/")[2] for name in wheel if ".dist-info/" in name} >= {"METADATA", "licenses/LICENSE"}

"""Who may import whom: the layers, and what stays unloaded until it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from importlib.util import resolve_name
from pathlib import Path

import pytest

import sphinx_annot

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "sphinx_annot"
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
HEAVY = ("sphinx", "docutils", "myst_parser")
PURE = ("model", "language", "formats", "importing", "cli")


def loads(code: str) -> set[str]:
    """The top-level packages that a new Python has loaded after ``code``."""
    script = f"import sys\n{code}\nprint(*{{name.partition('.')[0] for name in sys.modules}}, file=sys.stderr)"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return set(result.stderr.splitlines()[-1].split())


def imports(file: Path) -> set[str]:
    """The full names of all modules that a file of the package imports, wherever in it."""
    package = ".".join(file.relative_to(ROOT).parent.parts)
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(resolve_name("." * node.level + (node.module or ""), package))
    return found


def exists(name: str) -> bool:
    """Whether the package has this module already; a folder without a file is none."""
    return any((PACKAGE / path).is_file() for path in (f"{name}.py", f"{name}/__init__.py"))


def test_the_tests_see_this_checkout() -> None:
    assert Path(sphinx_annot.__file__).parent == PACKAGE


def test_layers() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("file", sorted((PACKAGE / "model").rglob("*.py")), ids=lambda file: file.stem)
def test_the_model_imports_the_standard_library_and_itself(file: Path) -> None:
    others = {
        name
        for name in imports(file)
        if name.partition(".")[0] not in sys.stdlib_module_names and not f"{name}.".startswith("sphinx_annot.model.")
    }
    assert not others


def test_nodes_take_one_name_from_sphinx() -> None:
    file = PACKAGE / "nodes.py"
    tree = ast.parse(file.read_text(encoding="utf-8"))
    modules = {name for name in imports(file) if name.partition(".")[0] in {"sphinx", "sphinx_annot"}}
    names = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "addnodes"
    }
    assert modules <= {"sphinx"}, "`from sphinx import addnodes`, and nothing else of Sphinx or of ours"
    assert names <= {"translatable"}


@pytest.mark.parametrize(
    ("contract", "modules"),
    [("pure", [name for name in PURE if name != "cli"]), ("writers", ["writers"])],
)
def test_the_contracts_name_every_module_they_are_about(contract: str, modules: list[str]) -> None:
    listed = {entry["id"]: entry for entry in CONFIG["tool"]["importlinter"]["contracts"]}
    present = {f"sphinx_annot.{name}" for name in modules if exists(name)}
    missing = present - set(listed.get(contract, {}).get("source_modules", []))
    assert not missing, f"add them to the contract {contract!r} in pyproject.toml"


@pytest.mark.parametrize("name", [name for name in PURE if exists(name)])
def test_importing_loads_no_sphinx(name: str) -> None:
    files = [PACKAGE / f"{name}.py", *(PACKAGE / name).rglob("*.py")]
    paths = [file.relative_to(ROOT).with_suffix("") for file in files if file.is_file()]
    modules = [".".join(path.parts).removesuffix(".__init__") for path in paths]
    assert not loads(f"import {', '.join(modules)}") & set(HEAVY)


def test_the_extension_loads_sphinx_only_in_setup() -> None:
    assert not loads("import sphinx_annot") & set(HEAVY)


@pytest.mark.parametrize("program", CONFIG["project"].get("scripts", {}).values())
def test_a_program_prints_its_help_without_sphinx(program: str) -> None:
    module, _, function = program.partition(":")
    code = (
        f"from {module} import {function} as main\n"
        "sys.argv = ['program', '--help']\n"
        "try:\n    main()\n"
        "except SystemExit as error:\n    assert not error.code, error.code"
    )
    assert not loads(code) & set(HEAVY)

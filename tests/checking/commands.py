"""Run the command in this process."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from typer.testing import CliRunner

from sphinx_annot.cli import application

if TYPE_CHECKING:
    from click.testing import Result


def run(*arguments: object, given: str | bytes = "") -> Result:
    """Run ``sphinx-annot`` with arguments, and ``given`` at its standard input; what it does not catch is raised."""
    result = CliRunner().invoke(application, list(map(str, arguments)), input=given)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def answers(*records: dict[str, Any], folder: object = ".", status: int = 0) -> list[dict[str, Any]]:
    """Let ``verify --jsonl`` answer some records."""
    lines = "".join(json.dumps(record) + "\n" for record in records)
    result = run("verify", "--jsonl", "--folder", folder, given=lines)
    assert result.exit_code == status, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]

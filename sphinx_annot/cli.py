"""The command ``sphinx-annot``: a thin face, one function a command."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

INSTALL = 'sphinx-annot needs more packages; install them with: pip install "sphinx-annot[app]"'
BAD_INPUT = 2
_SHOWN = 20

try:
    import typer
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table
except ModuleNotFoundError:
    sys.stderr.write(f"{INSTALL}\n")
    raise SystemExit(BAD_INPUT) from None

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx_annot.importing.article import Article
    from sphinx_annot.importing.project import Written
    from sphinx_annot.projects import Project

application = typer.Typer(
    help="Annotated reading editions.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)

ArticleFile = Annotated[Path, typer.Argument(help="The article: text, Markdown or HTML.", show_default=False)]
MarkupName = Annotated[str, typer.Option(help="Markup to write: myst or rest.")]
DropBackMatter = Annotated[
    bool, typer.Option("--drop-backmatter", help="Leave out what belongs to the page, not to the text.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print everything as JSON.")]
ProjectFolder = Annotated[Path, typer.Argument(help="The folder of a Sphinx project, with its conf.py.")]


def main() -> None:
    """Run the command line."""
    application()


# -- commands ------------------------------------------------------------------------------------------------------


@application.command()
def build(
    article: ArticleFile,
    site: Annotated[Path, typer.Argument(help="The folder for the finished edition.", show_default=False)],
    markup: MarkupName = "myst",
    drop_backmatter: DropBackMatter = False,  # noqa: FBT002 - an option of the command line
    report: Annotated[Path | None, typer.Option(help="Write the import report to this file, too.")] = None,
) -> None:
    """Make a finished HTML edition of an article."""
    with tempfile.TemporaryDirectory(prefix="sphinx-annot-") as scratch:
        project = Path(scratch) / "edition"
        with _one_line_errors(), _progress() as progress:
            found = _read(article, progress)
            progress("writing")
            _write(found, project, article, name="index", markup=markup, drop_backmatter=drop_backmatter, force=False)
            progress("building")
        status = _sphinx(project, site, Path(scratch) / "doctrees")
        if report is not None:
            report.write_text((project / "import-report.md").read_text(encoding="utf-8"), encoding="utf-8")
    if status:
        raise SystemExit(status)
    _say(f"The edition is in [bold]{_escaped(site / 'index.html')}[/]. {_counted(found)}")


@application.command(name="import")
def import_article(  # noqa: PLR0917 - each is an option of the command line
    article: ArticleFile,
    project: Annotated[Path, typer.Argument(help="A new folder, or an existing Sphinx project.", show_default=False)],
    name: Annotated[str, typer.Option(help="Name of the document; the file's name otherwise.")] = "",
    markup: MarkupName = "myst",
    drop_backmatter: DropBackMatter = False,  # noqa: FBT002 - an option of the command line
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that exist.")] = False,  # noqa: FBT002
    as_json: AsJson = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Make a Sphinx project of an article, ready to edit."""
    with _one_line_errors(), _progress() as progress:
        found = _read(article, progress)
        progress("writing")
        written = _write(
            found, project, article, name=name, markup=markup, drop_backmatter=drop_backmatter, force=force
        )
    if as_json:
        from sphinx_annot.importing.report import report_data

        _print_json(report_data(found))
    else:
        _say(f"Wrote [bold]{_escaped(written.documents[0])}[/]. {_counted(found)}")
        _say(f"What was mended and what is doubtful: {_escaped(written.report)}")
        for line in written.conf_lines:
            _say(f"Add to conf.py: {_escaped(line)}")


@application.command()
def inspect(article: ArticleFile, as_json: AsJson = False) -> None:  # noqa: FBT002 - an option of the command line
    """Show what the importer sees in an article; nothing is written."""
    with _one_line_errors(), _progress() as progress:
        found = _read(article, progress)
    if as_json:
        from sphinx_annot.importing.summary import summary

        _print_json(summary(found))
    else:
        _show(found)


@application.command()
def check(
    project: ProjectFolder = Path(),
    form: Annotated[str, typer.Option("--format", help="What to print: table, json, sarif or junit.")] = "table",
) -> None:
    """Check all quotations, notes and sources of a project; the exit status says if it is fit to publish."""
    from sphinx_annot.reports import FORMATS, print_report

    with _one_line_errors():
        if form not in FORMATS:
            raise typer.BadParameter(f'there is no format "{form}"; use one of {", ".join(FORMATS)}')
        with _opened(project) as found:
            report = found.report()
        status = print_report(report, form)
    raise SystemExit(status)


@application.command()
def verify(  # noqa: PLR0917 - each is an option of the command line
    snapshot: Annotated[str, typer.Argument(help="A stored text; with --jsonl a file of lines.")] = "",
    words: Annotated[str, typer.Argument(help="The quotation.")] = "",
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Read records, a line each; answer each with a line.")] = False,  # noqa: FBT002
    folder: Annotated[Path, typer.Option(help="The folder that names of snapshots in records start from.")] = Path(),
    locator: Annotated[str, typer.Option(help="The place, as in p. 12.")] = "",
    prefix: Annotated[str, typer.Option(help="The words directly before.")] = "",
    suffix: Annotated[str, typer.Option(help="The words directly after.")] = "",
    language: Annotated[str, typer.Option(help="The language of the source, as in de.")] = "",
) -> None:
    """Look for a quotation in a stored text: exact, or said aloud."""
    from sphinx_annot.model.quote import check as look_up
    from sphinx_annot.reports import open_snapshot, print_verdict, verify_lines

    with _one_line_errors():
        if jsonl:
            with _lines(snapshot) as lines:
                status = verify_lines(lines, folder)
        elif not words:
            raise typer.BadParameter("name a stored text and the words, or give --jsonl")
        else:
            text = open_snapshot(Path(snapshot), snapshot)
            options = {"locator": locator, "prefix": prefix, "suffix": suffix, "language": language}
            status = print_verdict(text, look_up(words, text, **options))
    raise SystemExit(status)


@application.command()
def describe(
    project: ProjectFolder,
    words: Annotated[str, typer.Argument(help="Words of the text.", show_default=False)],
) -> None:
    """Show the options that select some words of a text and no others, ready to paste."""
    from sphinx_annot.accepting import described, near_words

    with _one_line_errors(), _opened(project) as found:
        places = list(described(found, words))
        for docname, options in places:
            _say(f"[bold]{_escaped(docname)}[/]\n{_escaped(options)}")
        for docname, near in [] if places else near_words(found, words):
            _say(f"{_escaped(docname)} has: {_escaped(near)}")
    if not places:
        sys.stderr.write(f'sphinx-annot: no document has the words "{words}"\n')
        raise SystemExit(1)


@application.command()
def accept(
    project: ProjectFolder,
    ids: Annotated[list[str] | None, typer.Argument(help="Ids of notes and quotations.", show_default=False)] = None,
    everything: Annotated[bool, typer.Option("--all", help="Accept all that is new or has changed.")] = False,  # noqa: FBT002
) -> None:
    """Record in annot.lock that a person has looked at notes and quotations; both sides are printed first."""
    from sphinx_annot.accepting import both_sides, named, pending, write_lock

    with _one_line_errors():
        if everything == bool(ids):
            raise typer.BadParameter("name the ids of what to accept, or give --all")
        with _opened(project) as found:
            chosen = pending(found) if everything else named(found, ids or [])
            for name, place, here, there in both_sides(found, chosen):
                _say(f"[bold]{_escaped(name)}[/] {_escaped(place)}")
                _say(f"  edition: {_escaped(' '.join(here.split()))}\n  behind:  {_escaped(' '.join(there.split()))}")
            path = write_lock(found, chosen) if chosen else None
    _say(f"Accepted {len(chosen)} in {_escaped(path)}." if path else "All is accepted as it is; nothing was written.")


# -- what the commands share ----------------------------------------------------------------------------------------


def _read(path: Path, progress: Callable[[str], None]) -> Article:
    from sphinx_annot.importing.reading import open_article, read_article

    return read_article(open_article(path), progress)


def _write(
    article: Article, folder: Path, given: Path, *, name: str, markup: str, drop_backmatter: bool, force: bool
) -> Written:
    from sphinx_annot.importing.article import ArticleError
    from sphinx_annot.importing.project import write_project

    if markup not in ("myst", "rest"):
        raise ArticleError(f'there is no markup "{markup}"; use myst or rest')
    return write_project(
        article, folder, given, name=name, markup=markup, drop_back_matter=drop_backmatter, force=force
    )


def _sphinx(project: Path, site: Path, doctrees: Path) -> int:
    """Build the project; Sphinx speaks for itself about what is wrong."""
    from sphinx.cmd.build import main as sphinx_build

    return sphinx_build(["-q", "-b", "html", "-d", str(doctrees), str(project), str(site)])


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[Project]:
    """Read a project; what other extensions have to say goes to standard error."""
    from sphinx_annot.projects import read_project

    with read_project(folder) as found:
        sys.stderr.write(found.messages)
        yield found


@contextlib.contextmanager
def _lines(path: str) -> Iterator[Iterable[str]]:
    """Open the lines of a file, or those of standard input."""
    from sphinx_annot.model.report import InputError

    if not path or path == "-":
        yield io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="surrogateescape")
        return
    try:
        with Path(path).open(encoding="utf-8-sig", errors="surrogateescape") as lines:
            yield lines
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error


@contextlib.contextmanager
def _one_line_errors() -> Iterator[None]:
    """Say in one line what is wrong with the input, and exit with 2."""
    from sphinx_annot.importing.article import ArticleError
    from sphinx_annot.model.report import InputError

    try:
        yield
    except (ArticleError, InputError) as error:
        sys.stderr.write(f"sphinx-annot: {error}\n")
        raise SystemExit(BAD_INPUT) from None
    except ModuleNotFoundError as error:
        sys.stderr.write(f"{INSTALL} (missing: {error.name})\n")
        raise SystemExit(BAD_INPUT) from None


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Show on a terminal what is going on; in a pipe, nothing."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("reading") as status:
        yield status.update


def _say(text: str) -> None:
    Console(soft_wrap=True, highlight=False, emoji=False).print(text)


def _escaped(value: object) -> str:
    return escape(str(value))


def _print_json(data: dict[str, Any]) -> None:
    sys.stdout.buffer.write((json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))


def _counted(article: Article) -> str:
    from sphinx_annot.importing.report import counts

    return (
        ", ".join(f"{count} {name if count != 1 else name[:-1]}" for name, count in counts(article).items() if count)
        or "Nothing was found but text."
    )


def _show(article: Article) -> None:
    """Print what was found, for a person."""
    from sphinx_annot.importing.report import report_lines

    console = Console(highlight=False)
    table = Table(show_header=False, box=None, pad_edge=False)
    for label, value in report_lines(article):
        table.add_row(f"[bold]{_escaped(label)}[/]", _escaped(value))
    console.print(table)
    for doubt in article.doubts[:_SHOWN]:
        place = f"line {doubt.line}: " if doubt.line else ""
        console.print(f"[yellow]doubtful[/] {_escaped(place + doubt.message)}")
    if len(article.doubts) > _SHOWN:
        console.print(f"... and {len(article.doubts) - _SHOWN} more; --json lists all")


if __name__ == "__main__":
    main()

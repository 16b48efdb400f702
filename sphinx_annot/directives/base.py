"""What all directives share: reading their options the same way from both markups, and complaining."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from myst_parser.parsers.options import TokenizeError, options_to_items
from sphinx.util.docutils import SphinxDirective

from sphinx_annot import reporting
from sphinx_annot.domain import place_in, settings
from sphinx_annot.model.problems import Code, Problem
from sphinx_annot.model.values import clean, clip, digest, is_address, is_date, is_key, near_names, printed_name, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sphinx_annot.config import AnnotConfig
    from sphinx_annot.model.problems import Place

_OPTION_LINE = re.compile(r"\s*:([a-z][\w-]*):(?:\s+(.*))?$")


class Options(dict[str, "Callable[[Any], Any]"]):
    """An option spec that lets every name through, so that a misspelt one costs no more than itself."""

    def __missing__(self, name: str) -> Callable[[Any], Any]:
        return directives.unchanged


def option_spec(*names: str) -> Options:
    """Return the spec of some options of plain text, with the two that every directive takes."""
    spec = Options(dict.fromkeys(names, directives.unchanged))
    spec["class"] = directives.class_option
    spec["name"] = directives.unchanged
    return spec


class AnnotDirective(SphinxDirective):
    """A directive whose options are text on one line, cleaned; what cannot be used is reported, the rest goes on."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = option_spec()

    #: what stands before the content, taken from where it did not belong
    lead: Sequence[nodes.Node] = ()

    def run(self) -> list[nodes.Node]:
        """Read the options, then do the work."""
        self._recover_options()
        for name in list(self.options):
            if name not in self.option_spec:
                self._unknown_option(name)
        return self.build()

    def build(self) -> list[nodes.Node]:
        """Make the nodes."""
        raise NotImplementedError

    @property
    def settings(self) -> AnnotConfig:
        """The project's configuration."""
        return settings(self.env)

    @property
    def place(self) -> Place:
        """Where the directive stands."""
        return place_in(self.env, *self.get_source_info())

    def complain(self, code: Code, message: str) -> None:
        """Keep a problem at this directive."""
        reporting.note(self.env, Problem(code=code, message=message, place=self.place))

    # values

    def text(self, name: str) -> str:
        """Return an option's text on one line; empty if it is absent."""
        value = self.options.get(name)
        return clean(value) if value else ""

    def person(self, name: str) -> str:
        """Return an option's name of one person or institution, as it is printed."""
        return printed_name(self.text(name))

    def body(self, *, headings: bool = False) -> list[nodes.Node]:
        """Parse the content; ``headings``: it may have sections of its own."""
        return [*self.lead, *self.parse_content_to_nodes(allow_section_headings=headings)]

    def choice(self, name: str, allowed: Iterable[str]) -> str:
        """Return an option's value if it is one of those allowed, else complain and return nothing."""
        value = self.text(name)
        allowed = tuple(allowed)
        if value and value not in allowed:
            self.complain(Code.OPTION, f':{name}: "{clip(value)}" is not known; use one of {", ".join(allowed)}')
            return ""
        return value

    def date(self, name: str) -> str:
        """Return an option's date; one that is none is reported and printed as typed."""
        value = self.text(name)
        if value and not is_date(value):
            self.complain(Code.DATE, f':{name}: "{clip(value)}" is no date; write it as 2019, 2019-02 or 2019-02-09')
        return value

    def address(self, name: str) -> str:
        """Return an option's address; one that cannot be a link is reported and printed as typed."""
        value = self.text(name)
        if value.lower().startswith("www."):
            self.complain(Code.URL, f':{name}: "{clip(value)}" leads nowhere; write https:// before it')
        elif value and not is_address(value):
            message = (
                f':{name}: "{clip(value)}" is not made a link; use http, https, mailto, ftp, doi or a relative path'
            )
            self.complain(Code.URL, message)
        return value

    def argument(self) -> str:
        """Return the argument; text in the lines below it is the beginning of the body, which is reported."""
        first, _, rest = self.arguments[0].partition("\n") if self.arguments else ("", "", "")
        first, rest = clean(first), clean(rest)
        if not (rest and is_key(first)):
            return clean(f"{first} {rest}")
        self.lead = [nodes.paragraph(rest, rest)]
        self.complain(
            Code.OPTION,
            f'the text below "{clip(first)}" follows too closely; leave an empty line before "{clip(rest)}"',
        )
        return first

    def identifier(self, words: str = "") -> str:
        """Return the id in the argument; without a usable one, a slug of ``words`` and a hash of the content."""
        argument = self.argument()
        if is_key(argument):
            return argument
        if argument:
            if " " in argument:
                # words where an id is expected are the beginning of the text
                self.lead = [nodes.paragraph(argument, argument)]
                self.complain(
                    Code.OPTION,
                    f'"{clip(argument)}" is no id and is read as text; leave an empty line after the first line',
                )
            else:
                message = f'"{clip(argument)}" is no id; leave out , ; < > # % " \\ and backquotes'
                self.complain(Code.OPTION, message)
        content = "\n".join(self.content) or argument
        name = slug(words or content)
        short = digest(self.env.docname, words, content)
        return f"{name}-{short}" if name else short

    # the two markups

    def _recover_options(self) -> None:
        """Undo what a markup does to option values that the author did not mean, and say what to write instead.

        MyST reads values as YAML and drops all options of a directive when one is no YAML; both markups
        send the options behind a value that goes on in the next line into the body (MyST without a word).
        """
        if self.block_text.lstrip().startswith(".."):
            for name, value in self.options.items():
                if isinstance(value, str):
                    self.options[name] = _unwrap(value)
        else:
            self._recover_yaml()
        self._recover_from_body()

    def _recover_yaml(self) -> None:
        written = dict(_option_lines(self.block_text.splitlines()[1:]))
        dropped = bool(written) and not self.options
        for name, value in written.items():
            if name in {"class", "name"} and not dropped:
                continue
            trouble = _yaml_trouble(value)
            if trouble:
                quoted = value.replace("'", "''")
                self.complain(Code.OPTION, f":{name}: {trouble}; write it in single quotes, :{name}: '{clip(quoted)}'")
            if trouble or dropped:
                self.options[name] = self._converted(name, value if trouble else _unwrap(value))

    def _recover_from_body(self) -> None:
        """Take options back that stand at the beginning of the body.

        What stands before them continues the last option's value, or is text if there was no option; what stands
        behind them is text.
        """
        head = []
        for line in self.content:
            if not line.strip():
                break
            head.append(_OPTION_LINE.match(line))
        known = [match is not None and match[1] in self.option_spec for match in head]
        if True not in known:
            return
        first, end = known.index(True), len(known) - known[::-1].index(True)
        last = next(reversed(self.options), "")
        for match in (match for match, is_option in zip(head, known, strict=True) if match and is_option):
            self.options[match[1]] = self._converted(match[1], _unwrap(match[2] or ""))
        before = [line.strip() for line in self.content[:first]]
        name = f":{head[first][1]}:"  # type: ignore[index] # it is the first that matches
        if last and isinstance(self.options[last], str) and before:
            self.options[last] = " ".join([self.options[last], *before])
            message = f'the option "{name}" stands in the body, since the value before it goes on in the next line'
            self.complain(Code.OPTION, f"{message}; write each value on one line")
        else:
            self.lead = [nodes.paragraph("", " ".join(before))] if before else []
            message = f'the option "{name}" stands behind text; options come right after the first line'
            self.complain(Code.OPTION, message)
        self.content.trim_start(end)
        self.content_offset += end

    def _converted(self, name: str, value: str) -> object:
        try:
            return self.option_spec[name](value or None) if name == "class" else value
        except ValueError:
            return []

    def _unknown_option(self, name: str) -> None:
        names = near_names(name, self.option_spec)
        hint = f"did you mean :{names[0]}:?" if names else f"it takes {', '.join(sorted(self.option_spec))}"
        self.complain(Code.OPTION, f'{self.name} has no option "{clip(name)}"; {hint}')
        del self.options[name]


def _option_lines(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Yield the names and raw values of the options that a MyST directive begins with."""
    for line in lines:
        match = _OPTION_LINE.match(line)
        if not match:
            return
        yield match[1], (match[2] or "").strip()


def _yaml_trouble(value: str) -> str:
    """Say what YAML does to a value that the author did not mean; nothing if it is read as written."""
    if not value:
        return ""
    if value[0] in "\"'" and _unwrap(value) != value:
        return ""
    if value.startswith("#") or " #" in value:
        return "is cut at the # sign"
    if value[0] in "\"'":
        return "begins with a quotation mark that does not enclose the whole value"
    if value[0] in ">|":
        return f'begins with "{value[0]}", which means something else there'
    if "\t" in value:
        return "holds a tab"
    return ""


def _unwrap(value: str) -> str:
    """Take away one pair of quotation marks around a whole value, with the escapes that YAML has."""
    stripped = value.strip()
    if len(stripped) < 2 or stripped[0] not in "\"'" or stripped[-1] != stripped[0]:  # noqa: PLR2004 (a pair)
        return value
    try:
        items = dict(options_to_items(f"value: {stripped}")[0])
    except TokenizeError:
        return value
    return items.get("value", value)

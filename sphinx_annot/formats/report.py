"""A report for other programs: JSON, SARIF 2.1.0 for code scanning, JUnit's XML for continuous integration."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote
from xml.etree import ElementTree as ET

from sphinx_annot.model.problems import Code
from sphinx_annot.model.verdict import Kind
from sphinx_annot.model.verify import as_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_annot.model.report import Finding, NoteRow, QuotationRow, Report, Spot

    _Findings: TypeAlias = dict[tuple[Spot, Code], list[Finding]]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TITLES: Mapping[Code, str] = {
    Code.DUPLICATE: "Defined twice",
    Code.UNKNOWN: "Referred to, but not there",
    Code.LEMMA_MISSING: "The words of a note are not in the text",
    Code.LEMMA_AMBIGUOUS: "The words of a note are in several places",
    Code.QUOTE_MISMATCH: "A quotation differs from its source",
    Code.QUOTE_MISSING: "A quotation is not in its source",
    Code.STALE: "A text has changed under what was accepted",
    Code.URL: "An address that cannot be a link",
    Code.DATE: "A date that cannot be read",
    Code.LOCATOR: "A locator without a place",
    Code.OPTION: "An option or its value is not usable",
    Code.CONFIG: "A setting is not usable",
    Code.FILE: "A file cannot be read",
    Code.QUOTE_UNCHECKED: "A quotation that nothing was compared with",
    Code.REVIEW: "An exact quotation that deserves a look",
    Code.UNCITED: "A source that nothing cites",
    Code.UNMARKED: "A printed reference that nothing leads to",
    Code.NUMBER: "Printed numbers doubled, or with a gap",
    Code.UNDECLARED: "A quotation without a source",
}


def dump_json(report: Report) -> bytes:
    """Write a report as one JSON object."""
    data = {
        "project": report.project,
        "fit": report.is_fit,
        "quotations": {
            "total": len(report.quotations),
            "verified": report.verified,
            "verdicts": dict(report.verdicts),
            "items": [_quotation(row) for row in report.quotations],
        },
        "notes": {
            "total": len(report.notes),
            "states": dict(report.states),
            "items": [_note(row) for row in report.notes],
        },
        "sources": {
            "total": len(report.sources),
            "uncited": list(report.uncited),
            "without_snapshot": list(report.without_snapshot),
        },
        "numbers": [finding.message for finding in report.numbers],
        "codes": dict(report.codes),
        "problems": [_problem(finding) for finding in report.findings],
    }
    return encode_json(data, indent=1) + b"\n"


def encode_json(data: object, indent: int | None = None) -> bytes:
    """Write JSON in UTF-8; half of a surrogate pair, which UTF-8 cannot have, as an escape."""
    try:
        return json.dumps(data, ensure_ascii=False, indent=indent).encode()
    except UnicodeEncodeError:
        return json.dumps(data, indent=indent).encode()


def dump_sarif(report: Report, version: str, base: str) -> bytes:
    """Write the problems of a report as SARIF; files are relative to ``base``, the address of a folder."""
    codes = list(Code)
    rules = [
        {
            "id": f"annot.{code}",
            "shortDescription": {"text": _TITLES[code]},
            "defaultConfiguration": {"level": "note" if code.is_notice else "warning"},
        }
        for code in codes
    ]
    run = {
        "tool": {"driver": {"name": "sphinx-annot", "version": version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"uri": base}},
        "results": [_result(finding, codes.index(finding.code)) for finding in report.findings],
    }
    return encode_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + b"\n"


def dump_junit(report: Report) -> bytes:
    """Write a report as JUnit's XML: a case for each quotation, each note, and each problem of any other sort."""
    root = ET.Element("testsuites", name="sphinx-annot")
    about: _Findings = {}
    for finding in reversed(report.findings):
        about.setdefault((finding.spot, finding.code), []).append(finding)
    _quotation_cases(ET.SubElement(root, "testsuite", name="quotations"), report, about)
    _note_cases(ET.SubElement(root, "testsuite", name="notes"), report, about)
    suite = ET.SubElement(root, "testsuite", name="problems")
    for finding in (finding for left in about.values() for finding in reversed(left)):
        if finding.severity == "warning":
            case = _case(suite, finding.spot.file, f"annot.{finding.code}", finding.spot)
            _add(case, "failure", finding, "")
    for suite in root:
        suite.set("tests", str(len(suite)))
        suite.set("failures", str(len(suite.findall("*/failure"))))
        suite.set("skipped", str(len(suite.findall("*/skipped"))))
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _quotation_cases(suite: ET.Element, report: Report, about: _Findings) -> None:
    for row in report.quotations:
        case = _case(suite, row.document, row.id, row.spot)
        if row.verdict.is_refused:
            code = Code.QUOTE_MISMATCH if row.verdict.kind is Kind.MISMATCH else Code.QUOTE_MISSING
            _add(case, "failure", _next(about, row.spot, code), row.words)
        elif row.verdict.kind is Kind.UNCHECKED:
            _add(case, "skipped", _next(about, row.spot, Code.QUOTE_UNCHECKED), "it names no source")


def _note_cases(suite: ET.Element, report: Report, about: _Findings) -> None:
    for note in report.notes:
        case = _case(suite, note.document, note.id, note.spot)
        if note.state == "orphan":
            codes = (Code.LEMMA_MISSING, Code.LEMMA_AMBIGUOUS)
            found = next(filter(None, (_next(about, note.spot, code) for code in codes)), None)
            _add(case, "failure", found, "its place is not in the text")


def _quotation(row: QuotationRow) -> dict[str, Any]:
    place = {"file": row.spot.file, "line": row.spot.line or None}
    found = as_record(row.verdict)
    found["snapshot_line"] = found.pop("line")
    return {
        "id": row.id, "kind": row.kind, "document": row.document, "source": row.source or None,
        "locator": row.locator or None, "words": row.words, **place, **found,
    }  # fmt: skip


def _note(row: NoteRow) -> dict[str, Any]:
    return {
        "id": row.id, "document": row.document, "state": row.state,
        "file": row.spot.file, "line": row.spot.line or None,
    }  # fmt: skip


def _problem(finding: Finding) -> dict[str, Any]:
    return {
        "code": f"annot.{finding.code}", "severity": finding.severity, "message": finding.message,
        "file": finding.spot.file, "line": finding.spot.line or None,
    }  # fmt: skip


def _result(finding: Finding, index: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.spot.file), "uriBaseId": "SRCROOT"}}
    if finding.spot.line:
        place["region"] = {"startLine": finding.spot.line}
    return {
        "ruleId": f"annot.{finding.code}",
        "ruleIndex": index,
        "level": "note" if finding.severity == "notice" else "warning",
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": place}],
    }


def _case(suite: ET.Element, group: str, name: str, spot: Spot) -> ET.Element:
    case = ET.SubElement(suite, "testcase", classname=_xml(group), name=_xml(name), file=_xml(spot.file))
    if spot.line:
        case.set("line", str(spot.line))
    return case


def _next(about: _Findings, spot: Spot, code: Code) -> Finding | None:
    found = about.get((spot, code))
    return found.pop() if found else None


def _add(case: ET.Element, what: str, finding: Finding | None, otherwise: str) -> None:
    message = finding.message if finding else otherwise
    element = ET.SubElement(case, what, message=_xml(message))
    if finding and what == "failure":
        element.set("type", f"annot.{finding.code}")
        element.text = _xml(f"{finding.spot}: {message}")


def _xml(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)

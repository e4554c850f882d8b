"""`python -m parsers FILE ...`: one JSON object a line for each report, in order; status 2 if a file is unreadable."""

import argparse
import io
import json
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from parsers.explain import explained
from parsers.model import Cell, Part, Report, Source
from parsers.reading import document, read


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads files and prints what they say; 0, or 2 where a file could not be read."""
    options = _options().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # JSON is UTF-8 whatever the terminal's language
    status = 0
    for name in options.files:
        try:
            body = Path(name).read_bytes()
        except OSError as error:
            print(f"python -m parsers: cannot read {name}: {error.strerror or error}", file=sys.stderr)
            status = 2
            continue
        source = Source(body, options.url, "", Path(name).name)
        if options.explain:
            print(explained(document(source), read(source), name))
        else:
            print(*(line(report, name) for report in read(source)), sep="\n")
    return status


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m parsers", description="Read annual reports from files.")
    parser.add_argument("files", nargs="+", metavar="FILE", help=".html .htm .txt .pdf .docx .doc .xls .xlsx")
    parser.add_argument("--url", default="", help="the address that the file came from")
    parser.add_argument("--explain", action="store_true", help="print each table as read, for people")
    return parser


def line(report: Report, source: str) -> str:
    """A report as one JSON line; numbers are printed exactly as their Decimal."""
    return _json(_facts(report, source))


def lines(report: Report, source: str) -> str:
    """The same JSON with a line for each fact and each member of a list, so that two of them can be compared by eye."""
    told = (f"{json.dumps(key)}: {_listed(item)}" for key, item in _facts(report, source).items())
    return "{\n" + ",\n".join(told) + "\n}"


def _facts(report: Report, source: str) -> dict[str, Any]:
    return {
        "source": source,
        "is_report": report.is_report,
        "edition": report.edition,
        "title": report.title,
        "issuer": report.issuer,
        "region_code": report.region_code,
        "report_year": report.report_year,
        "scope": report.scope,
        "published": report.published.isoformat() if report.published else None,
        "is_clone": report.is_clone,
        "text": report.text,
        "sections": [{"key": s.key, "title": s.title, "text": s.text} for s in report.sections],
        "cells": [_cell(cell) for cell in report.cells],
        "checks": [
            {
                "rule": c.rule,
                "scope": c.scope,
                "status": c.status,
                "left_value": _value(c.left_value),
                "right_value": _value(c.right_value),
                "mode": c.mode,
            }
            for c in report.checks
        ],
        "problems": [{"code": p.code, "detail": p.detail, "place": p.place} for p in report.problems],
        "leftovers": [_cell(cell) for cell in report.leftovers],
        "figures": [
            {"key": f.key, "value": _value(f.value), "raw": f.raw, "quote": f.quote, "place": f.place}
            for f in report.figures
        ],
        **({"part": _part(report.part)} if report.part else {}),
        "evidence": [{"fact": e.fact, "rule": e.rule, "quote": e.quote} for e in report.evidence],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "table": cell.table,
        "row": cell.row,
        "column": cell.column,
        "value": _value(cell.value),
        "raw": cell.raw,
        "kind": cell.kind.value,
        "unit": cell.unit,
        "place": cell.place,
    }


def _part(found: Part) -> dict[str, Any]:
    """What a page holds of a report that goes on elsewhere; `is_sure` false: only if the other pages hold parts too."""
    number, pages, is_sure = (found.leaf.number, found.leaf.pages, found.leaf.is_sure) if found.leaf else (0, (), True)
    return {"holds": list(found.holds), "number": number or None, "pages": [url for _, url in pages if url],
            "is_sure": is_sure}


def _value(value: Decimal | None) -> Decimal | int | None:
    return int(value) if value is not None and value == value.to_integral_value() else value


def _listed(value: Any) -> str:
    """JSON, each member of a list on its own line."""
    return "[\n" + ",\n".join(map(_json, value)) + "\n]" if value and isinstance(value, list) else _json(value)


def _json(value: Any) -> str:
    """JSON with each Decimal printed exactly, which the standard encoder cannot do."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {_json(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    return format(value, "f") if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())

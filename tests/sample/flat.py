"""The tables as paragraphs: one cell a line, a blank cell an empty paragraph, as when a table's markup is lost."""

from collections.abc import Iterable, Mapping

from tests.sample.form import APPLICANTS, BLOCKS, CARRIED, CORNER, OUTCOMES, PROCEEDINGS, RECEIVED, results
from tests.sample.tables import Printed


def lines(cells: Iterable[str | None]) -> str:
    """Cells one below the other."""
    return "".join(f"<p>{cell or '&nbsp;'}</p>\n" for cell in cells)


def disclosure(edition: str, printed: Printed, labels: Mapping[str, str]) -> str:
    """Table 2."""
    out: list[str | None] = []
    for caption, head, body in BLOCKS[edition]:
        out += [caption, "信息内容", *(labels.get(h, h) for h in head)]
        for row, label, columns in body:
            out += [label, *(printed["disclosure", row, column] for column in columns)]
    return lines(out)


def requests(edition: str, printed: Printed) -> str:
    """Table 3; every row ends with one spare blank cell."""
    names = list(APPLICANTS.values())
    out: list[str | None] = ["", CORNER, "申请人情况", "", names[0], "法人或其他组织", names[-1], "", *names[1:-1], ""]

    def row(key: str) -> list[str | None]:
        return [*(printed["requests", key, column] for column in APPLICANTS), ""]

    for key, label in RECEIVED.items():
        out += [label, *row(key)]
    out.append("三、本年度办理结果")
    for heading, group in results(edition).items():
        out.append(heading)
        for key, label in group.items():
            out += [*([label] if label else []), *row(key)]
    for key, label in CARRIED.items():
        out += [label, *row(key)]
    return lines(out)


def proceedings(printed: Printed) -> str:
    """Table 4."""
    first, direct, after = PROCEEDINGS.values()
    names = list(OUTCOMES.values())
    head = ["", first, "行政诉讼", "", *names, direct, after, "", *names, *names, ""]
    return lines([*head, *(printed["proceedings", row, column] for row in PROCEEDINGS for column in OUTCOMES)])

"""The three tables of a report as HTML, in the layouts that real pages have."""

from collections.abc import Callable, Mapping, Sequence

from tests.sample.form import APPLICANTS, BLOCKS, CARRIED, CORNER, OUTCOMES, PROCEEDINGS, RECEIVED, Key, results

Printed = Mapping[Key, str | None]  # None: the cell is not there at all
Cell = Callable[[str, int, int], str]  # text, rowspan, colspan → one <td>


def plain(text: str, down: int = 1, across: int = 1) -> str:
    """A cell without any style."""
    spans = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
    return f"<td{spans}>{text}</td>"


def word(text: str, down: int = 1, across: int = 1) -> str:
    """A cell as Word saves it for the web: styles, a paragraph, spans, an empty <o:p>, a conditional comment."""
    spans = (f" rowspan={down}" if down > 1 else "") + (f" colspan={across}" if across > 1 else "")
    style = "border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt"
    inner = f"<span style='font-size:12.0pt;font-family:宋体;mso-bidi-font-family:宋体'>{text}</span>" if text else ""
    grid = "<![if !supportMisalignedColumns]><![endif]>" if across > 1 else ""
    return f"<td{spans} style='{style}'>{grid}<p class=MsoNormal align=center>{inner}<o:p></o:p></p></td>"


def rows(cells: Sequence[Sequence[str]]) -> str:
    """A whole table of ready cells."""
    return '<table border="1">\n' + "\n".join(f"<tr>{''.join(row)}</tr>" for row in cells) + "\n</table>\n"


def disclosure(edition: str, printed: Printed, cell: Cell = plain, labels: Mapping[str, str] | None = None) -> str:
    """Table 2: captioned blocks. `labels` replaces single labels, as agencies do."""
    said = labels or {}
    out = []
    for caption, head, body in BLOCKS[edition]:
        width = 4 - len(head)  # a block with fewer columns stretches its last one
        out.append([cell(caption, 1, 4)])
        out.append(
            [
                cell("信息内容", 1, 1),
                *(cell(said.get(h, h), 1, 1) for h in head[:-1]),
                cell(said.get(head[-1], head[-1]), 1, width),
            ]
        )
        for row, label, columns in body:
            values = [printed["disclosure", row, column] for column in columns]
            cells = [
                cell(v, 1, width if v is values[-1] and n == len(values) - 1 else 1)
                for n, v in enumerate(values)
                if v is not None
            ]
            out.append([cell(said.get(label, label), 1, 1), *cells])
    return rows(out)


def requests(edition: str, printed: Printed, cell: Cell = plain, corner: str | None = CORNER) -> str:
    """Table 3 with its spans; `corner` None leaves the corner cell out."""
    names = list(APPLICANTS.values())
    out = [
        [*([cell(corner, 3, 3)] if corner is not None else []), cell("申请人情况", 1, 7)],
        [cell(names[0], 2, 1), cell("法人或其他组织", 1, 5), cell(names[-1], 2, 1)],
        [cell(name, 1, 1) for name in names[1:-1]],
        *([cell(label, 1, 3), *values(printed, key, cell)] for key, label in RECEIVED.items()),
    ]
    out += results_rows(edition, printed, cell)
    out += [[cell(label, 1, 3), *values(printed, key, cell)] for key, label in CARRIED.items()]
    return rows(out)


def results_rows(edition: str, printed: Printed, cell: Cell) -> list[list[str]]:
    """The rows below 三、本年度办理结果, which one tall cell holds together."""
    out: list[list[str]] = []
    groups = results(edition)
    height = sum(len(group) for group in groups.values())
    for heading, group in groups.items():
        for n, (key, label) in enumerate(group.items()):
            lead = [cell("三、本年度办理结果", height, 1)] if not out else []
            if not label:
                lead.append(cell(heading, 1, 2))
            else:
                lead += [cell(heading, len(group), 1)] * (n == 0) + [cell(label, 1, 1)]
            out.append([*lead, *values(printed, key, cell)])
    return out


def values(printed: Printed, row: str, cell: Cell) -> list[str]:
    """The seven figures of a row of table 3; a missing one is left out."""
    texts = (printed["requests", row, column] for column in APPLICANTS)
    return [cell(text, 1, 1) for text in texts if text is not None]


def proceedings(printed: Printed, cell: Cell = plain, caption: bool = True) -> str:
    """Table 4; without `caption` its first header row is lost."""
    direct, after = list(PROCEEDINGS.values())[1:]
    names = list(OUTCOMES.values())
    head = [[cell("行政复议", 1, 5), cell("行政诉讼", 1, 10)]] if caption else []
    out = [
        *head,
        [*(cell(name, 2, 1) for name in names), cell(direct, 1, 5), cell(after, 1, 5)],
        [cell(name, 1, 1) for name in names * 2],
        [
            cell(text, 1, 1)
            for row in PROCEEDINGS
            for column in OUTCOMES
            if (text := printed["proceedings", row, column]) is not None
        ],
    ]
    return rows(out)

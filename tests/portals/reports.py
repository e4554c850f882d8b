"""Reports for the replicas: forms of 2019 and 2021 with random figures that obey the sums, the same at every run."""

from functools import cache
from random import Random

from tests.sample import pages, prose, tables
from tests.sample.figures import Figures, asked, contested, decided, figures, issued, items, made, procurement
from tests.sample.form import APPLICANTS, PROCEEDINGS, Key, results

KINDS = len(APPLICANTS) - 1


def edition(year: int) -> str:
    """The form that was in force for reports on a year."""
    return "2021" if year >= 2021 else "2019"


@cache
def drawn(issuer: str, year: int) -> Figures:
    """The figures of one body and year."""
    rng = Random(f"{issuer} {year}")
    form = edition(year)
    return figures(form, disclosed(form, rng), requested(form, rng), challenged(rng))


def disclosed(form: str, rng: Random) -> dict[Key, str]:
    """Table 2."""

    def count(most: int) -> str:
        return str(rng.randint(0, most))

    if form == "2021":
        rules = issued("normative_documents", count(9), count(9), count(90))
        return rules | decided(count(9000), count(900), count(90), "0")
    rows = ("administrative_licensing", "other_public_services", "administrative_penalty", "administrative_coercion")
    out = made("normative_documents", count(9), count(9), count(90)) | procurement(count(50), count(9_000_000))
    for name in rows:
        before = rng.randint(1, 500)
        out |= items(name, str(before), str(rng.randint(-before, 99)), count(9000))
    return out


def requested(form: str, rng: Random) -> dict[Key, str]:
    """Table 3: what came in is divided among the outcomes, column by column."""
    received = [rng.choice((0, 0, 1, 2, rng.randint(3, 60))) for _ in range(KINDS)]
    carried = [rng.choice((0, 0, 1)) for _ in range(KINDS)]
    names = [key for group in results(form).values() for key in group if key != "result_total"]
    rows = {name: [0] * KINDS for name in names}
    forward = [0] * KINDS
    for column in range(KINDS):
        for _ in range(received[column] + carried[column]):
            if rng.random() < 0.1:
                forward[column] += 1
            else:
                rows[rng.choice((*names, "disclosed_full", "disclosed_full"))][column] += 1
    sums = [sum(row[column] for row in rows.values()) for column in range(KINDS)]
    rows |= {"received_new": received, "carried_over_in": carried, "result_total": sums, "carried_over_out": forward}
    return {key: text for name, row in rows.items() for key, text in asked(name, *row).items()}


def challenged(rng: Random) -> dict[Key, str]:
    """Table 4."""
    out: dict[Key, str] = {}
    for name in PROCEEDINGS:
        out |= contested(name, *(rng.choice((0, 0, 0, 1, 2)) for _ in range(4)))
    return out


def title(issuer: str, year: int) -> str:
    """The usual title."""
    return f"{issuer}{year}年政府信息公开工作年度报告"


@cache
def body(issuer: str, year: int) -> str:
    """Sections and tables of one report, without a page around them."""
    printed = drawn(issuer, year).printed
    form = edition(year)
    three = tables.disclosure(form, printed), tables.requests(form, printed), tables.proceedings(printed)
    period = prose.PERIOD.format(year=year)
    text = prose.sections(
        f"{year}年，{issuer}按照《中华人民共和国政府信息公开条例》开展工作，按期更新各栏目。{period}",
        "",
        "",
        "",
        "公开形式不够丰富，下一步将加强培训。",
        "无其他需要报告的事项。",
    )
    return pages.report(text, three, sign=f"{issuer}<br>{year + 1}年1月15日")

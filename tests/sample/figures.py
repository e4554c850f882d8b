"""The figures of the sample's reports: values in base units, and how the page prints those that it prints otherwise."""

from dataclasses import dataclass, field

from tests.sample.form import APPLICANTS, OUTCOMES, PROCEEDINGS, Key, keys

BLANK, MISSING = "", "MISSING"


@dataclass(frozen=True)
class Figures:
    """Every cell of one report: `values` as decimal text, BLANK or MISSING; `prints` where the printed text differs."""

    edition: str
    values: dict[Key, str]
    prints: dict[Key, str] = field(default_factory=dict)

    @property
    def printed(self) -> dict[Key, str | None]:
        """What stands in each cell of the page; None where the cell is not there."""
        return {key: None if value == MISSING else self.prints.get(key, value) for key, value in self.values.items()}


def figures(edition: str, *parts: dict[Key, str], prints: dict[Key, str] | None = None, rest: str = "0") -> Figures:
    """The cells that `parts` give, `rest` in all others."""
    values = dict.fromkeys(keys(edition), rest)
    for part in parts:
        assert part.keys() <= values.keys(), part.keys() - values.keys()
        values |= part
    return Figures(edition, values, prints or {})


def row(table: str, name: str, **columns: str) -> dict[Key, str]:
    """Some cells of one row."""
    return {(table, name, column): value for column, value in columns.items()}


def items(name: str, before: str, change: str, decisions: str) -> dict[Key, str]:
    """A row of block (五) or (六) of 2019."""
    return row("disclosure", name, items_previous_year=before, items_change=change, decisions=decisions)


def procurement(count: str, amount: str) -> dict[Key, str]:
    """The block on procurement of 2019; amount in 元."""
    return row("disclosure", "centralized_procurement", procurement_items=count, procurement_amount=amount)


def made(name: str, new: str, disclosed: str, total: str) -> dict[Key, str]:
    """A row of block (一) of 2019."""
    return row("disclosure", name, newly_made=new, newly_disclosed=disclosed, disclosed_cumulative=total)


def issued(name: str, new: str, repealed: str, in_force: str) -> dict[Key, str]:
    """A row of block (一) of 2021."""
    return row("disclosure", name, issued=new, repealed=repealed, in_force=in_force)


def decided(licences: str, penalties: str, coercions: str, fees: str) -> dict[Key, str]:
    """The other blocks of 2021; fees in 元."""
    counts = {"licensing": licences, "penalty": penalties, "coercion": coercions}
    out = {("disclosure", f"administrative_{name}", "decisions"): count for name, count in counts.items()}
    return out | row("disclosure", "administrative_fees", fee_amount=fees)


def asked(name: str, *counts: int) -> dict[Key, str]:
    """A row of table 3 from its first counts; the rest is 0 and the total is their sum."""
    full = [*counts, *[0] * (6 - len(counts))]
    return {("requests", name, column): str(n) for column, n in zip(APPLICANTS, [*full, sum(full)], strict=True)}


def contested(name: str, *counts: int) -> dict[Key, str]:
    """A row of table 4 from its four outcomes."""
    return {("proceedings", name, column): str(n) for column, n in zip(OUTCOMES, [*counts, sum(counts)], strict=True)}


FEES, LICENSING, PENALTY, COERCION = (f"administrative_{x}" for x in ("fees", "licensing", "penalty", "coercion"))
AMOUNT = ("disclosure", "centralized_procurement", "procurement_amount")
FEE_AMOUNT = ("disclosure", FEES, "fee_amount")

TIANSHUI = figures(
    "2019",
    items(LICENSING, "69", "0", "5361"),
    items(PENALTY, "60", "0", "209"),
    items(COERCION, "13", "0", "31"),
    procurement("2", "3957210"),
    prints={AMOUNT: "395.721萬元", ("disclosure", LICENSING, "items_change"): "0<br>"},
)
LIAOCHENG = figures(
    "2019",
    items(LICENSING, "0", "387", "387"),
    items(PENALTY, "12", "19", "31"),
    items(COERCION, "8", "0", "8"),
    row("disclosure", FEES, items_previous_year="1"),
    procurement("28", "10072500"),
    asked("received_new", 9),
    asked("disclosed_full", 4),
    asked("unable_not_held", 5),
    asked("result_total", 9),
    row("proceedings", "litigation_after_reconsideration", total=MISSING),
    prints={
        ("disclosure", LICENSING, "items_change"): "+387",
        ("disclosure", PENALTY, "items_change"): "＋19",
        AMOUNT: "1007.25万元",
    },
)
# Blank but for the 0s of blocks (一) to (八), one request, and the totals of table 4.
SHENGZHOU = figures(
    "2019",
    made("regulations", "0", "0", "0"),
    made("normative_documents", "0", "0", "0"),
    *(
        row("disclosure", name, items_previous_year="0", items_change="0")
        for name in (LICENSING, "other_public_services", PENALTY, COERCION, FEES)
    ),
    procurement("7", "805920000"),
    *(
        row("requests", name, natural_person="1", total="1")
        for name in ("received_new", "disclosed_full", "result_total")
    ),
    *(row("proceedings", name, total="0") for name in PROCEEDINGS),
    prints={AMOUNT: "80592"},
    rest=BLANK,
)
ZHANGYE = figures(
    "2019",
    made("regulations", "6", "6", "18"),
    made("normative_documents", "94", "94", "320"),
    items(LICENSING, "1329", "-21", "251100"),
    items("other_public_services", "5010", "0", "870400"),
    items(PENALTY, "16708", "0", "12217"),
    items(COERCION, "930", "0", "1392"),
    row("disclosure", FEES, items_previous_year="31"),
    procurement("3785", "1302000000"),
    asked("received_new", 25),
    asked("disclosed_full", 18),
    asked("disclosed_partial", 2),
    asked("unable_not_held", 4),
    asked("unable_needs_creation", 1),
    asked("result_total", 25),
    contested("reconsideration", 3, 0, 0, 0),
    contested("litigation_after_reconsideration", 2, 0, 0, 0),
    prints={
        ("disclosure", LICENSING, "decisions"): "25.11万件",
        AMOUNT: "13.02亿元",
        ("disclosure", "other_public_services", "decisions"): "87.04万件",
    },
)
JIANGGAN = figures(
    "2019",
    made("normative_documents", "0", "0", "1"),
    items(LICENSING, "63607", "1228", "62379"),
    items(PENALTY, "1001", "-71", "930"),
    items(COERCION, "102", "89", "191"),
    procurement("15", "6603610.09"),
    asked("received_new", 29, 2),
    asked("disclosed_full", 14, 1),
    asked("disclosed_partial", 2),
    asked("unable_needs_creation", 2),
    asked("unable_unclear", 8),
    asked("other_all", 3, 1),
    asked("result_total", 29, 2),
    prints={("disclosure", PENALTY, "items_change"): "减71", ("disclosure", COERCION, "items_change"): "加89"},
)
MADE_2021 = ("issued", "repealed", "in_force")
# Invented bodies from here on; what one carries forward the next year brings in.
OFFICE_2021 = figures(
    "2021",
    issued("normative_documents", "3", "1", "17"),
    decided("2864", "57", "6", "124500"),
    asked("received_new", 12, 3, 0, 0, 1),
    asked("carried_over_in", 1),
    asked("disclosed_full", 7, 2),
    asked("disclosed_partial", 1, 0, 0, 0, 1),
    asked("unable_not_held", 2),
    asked("not_processed_petition", 1),
    asked("other_no_correction", 0, 1),
    asked("result_total", 11, 3, 0, 0, 1),
    asked("carried_over_out", 2),
    contested("reconsideration", 1, 0, 0, 1),
    prints={FEE_AMOUNT: "12.45"},
)
OFFICE_2022 = figures(
    "2021",
    issued("normative_documents", "2", "4", "15"),
    decided("3019", "44", "0", "98000"),
    asked("received_new", 8, 1),
    asked("carried_over_in", 2),
    asked("disclosed_full", 6, 1),
    asked("refused_third_party", 1),
    asked("unable_needs_creation", 2),
    asked("other_other", 1),
    asked("result_total", 10, 1),
    contested("reconsideration", 1, 1, 0, 0),
    contested("litigation_direct", 0, 0, 1, 0),
    prints={FEE_AMOUNT: "9.8"},
)
TOWN_2021 = figures(
    "2021",
    decided("415", "3", "0", "0"),
    asked("received_new", 2),
    asked("disclosed_full", 2),
    asked("result_total", 2),
)
TOWN_2022 = figures(
    "2021",
    issued("normative_documents", "1", "0", "1"),
    decided("398", "5", "0", "0"),
    asked("received_new", 3),
    asked("disclosed_full", 1),
    asked("unable_unclear", 1),
    asked("result_total", 2),
    asked("carried_over_out", 1),
)
TOWN_2023 = figures(
    "2021",
    issued("regulations", BLANK, BLANK, BLANK),
    issued("normative_documents", "0", "0", "1"),
    decided("402", "4", "1", "0"),
    asked("received_new", 1),
    asked("carried_over_in", 1),
    asked("disclosed_full", 2),
    asked("result_total", 2),
    prints={("disclosure", "regulations", c): "/" for c in MADE_2021},
)

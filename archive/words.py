"""What the words in the database mean: kinds, outcomes, problem codes. docs/data.md is made of them."""

TEXT = """
# The data

One SQLite file, `DATA/reports.db`, made from the WARC files in `DATA/warc` and from nothing else: the same WARCs give
the same rows, whatever the order in which they are loaded and whatever the number of workers. `scrapy load --rebuild`
makes the file anew and swaps it in. This page is written by `python -m archive.handbook`.

* Moments are UTC, `2026-01-02T03:04:05Z`; days are `2026-01-02`.
* Values are in base units (元, 件, 项, 条, 次 …): 万 and 亿 are multiplied out. `raw` is always the printed text.
  Whole numbers are stored as integers, others as floating point.
* Absent is null, never 0. Blank, not applicable, not a number and missing are different kinds.
* Ids of reports and problems are 52 bits of a hash, so that JavaScript holds them exactly.
* Every cell leads back to bytes: `cells.report_id` → `reports.capture_id` → `captures.warc_file`, `warc_offset`, `id`.

## Versions, addresses, clones

A report becomes a new version when its cells or its text change; other markup, menus, counters of visits or another
encoding make none. All captures stay in `captures`, whatever their outcome. The same report at two addresses, or after
a move, is one `series`: `version` counts over all its addresses, `same_as` marks a version that was seen elsewhere
before, `is_current` marks the latest. `changes` lists what differs between a version and the one before it;
`versions` says whether more or fewer sums fail since. `tombstones` lists reports that are no longer at their address,
each with the capture that shows it; their rows stay, and stay in `latest_reports`: what was published remains a fact.

Clones (copies on foreign sites) stay in the data with `is_clone = 1` and, where the archive has the genuine report,
`clone_of`; they are left out of `latest_reports`.

A page is gone after one 410 or two 404s on different days. An answer that is the home page, a notice, or what other
addresses of the host answer too, is a soft 404 and changes nothing; so is a report's redirect that leads to no report,
and the first answer without the report where one was. Where another report stands at an address, of another year or
body, it is a series of its own, and the old one has a tombstone. Runs that failed, or did not end, take no report
away. When an address is visited again stands in [recrawls.md](recrawls.md).

## Reports over several addresses

Some reports are printed over several pages: articles with a pager, flip-books, an address a chapter. The pages are
found in the captures alone: they name each other and have one title (`leaves`). They become one row of `reports`, with
the address and capture of the first page; `parts` lists all pages in order, and the place of each cell begins with the
page that it stands on, so that a cell of such a report leads to the bytes of its own page:

    SELECT c.* FROM cells x JOIN parts p ON p.report_id = x.report_id
      AND x.place LIKE 'page ' || p.position || ',%' JOIN captures c ON c.id = p.capture_id

A page that is not in the archive has no capture in `parts`; its cells are `missing`, and `pages_missing` says which
pages these are. What the captures of one run, or of one day, show together is one version. A page that is gone keeps
its last content (`pages.state` tells), until the others no longer name it. A tombstone is set when the first page is
gone.

`python -m parsers` reads one file at a time: there such a page has the key `part`, which says what it holds and which
pages it names.

## Figures in prose

`figures` holds what the prose tells in numbers about facts that a form names, each with its sentence; never as cells.
Only a number that is the whole of the report's year and the body's own is taken: none of another year, over several
years (累计, 历年, 自…以来, 截至目前), of a part of the year, of a plan, of other places; no comparison (同比,
较上年), no number that is inexact (约, 近, 余, 左右) or that two facts share (行政复议、行政诉讼共5件). Numbers in
characters count where they are exact (一百零三件); 未收到申请, 无行政复议 and the like tell 0. Where two sentences give
one fact two numbers that neither the tables nor 上年结转 explain, both stand and the problem `figures_contradict`
quotes them. Prose is held against the tables by the rules `text_…`: `scope` names the cells that were met.

## Full-text search

`reports_fts` searches issuer, title and text for substrings (FTS5, trigram):
`SELECT rowid FROM reports_fts WHERE reports_fts MATCH '"依申请公开"'`. Words need three characters; shorter ones
find nothing there. For one or two characters use `instr(text, '复议')`, which reads every text. Datasette has both
as example queries (`search`, `search_short`).
"""

KINDS = {
    "number": "a number was read; `value` holds it",
    "blank": "the cell is there and holds nothing",
    "not_applicable": "a mark stands in it: / — － 无 不适用",
    "text": "something stands in it that is no number and no known mark",
    "missing": "the form has the cell, the source does not",
}

OUTCOMES = {
    "new": "first content seen at the address",
    "changed": "says something else than before",
    "same": "says the same, whatever its bytes",
    "not_modified": "the server answered 304 to the validators that were sent",
    "gone": "410, or the second 404 on another day, or still gone",
    "soft_404": "answers 200 with something else, or redirects to no report, where the content should be",
    "failed": "no answer, an error, a refusal, a challenge page (`challenge` says whose), a 304 that nobody asked for, "
              "a redirect to itself, or a first 404",
    "truncated": "the answer breaks off; nothing is concluded from it",
}

REASONS = {
    "not due": "visited before, and not due yet",
    "put off": "due, but the run had its share; it goes first in one of the next",
    "gone": "known to be gone, and not due yet",
    "not reached": "due by what is known today, but the run ended first or did not know yet that others hang on it",
    "external": "a host that the portal's file does not name, or one of its clones",
    "depth": "further from the home page than `max_depth`",
    "list": "a list's page beyond `max_list_pages`, or behind one that repeats or is empty",
    "years": "a report of another year than `-a years=` asks for",
    "since": "a report published before `-a since=`",
    "weak": "neither the link nor its page promises a report",
    "waste": "150 pages of the portal led to nothing; weaker links were left",
    "requests": "`max_requests` was used up",
    "seconds": "`max_seconds` was used up",
    "ended": "the run was ended first",
}

REACHES = {
    "ok": "the host answered with anything but a refusal; 404 is an answer too",
    "challenge:KIND": "a protection stands before the content: acw, ruishu, jiasule, chuangyu, wzws, edgeone, captcha, "
                      "cookie (it redirects to itself), or the status 202, 412, 521 of one that was not recognised",
    "forbidden": "401, 403 or 429",
    "robots": "robots.txt disallows it, or could not be had",
    "timeout": "no answer in time",
    "dns": "the name leads nowhere",
    "tls": "no secure connection",
    "refused": "nobody listens at the port; likewise `unreachable`, and `disconnect` in the middle of an answer",
    "private": "the name leads to a private address that no portal file names",
    "browser": "only a browser could open it, and there was none or the portal's file says never",
    "error": "the server's own trouble (5xx), or something else",
}

PROBLEMS = {
    "missing_cell": "the form has the cell, the source does not",
    "unknown_row": "a printed row that the form does not name",
    "unknown_column": "a printed column that the form does not name",
    "leftover_cells": "printed cells that no row and column of the form account for",
    "unit_implausible": "the printed unit gives an unlikely amount; the printed value stands",
    "unit_missing": "no unit is printed where bodies choose their own",
    "sign_inconsistent": "a sign is missing or contradicts the figures beside it; the printed value stands",
    "items_column_holds_decisions": "the column of items was filled in with decisions",
    "authority_implausible": "a county, town, zone or a body of theirs reports 规章, which only the State Council's "
                             "departments, provinces, cities with districts and prefectures make",
    "count_not_whole": "what is counted has decimals; the printed value stands",
    "values_lost": "values stand there but cannot be tied to labels; the cells are missing",
    "figures_contradict": "the prose tells one fact with two numbers; neither is preferred, the detail quotes both",
    "conflicting_values": "a cell stands twice with different values; the first stands",
    "table_is_image": "the table or document is an image; for people to read",
    "attachment_unreadable": "the attachment could not be opened",
    "hidden_cells": "rows, columns or sheets are hidden in what was read; the detail says which, and if they were read",
    "not_calculated": "a sheet holds formulas without their results; the formula stands as text",
    "decoding_lossy": "some bytes are no text in any likely encoding, or were lost before the page was saved",
    "mojibake": "text had been decoded wrongly before it was saved; what was put back, or where it still stands",
    "part_of_report": "tables or chapters are not on this page, as where a report goes on at other addresses",
    "pages_missing": "pages of a report over several addresses are not in the archive; their cells are missing",
    "sum_fails": "a sum of the form does not hold with the printed figures; the detail says whose fault it likely is",
    "readings_differ": "a cell of a failed sum that the tables, read again as text, give otherwise; it stands",
    "clone": "the page is a copy on a foreign site",
    "mixed_editions": "tables of different editions of the form",
    "year_conflict": "title, period and text name different years",
    "issuer_unknown": "the report does not say whose it is",
    "empty": "there is nothing in the document",
    "page_too_long": "the page is too long to be read as a whole",
    "parser_error": "the program failed on this document; please report it",
    "reader_crashed": "the process that read this document died",
    "chunks_broken": "the chunked framing of the answer is broken",
    "chunks_cut": "the last chunk of the answer is missing",
    "coding_broken": "the body is not in the content coding that it declares",
    "coding_cut": "the compressed body ends early",
    "revisit_unresolved": "a revisit record refers to a record that is not there",
    "record_torn": "the record breaks off",
    "segmented": "a segmented WARC record, which is not joined",
    "note_broken": "a note of a portal or run cannot be read",
}

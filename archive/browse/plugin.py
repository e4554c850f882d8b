"""Datasette plugin: pages of our own, and links from cells to reports and captures."""

from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from markupsafe import Markup, escape
from parsers.errors import NianbaoError

from archive import changes
from archive.browse import pages

REPORT_COLUMNS = ("report_id", "previous_report_id", "clone_of", "same_as", "series")
CAPTURE_COLUMNS = ("capture_id", "evidence_id", "reach_capture", "refers_to")


def register_routes() -> list[tuple[str, Any]]:
    """Our pages beside Datasette's."""
    return [(r"^/report/(?P<id>\d+)$", report), (r"^/capture/(?P<id>.+)$", capture), (r"^/changes$", changed),
            (r"^/changes\.atom$", atom), (r"^/changes\.json$", as_json)]


def render_cell(value: Any, column: str, table: str | None) -> Markup | None:
    """Ids of reports and captures as links to their pages."""
    if value is None or value == "":
        return None
    if column in REPORT_COLUMNS or (table in ("reports", "latest_reports") and column == "id"):
        return Markup('<a href="/report/{0}">{0}</a>').format(value)
    if column in CAPTURE_COLUMNS or (table == "captures" and column == "id"):
        return Markup('<a href="/capture/{0}">{1}</a>').format(value, str(value).removeprefix("urn:uuid:")[:8] + "…")
    return None


def extra_template_vars(template: str | None, datasette: Datasette) -> Any:
    """Figures and example queries for the start page."""
    async def start() -> dict[str, Any]:
        return await pages.database(datasette).execute_fn(pages.start) if template == "index.html" else {}

    return start


async def report(request: Request, datasette: Datasette) -> Response:
    """One report, its tables as the form prints them."""
    found = await pages.database(datasette).execute_fn(pages.report(int(request.url_vars["id"])))
    return await _page(datasette, request, "report.html", found, f"no report {request.url_vars['id']}")


async def capture(request: Request, datasette: Datasette) -> Response:
    """One capture: where its bytes are, and what else was seen at its address."""
    found = await pages.database(datasette).execute_fn(pages.capture(request.url_vars["id"]))
    return await _page(datasette, request, "capture.html", found, f"no capture {request.url_vars['id']}")


async def changed(request: Request, datasette: Datasette) -> Response:
    """What is new, changed, removed or out of reach."""
    found = await _changes(request, datasette)
    found.reverse()
    since = request.args.get("since") or ""
    values = {"entries": found[: pages.MOST], "more": max(0, len(found) - pages.MOST), "since": since}
    return await _page(datasette, request, "changes.html", values, "")


async def atom(request: Request, datasette: Datasette) -> Response:
    """The same as an Atom feed."""
    found = await _changes(request, datasette)
    base = f"{request.scheme}://{request.host}"
    feed = changes.as_atom(found, base, request.query_string)
    return Response(feed, content_type="application/atom+xml; charset=utf-8")


async def as_json(request: Request, datasette: Datasette) -> Response:
    """The same, one JSON object a line."""
    found = await _changes(request, datasette)
    return Response("\n".join(changes.as_json(found)), content_type="application/x-ndjson; charset=utf-8")


async def _changes(request: Request, datasette: Datasette) -> list[changes.Entry]:
    since = request.args.get("since") or ""
    try:
        start = changes.since(since) if since else ""
    except NianbaoError as error:
        raise NotFound(str(error)) from None
    found: list[changes.Entry] = await pages.database(datasette).execute_fn(lambda conn: changes.entries(conn, start))
    return found


async def _page(datasette: Datasette, request: Request, template: str, values: dict[str, Any] | None,
                missing: str) -> Response:
    if values is None:
        raise NotFound(str(escape(missing)))
    return Response.html(await datasette.render_template(template, values, request=request))


for hook in (register_routes, render_cell, extra_template_vars):
    hookimpl(hook)

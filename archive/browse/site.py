"""Datasette with our settings, and the server around it."""

import socket
import sys
from pathlib import Path

import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm
from parsers.errors import NianbaoError

from archive.browse import metadata, plugin
from archive.folder import Folder

HERE = Path(__file__).parent
HOST = "127.0.0.1"
SETTINGS = {
    "sql_time_limit_ms": 10_000,   # default 1000; sums over all reports take longer
    "max_returned_rows": 5_000,    # default 1000
    "default_page_size": 50,       # default 100
    "allow_download": True,
    "truncate_cells_html": 200,    # default 2048; texts are long
    "facet_time_limit_ms": 1_000,  # default 200
}


def site(folder: Folder) -> Datasette:
    """Datasette over DATA/reports.db, opened read-only. NianbaoError where there is no database yet."""
    if not folder.database.exists():
        raise NianbaoError(f"no database {folder.database} yet; make it with `scrapy crawl portals`, or from WARCs you "
                           "have with `scrapy load`")
    if not pm.is_registered(plugin):
        pm.register(plugin, "nianbao")
    return Datasette([str(folder.database)], metadata=metadata.metadata(folder.database.stem), settings=SETTINGS,
                     template_dir=str(HERE / "templates"), static_mounts=[("nianbao", str(HERE / "static"))])


def serve(folder: Folder, port: int) -> None:
    """Serves the site on loopback until it is stopped. NianbaoError where the port is in use."""
    datasette = site(folder)
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        reason = f"cannot serve on {HOST}:{port} ({error.strerror})"
        raise NianbaoError(f"{reason}; choose another port with --port") from None
    with listening:
        listening.listen(128)
        print(f"Browse {folder.database} at http://{HOST}:{port}/ (Ctrl-C ends it)", file=sys.stderr)
        uvicorn.Server(uvicorn.Config(datasette.app(), log_level="warning", lifespan="on")).run([listening])

"""nginx on loopback, for tools that are faster than a server written in Python."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CONFIG = """
daemon off; master_process off; pid {root}/nginx.pid; error_log {root}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off; client_body_temp_path {root}; proxy_temp_path {root}; fastcgi_temp_path {root};
  uwsgi_temp_path {root}; scgi_temp_path {root};
  types {{ text/html html; text/plain txt; }}
  gzip on; gzip_types text/html; gzip_proxied any;
  server {{ listen 127.0.0.1:{port}; root {site}; }}
}}
"""


@contextmanager
def nginx(site: Path, root: Path) -> Iterator[str]:
    """Serves a folder; gives the base address. Ends the server by its id."""
    if not shutil.which("nginx"):
        raise SystemExit("bench needs nginx: apt-get install nginx-light")
    port = _free_port()
    config = root / "nginx.conf"
    config.write_text(CONFIG.format(root=root, port=port, site=site))
    server = subprocess.Popen(["nginx", "-c", str(config), "-p", str(root)], stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("nginx did not start")

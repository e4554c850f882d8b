"""A server that sends exactly the bytes it is told to, over plain TCP or TLS, and remembers what it sent and got."""

import hashlib
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """Bytes for one path, sent in pieces; afterwards the connection stays open, is closed, or hangs for a while."""

    pieces: tuple[bytes, ...] | Callable[[], Iterable[bytes]]
    pause: float = 0.0    # seconds between pieces
    closes: bool = False
    hangs: float = 0.0    # seconds of silence after the last piece, then closed

    def parts(self) -> Iterable[bytes]:
        """The pieces, made now where they are too big to keep."""
        return self.pieces() if callable(self.pieces) else self.pieces


@dataclass(slots=True)
class Seen:
    """What went over the wire for one request, and when it began."""

    path: str
    asked: bytes
    began: float
    connection: int
    sent: "hashlib._Hash" = field(default_factory=hashlib.sha1)
    size: int = 0


class Wire:
    """Serves `answers` by path (a query is part of it); `seen` has one entry a request, in order of arrival."""

    def __init__(self, answers: dict[str, Answer], tls: ssl.SSLContext | None = None) -> None:
        self.answers, self.tls = answers, tls
        self.seen: list[Seen] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.connections = 0
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The address of this server, without a slash at its end."""
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Takes no more connections."""
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self._thread.join()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection, self.connections), daemon=True).start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self.tls.wrap_socket(connection, server_side=True) if self.tls else connection as wire:
                for asked in requests(wire):
                    if not self._answer(wire, asked, number):
                        return
        except OSError:
            return  # the client went away, which some tests want

    def _answer(self, wire: socket.socket, asked: bytes, number: int) -> bool:
        path = asked.split(b" ", 2)[1].decode("latin-1")
        seen = Seen(path, asked, time.monotonic(), number)
        self.seen.append(seen)
        answer = self.answers.get(path, NOT_FOUND)
        for piece in answer.parts():
            wire.sendall(piece)
            seen.sent.update(piece)
            seen.size += len(piece)
            time.sleep(answer.pause)
        time.sleep(answer.hangs)
        return not (answer.closes or answer.hangs)


NOT_FOUND = Answer((b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",))


def requests(wire: socket.socket) -> Iterator[bytes]:
    """Whole requests as they come over one connection."""
    data = b""
    while True:
        head, gap, rest = data.partition(b"\r\n\r\n")
        found = LENGTH.search(head)
        wanted = int(found[1]) if found else 0
        if gap and len(rest) >= wanted:
            yield head + gap + rest[:wanted]
            data = rest[wanted:]
            continue
        more = wire.recv(1 << 16)
        if not more:
            return
        data += more


@contextmanager
def serving(answers: dict[str, Answer], tls: ssl.SSLContext | None = None) -> Iterator[Wire]:
    """A server for as long as the block lasts."""
    wire = Wire(answers, tls)
    try:
        yield wire
    finally:
        wire.close()


def certificate(folder: Path, days: int = 30) -> Path:
    """A fresh self-signed certificate for 127.0.0.1 with its key, as one PEM file; negative days have expired."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    built = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
             .serial_number(x509.random_serial_number())
             .not_valid_before(now - timedelta(days=60)).not_valid_after(now + timedelta(days=days))
             .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
             .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
             .sign(key, hashes.SHA256()))
    path = folder / "certificate.pem"
    path.write_bytes(
        built.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                            serialization.NoEncryption()))
    return path


def context(pem: Path) -> ssl.SSLContext:
    """A server's TLS context for a certificate."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(pem)
    return made

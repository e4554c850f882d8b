"""Opens web pages that a browser or Word saved as one file (MHT), mostly under the name of a .doc."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from parsers import html
from parsers.isolation import unreadable
from parsers.model import Document, Source


def document(source: Source) -> Document:
    """The page of an MHT file, opened as any web page."""
    message = message_from_bytes(source.body.lstrip(), policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html" and isinstance(part, EmailMessage):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                return html.document(Source(body, source.url, str(part["Content-Type"]), source.name, source.anchor))
    return unreadable("the saved web page holds no page")

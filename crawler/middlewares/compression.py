"""Keeps Scrapy from guessing the encoding of bodies that are still compressed."""

from scrapy import Request
from scrapy.http import Response, TextResponse


class Compressed:
    """Just above HttpCompression: a compressed body is no text yet, so the response is made a plain one.

    Scrapy types a gzipped `.html` by its name and then runs charset detection on the compressed bytes, which takes
    three quarters of a crawl's time (measured on 2.19).
    """

    def process_response(self, request: Request, response: Response) -> Response:
        """The response, untyped where it is compressed; HttpCompression types it again."""
        if not isinstance(response, TextResponse) or "Content-Encoding" not in response.headers:
            return response
        return Response(response.url, response.status, response.headers, response.body, response.flags, request,
                        response.certificate, response.ip_address, response.protocol)

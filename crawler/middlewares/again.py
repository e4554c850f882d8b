"""Pages that redirect to themselves once, to set a cookie: asked again with it, as any browser does."""

from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response


class Again:
    """Between cookies and redirects, which would take the second request for one that was made already."""

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """The same request once more, when the answer sends it back to its own address with a cookie."""
        location = (response.headers.get("Location") or b"").decode("latin-1")
        is_back = 300 <= response.status < 400 and location and urljoin(request.url, location) == request.url
        if not is_back or "Set-Cookie" not in response.headers or request.meta.get("again"):
            return response
        return request.replace(dont_filter=True, meta=request.meta | {"again": True})

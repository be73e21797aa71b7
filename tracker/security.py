"""The headers that every reply carries, so that a browser refuses what we never send.

Pages, errors, redirects and static files alike: the headers are added where the server
takes the reply over, outside of everything that could answer. Knows no route and no template.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: plotly.js adds empty style elements and fills them through the object model; without the
#: hash of the empty string its titles and hover labels land in wrong places.
EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        f"style-src 'self' {EMPTY_STYLE}",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

#: Devices and powers that no page of ours asks for.
REFUSED_FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)

SECURITY_HEADERS: dict[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in REFUSED_FEATURES),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    # For browsers that do not know frame-ancestors.
    "X-Frame-Options": "DENY",
}

#: One year. Sent over TLS only: over plain http it would lock people out for as long.
STRICT_TRANSPORT_SECURITY = "max-age=31536000; includeSubDomains"

#: A page shows what one person may see: shared caches keep none, browsers ask each time.
PAGE_CACHING = "private, no-cache"


class HeaderGuard:
    """Add headers to every reply of a WSGI application that did not set them itself."""

    def __init__(self, application: "WSGIApplication", headers: Mapping[str, str]) -> None:
        self.application = application
        self.headers = dict(headers)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request, as PEP 3333 has it."""

        def start(
            status: str, headers: list[tuple[str, str]], failure: "OptExcInfo | None" = None, /
        ) -> "Callable[[bytes], object]":
            return start_response(status, headers + self._missing_from(headers), failure)

        return self.application(environ, start)

    def _missing_from(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        given = {name.lower() for name, _ in headers}
        return [(name, value) for name, value in self.headers.items() if name.lower() not in given]


def init_app(app: Flask) -> None:
    """Set the headers on every reply; call it after everything else that wraps the application.

    A view that sets one of them (``no-store`` on a form, say) keeps its own.
    """
    headers = SECURITY_HEADERS | {"Cache-Control": PAGE_CACHING}
    if app.config.get("TLS"):
        headers["Strict-Transport-Security"] = STRICT_TRANSPORT_SECURITY
    proxies = app.config.get("PROXIES", 0)
    if proxies:
        # Only as many X-Forwarded-* as there are proxies of ours: clients could write the rest.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )
    app.wsgi_app = HeaderGuard(app.wsgi_app, headers)  # type: ignore[method-assign]

"""What a browser may load on our pages, and what pages may ask of a device.

Readers' pages load from this site alone, frames of players (after a click) apart; nothing inline.
Wagtail's admin has inline scripts and styles of its own. No nonce: it would make a page
uncacheable.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PLAYERS = (
    "https://www.youtube-nocookie.com",
    "https://player.vimeo.com",
    "https://w.soundcloud.com",
    "https://open.spotify.com",
)
COMMON = {
    "default-src": "'self'",
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    "frame-src": " ".join(("'self'", *PLAYERS)),
}
INLINE = "'self' 'unsafe-inline'"
READERS = COMMON | {"script-src": "'self'", "style-src": "'self'"}
ADMIN = COMMON | {"script-src": INLINE, "style-src": INLINE}
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


def policy(directives: dict[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware."""
    for_readers, for_admin = policy(READERS), policy(ADMIN)

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        inside = request.path.startswith("/admin/")
        response.headers.setdefault("Content-Security-Policy", for_admin if inside else for_readers)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return respond

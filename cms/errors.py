"""Error pages that need more than Django's own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBadRequest
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBadRequest:
    """400 with the reason. Touches no database: whatever was sent may be unfit for one."""
    return HttpResponseBadRequest(render_to_string("400.html", {"exception": str(exception)}))

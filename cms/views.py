"""Health of the process, and the answer to bad requests."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.template.loader import render_to_string


def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers. Touches nothing."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


def readyz(request: HttpRequest) -> JsonResponse:
    """`{"database": true}` with 200, or false with 503 where the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        ready = True
    except DatabaseError:
        ready = False
    response = JsonResponse({"database": ready}, status=200 if ready else 503)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBadRequest:
    """400 with the reason. Touches no database: whatever was sent may be unfit for one."""
    return HttpResponseBadRequest(render_to_string("400.html", {"exception": str(exception)}))

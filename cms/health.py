"""Is the process alive; can it do its work."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse


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

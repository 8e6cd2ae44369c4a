"""Where the APIs of the apps come together."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern
from django.views.decorators.csrf import csrf_exempt
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.api.v3.urls import api as v3
from wagtail.log_actions import LogContext

from news.api.v2 import DocumentsEndpoint, ImagesEndpoint, PagesEndpoint
from news.guard.error_responses import reason_of

# Not "wagtailapi": under that name a publish fails while a front-end cache is configured.
v2 = WagtailAPIRouter("wagtailapi_v2")
v2.register_endpoint("pages", PagesEndpoint)
v2.register_endpoint("images", ImagesEndpoint)
v2.register_endpoint("documents", DocumentsEndpoint)


def token_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """v3 is for staff: without a valid token 401, and no answer is ever cached."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if BearerTokenAuth()(request):
            with LogContext(user=request.user):
                response = view(request, *args, **kwargs)
        else:
            response = JsonResponse(
                {"title": "Unauthorized", "status": 401, "detail": "Send a valid API token."},
                status=401,
                content_type="application/problem+json",
                headers={"WWW-Authenticate": "Bearer"},
            )
        response["Cache-Control"] = "private, no-store"
        return response

    return csrf_exempt(guarded)


def _guard(pattern: Any) -> Any:
    if isinstance(pattern, URLPattern):
        pattern.callback = token_only(pattern.callback)
    else:
        for inner in pattern.url_patterns:
            _guard(inner)
    return pattern


@v3.exception_handler(PermissionDenied)
def say_why(request: HttpRequest, refusal: PermissionDenied) -> HttpResponse:
    """403 as Problem Details, with a sentence that says more than Wagtail's."""
    return JsonResponse(
        {"title": "Forbidden", "status": 403, "detail": reason_of(refusal)},
        status=403,
        content_type="application/problem+json",
    )


_patterns, _app_name, _namespace = v3.urls
v3_urls = ([_guard(pattern) for pattern in _patterns], _app_name, _namespace)

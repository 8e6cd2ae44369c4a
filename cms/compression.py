"""Compression of what is text. Pictures and documents are compressed already."""

from __future__ import annotations

import re

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = re.compile(r"text/|application/([\w.-]+\+)?(json|xml)|image/svg\+xml")


class TextCompression(GZipMiddleware):
    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not TEXT.match(response.headers.get("Content-Type", "")):
            return response
        return super().process_response(request, response)

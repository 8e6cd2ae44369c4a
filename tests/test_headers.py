"""What browsers are told on every answer."""

from __future__ import annotations

import pytest
from django.http import FileResponse
from django.test import Client, RequestFactory

from cms.middleware import TextCompression
from tests.builders import a_story, a_user, an_image
from tests.doors import admin

pytestmark = pytest.mark.django_db


def policy(answer: object) -> dict[str, list[str]]:
    parts = answer["Content-Security-Policy"].split("; ")  # type: ignore[index]
    return {name: sources for name, *sources in (part.split() for part in parts)}


def test_readers_pages_load_from_here_alone(reader: Client) -> None:
    for address in ("/", a_story().url, "/news/", "/search/", "/nothing/", "/api/v2/pages/"):
        answer = reader.get(address)
        found = policy(answer)
        assert found["script-src"] == found["style-src"] == ["'self'"], address
        assert found["object-src"] == ["'none'"] and found["frame-ancestors"] == ["'self'"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert "camera=()" in answer["Permissions-Policy"]
        assert not answer.cookies, address


def test_the_admin_may_have_scripts_of_its_own() -> None:
    found = policy(admin(a_user(superuser=True)).get("/admin/"))
    assert "'unsafe-inline'" in found["script-src"] and "'self'" in found["script-src"]


def test_only_text_is_compressed(reader: Client) -> None:
    image = an_image()
    accepting = {"Accept-Encoding": "gzip"}
    page = reader.get("/", headers=accepting)
    assert page["Content-Encoding"] == "gzip" and "Accept-Encoding" in page["Vary"]
    assert "Content-Encoding" not in reader.get("/healthz", headers=accepting)
    answer = FileResponse(image.file.open(), content_type="image/png")
    request = RequestFactory().get("/", headers=accepting)
    assert "Content-Encoding" not in TextCompression(lambda _request: answer)(request)

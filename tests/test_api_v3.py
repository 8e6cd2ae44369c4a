"""v3 is for staff with a token, and never cached."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from wagtail.api.v3.urls import api as v3
from wagtail.models import APIToken

from tests.builders import a_user

pytestmark = pytest.mark.django_db


def operations() -> list[tuple[str, str]]:
    """Every method and path of v3, its documentation included."""
    paths = v3.get_openapi_schema(path_prefix="/api/v3/")["paths"]
    found = [(method, path) for path, methods in paths.items() for method in methods]
    assert len(found) > 50
    return [*found, ("get", "/api/v3/docs/"), ("get", "/api/v3/openapi.json"), ("get", "/api/v3/")]


def test_v3_is_for_token_holders_only() -> None:
    staff = Client()
    user = a_user("Managing editors", superuser=True)
    staff.force_login(user)
    left = a_user("Managing editors", superuser=True)
    revoked, revoked_text = APIToken.create_token(user=user, name="old")
    revoked.revoke()
    _token, left_text = APIToken.create_token(user=left, name="gone")
    left.is_active = False
    left.save()
    wrong = [f"Bearer {text}" for text in ("", "wagtail_nonsense", revoked_text, left_text)]
    for method, path in operations():
        address = path.replace("{type}", "news.Tag").replace("{type_name}", "news.ArticlePage")
        address = re.sub(r"\{(?:\w+_id|pk)\}", "1", address)
        assert "{" not in address
        for headers in ({}, *({"Authorization": value} for value in wrong)):
            response = staff.generic(method.upper(), address, headers=headers)
            assert response.status_code == 401, (method, address, headers)
            assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "path", ["pages/", "whoami/", "images/", "schema/", "openapi.json", "docs/"]
)
def test_v3_with_a_token(path: str, reader: Client) -> None:
    _token, text = APIToken.create_token(user=a_user("Managing editors"), name="mine")
    response = reader.get(f"/api/v3/{path}", headers={"Authorization": f"Bearer {text}"})
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"

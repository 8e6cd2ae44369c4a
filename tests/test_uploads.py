"""Pictures that are none: each is a message in the form, and nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as PillowImage

from cms.models import Image
from tests.builders import a_user

pytestmark = pytest.mark.django_db


def drawn(size: tuple[int, int] = (300, 200), kind: str = "JPEG") -> bytes:
    file = BytesIO()
    PillowImage.effect_noise(size, 90).convert("RGB").save(file, kind)
    return file.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BAD: dict[str, Callable[[], tuple[str, bytes]]] = {
    "empty": lambda: ("empty.jpg", b""),
    "truncated": lambda: ("cut.jpg", drawn()[:-4000]),
    "truncated png": lambda: ("cut.png", drawn(kind="PNG")[:-20000]),
    "twelve megabytes": lambda: ("big.jpg", drawn() + b"\0" * 12 * 1024 * 1024),
    "too many pixels": lambda: ("huge.png", drawn((9000, 7000), "PNG")),
    "svg with a script": lambda: ("drawing.svg", SVG),
    "svg that lies": lambda: ("drawing.jpg", SVG),
    "wrong extension": lambda: ("picture.png", drawn()),
    "html that lies": lambda: ("page.jpg", b"<html><script>alert(1)</script></html>"),
    "text": lambda: ("notes.txt", b"words"),
}


def upload(client: Client, name: str, content: bytes) -> tuple[int, int]:
    """Out: the answer's status, and how many pictures there are now."""
    answer = client.post(
        reverse("wagtailimages:add"),
        {"title": "A picture", "file": SimpleUploadedFile(name, content), "collection": "1"},
    )
    return answer.status_code, Image.objects.count()


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_picture_is_refused(client: Client, case: str) -> None:
    client.raise_request_exception = False
    client.force_login(a_user("Reporters"))
    assert upload(client, *BAD[case]()) == (200, 0)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_pictures_are_taken(client: Client, kind: str) -> None:
    client.force_login(a_user("Reporters"))
    assert upload(client, f"picture.{kind.lower()}", drawn(kind=kind)) == (302, 1)

"""The front-page tool as functions for tests."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.urls import reverse
from wagtail.models import Page

from cms.models import User
from home.front.arranging import arrange, state_of
from tests.builders import home
from tests.doors import admin


def address(front: Page | None = None) -> str:
    return reverse("front_tool", args=((front or home()).pk,))


def do(user: User, asked: str, **posted: Any) -> str:
    """Ask the tool for something as it stands now. Out: what it said."""
    posted = {name: str(value) for name, value in posted.items()}
    return arrange(home().pk, user, {"do": asked, "seen": state_of(home())} | posted)


def post(user: User, asked: str, *, script: bool = True, **posted: Any) -> HttpResponse:
    headers = {"x-requested-with": "XMLHttpRequest"} if script else {}
    data = {"do": asked, "seen": state_of(home())} | posted
    return admin(user).post(address(), data, headers=headers)


def messages(response: HttpResponse) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def said(response: HttpResponse) -> str:
    """What a script is told to announce."""
    soup = BeautifulSoup(response.content, "html.parser")
    [notes] = soup.select("[data-front-said]")
    return str(notes["data-front-said"])


def public_titles(client: Any) -> list[str]:
    """The lead and the slots, as readers see them."""
    context = client.get("/").context_data
    return [story.title for story in (context["lead"], *context["slots"]) if story]

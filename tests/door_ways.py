"""Ways through the doors, and what somebody at a channel was told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.messages import get_messages
from django.contrib.messages.constants import SUCCESS
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.models import APIToken, Page

from cms.models import User
from news.models import ArticlePage
from tests.builders import a_user
from tests.door_table import BARE, PUBLISHERS, STRANGERS, Answer
from tests.doors import PAGES, admin, edit_form

JSON = "application/json"


def told(client: Client, answer: Answer) -> list[str]:
    """Every sentence of an answer but those of success: errors, a dialog's text, and the messages
    that the next page will show.
    """
    assert answer.status_code < 500, answer.content[:300]
    if "json" not in answer["Content-Type"]:
        messages = get_messages(answer.wsgi_request)
        found = [strip_tags(str(m)) for m in messages if m.level != SUCCESS]
        return [*found, *form_errors(answer), *without_access(answer)]
    data = answer.json()
    if "redirect" in data:
        return told(client, client.get(data["redirect"]))
    found = [str(data.get(name, "")) for name in ("detail", "error_message")]
    found += [str(error.get("msg", "")) for error in data.get("errors", [])]
    return [*found, " ".join(strip_tags(data.get("html", "")).split())]


def form_errors(answer: Answer) -> Iterator[str]:
    form = (answer.context or {}).get("form")
    for errors in getattr(form, "errors", {}).values():
        yield from (str(error) for error in errors)


def without_access(answer: Answer) -> list[str]:
    """What the page before a bulk action says of the pages that it will leave out."""
    found = r"You don(?:'|&#x27;|’)t have permission to [^<]+|A story becomes public by being [^<]+"
    return re.findall(found, answer.content.decode())


def says_why(sentences: list[str], role: str, about: str) -> bool:
    """Whether somebody was told why. Who holds every right is told what the text lacks."""
    if role in STRANGERS:
        return True
    reasons = [sentence for sentence in sentences if sentence not in BARE]
    if role in PUBLISHERS:
        return any(re.search(about, sentence, re.IGNORECASE) for sentence in reasons)
    return bool(reasons)


def script(user: User) -> Client:
    """A program of somebody's, with their token."""
    _token, text = APIToken.create_token(user=user, name="script")
    return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {text}"})


def dialog(user: User) -> Client:
    """Somebody in a dialog of the admin."""
    client = admin(user)
    client.defaults["HTTP_X_REQUESTED_WITH"] = "XMLHttpRequest"
    return client


_forms: dict[bool, QueryDict] = {}


def form_of(story: ArticlePage) -> QueryDict:
    """What a browser sends from the story's editor. But for the headline the stories here differ
    in nothing that can be typed, so the editor is asked once for drafts, once for live stories.
    """
    if story.live not in _forms:
        _forms[story.live] = edit_form(admin(a_user(superuser=True)), story)
    form = _forms[story.live].copy()
    # A list from which nothing is chosen is read as its first line; a browser sends none.
    form.pop("shared_with", None)
    draft = story.get_latest_revision_as_object()
    form.update({"title": draft.title, "slug": draft.slug})
    return form


def press(user: User, story: ArticlePage, **fields: str) -> list[str]:
    """Fill in the story's form and press a button. Out: what the next page says."""
    data = form_of(story)
    data.update(fields)
    client = admin(user)
    return told(client, client.post(reverse(f"{PAGES}:edit", args=(story.pk,)), data))


def bulk(user: User, action: str, story: Page, **fields: str) -> list[str]:
    """Choose a page in a list, read what the action will do, do it."""
    client = admin(user)
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", action))
    address = f"{address}?id={story.pk}&next=/admin/"
    before = told(client, client.get(address))
    return before + told(client, client.post(address, fields))


def by_script(
    user: User, page: Page, action: str, data: dict[str, Any], why: str = ""
) -> tuple[Client, Answer]:
    """An action on a page through API v3."""
    client, address = script(user), f"/api/v3/pages/{page.pk}/actions/{action}/"
    headers = {"Withdrawal-Reason": why} if why else {}
    return client, client.post(address, data, content_type=JSON, headers=headers)

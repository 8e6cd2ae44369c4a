"""Comments as people make them: in the reading view, and in the form of Wagtail's editor."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.models import Comment, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.models import User
from tests.doors import admin, edit_form


def a_comment(
    story: Page, user: User, path: str = "title", text: str = "Too long", **fields: Any
) -> Comment:
    return Comment.objects.create(page=story, user=user, contentpath=path, text=text, **fields)


def read(user: User, story: Page) -> Any:
    return admin(user).get(reverse("read_story", args=(story.pk,)))


def page_of(user: User, story: Page) -> str:
    answer = read(user, story)
    assert answer.status_code == 200
    return answer.content.decode()


def write(user: User, story: Page, path: str = "title", text: str = "Too long") -> Any:
    address = reverse("comment_on_story", args=(story.pk,))
    return admin(user).post(address, {"path": path, "text": text})


def reply(user: User, comment: Comment, text: str = "It is not") -> Any:
    address = reverse("reply_to_comment", args=(comment.page_id, comment.pk))
    return admin(user).post(address, {"text": text})


def resolve(user: User, comment: Comment) -> Any:
    return admin(user).post(reverse("resolve_comment", args=(comment.page_id, comment.pk)))


def form_with(client: Client, story: Page, *comments: Comment, **fields: str) -> QueryDict:
    """The editor's form as a browser sends it back: with the comments that it was opened with."""
    rows = [
        {
            "id": comment.pk,
            "text": comment.text,
            "contentpath": comment.contentpath,
            "position": "",
            "resolved": "",
            "replies": inline_formset([]),
        }
        for comment in comments
    ]
    form = edit_form(client, story, **fields)
    form.update(nested_form_data({"comments": inline_formset(rows, initial=len(rows))}))
    return form

"""The doors of the admin that people use, as functions for tests."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from cms.models import User
from news.models import ArticlePage, DeskSettings, SectionPage
from tests.builders import a_section, a_story, a_user, decide, submit

REPORTERS, EDITORS, LEGAL = "Reporters", "Editors", "Legal reviewers"
MANAGING, ADMINISTRATORS, SUPERUSER = "Managing editors", "Administrators", "superuser"
EVERYBODY = (REPORTERS, EDITORS, LEGAL, MANAGING, ADMINISTRATORS, SUPERUSER)
STAGES = {
    "desk": {EDITORS, MANAGING, SUPERUSER},
    "legal": {LEGAL, SUPERUSER},
    "publication": {MANAGING, SUPERUSER},
}
PAGES = "wagtailadmin_pages"


def person(role: str, **fields: Any) -> User:
    """Somebody with one role; `superuser` stands in no group."""
    if role == SUPERUSER:
        return a_user(superuser=True, **fields)
    return a_user(role, **fields)


def admin(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def fresh(story: Page) -> ArticlePage:
    return ArticlePage.objects.get(pk=story.pk)


def draft_title(story: Page) -> str:
    return fresh(story).get_latest_revision_as_object().title


def opens(user: User, name: str, *args: Any) -> bool:
    """Whether somebody gets to see a page of the admin."""
    response = admin(user).get(reverse(name, args=args), follow=True)
    assert response.status_code in (200, 403)
    return response.status_code == 200 and response.request["PATH_INFO"] != reverse(
        "wagtailadmin_home"
    )


def edit_form(client: Client, story: Page, **fields: str) -> QueryDict:
    page = client.get(reverse(f"{PAGES}:edit", args=(story.pk,)))
    data = querydict_from_html(page.content.decode(), form_id="page-edit-form")
    words = nested_form_data({"body": streamfield([("heading", "Words")])})
    data.update({**words, **fields})
    return data


def edit(user: User, story: Page, **fields: str) -> HttpResponse:
    """Fill in the story's form and press a button (none: save the draft)."""
    client = admin(user)
    data = edit_form(client, story, **fields)
    return client.post(reverse(f"{PAGES}:edit", args=(story.pk,)), data)


def act(user: User, story: Page, action: str, comment: str = "", state: Any = None) -> None:
    """Decide on a story at the address behind the buttons of its review."""
    state = state or fresh(story).current_workflow_task_state
    address = reverse(f"{PAGES}:workflow_action", args=(story.pk, action, state.pk))
    data = {"comment": comment, "digest": fresh(story).draft_digest}
    response = admin(user).post(address, data)
    assert response.status_code in (200, 302, 403)


def stage(story: Page) -> str:
    """Where a story waits; empty if it does not."""
    story = fresh(story)
    return story.current_workflow_task.stage if story.workflow_in_progress else ""


def waiting_at(name: str, owner: User, **fields: Any) -> ArticlePage:
    """A flagged story of `owner` that has come to a stage."""
    story = a_story(live=False, owner=owner, needs_legal_review=True, **fields)
    story = submit(story, owner)
    for passed, role in (("desk", EDITORS), ("legal", LEGAL), ("publication", MANAGING)):
        if passed == name:
            break
        story = decide(story, person(role))
    assert stage(story) == name
    return story


def signatures(number: int) -> None:
    settings = DeskSettings.load()
    settings.signatures = number
    settings.save()


def a_desk(slug: str) -> SectionPage:
    section = a_section(slug.title(), slug=slug)
    call_command("setup_newsroom", desk=[slug], verbosity=0)
    return section


STORY, SECTION = ("news", "articlepage"), ("news", "sectionpage")
AUTHOR, PAGE = ("news", "authorpage"), ("home", "standardpage")

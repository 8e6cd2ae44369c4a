"""Things that tests need, made in one line each."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction, Workflow

from cms.media.renditions import make_first_rendition
from cms.models import Image, User
from home.models import HomePage, StandardPage
from news.editions.choices import Role
from news.editions.context import publication_context
from news.editions.signatures import sign
from news.models import (
    ArticlePage,
    AuthorIndexPage,
    AuthorPage,
    Byline,
    Edition,
    NewsIndexPage,
    SectionPage,
)
from news.review.roles import WORKFLOW

_numbers = itertools.count(1)


def a_user(*roles: str, superuser: bool = False, name: str = "") -> User:
    name = name or f"user{next(_numbers)}"
    make = User.objects.create_superuser if superuser else User.objects.create_user
    user = make(name, f"{name}@example.org", "secret-pass-1", first_name=name.title())
    user.groups.add(*Group.objects.filter(name__in=roles))
    return user


def an_image(title: str = "", **fields: Any) -> Image:
    title = title or f"Picture {next(_numbers)}"
    file = get_test_image_file(filename=f"picture-{next(_numbers)}.png", size=(64, 40))
    fields = {"description": "What it shows", "credit": "A. Photographer", **fields}
    image = Image.objects.create(title=title, file=file, **fields)
    make_first_rendition(image.pk)  # as an upload does when its transaction ends
    image.refresh_from_db()
    return image


def home() -> HomePage:
    return HomePage.objects.get(locale__language_code="en")


def feed() -> NewsIndexPage:
    return NewsIndexPage.objects.get(locale__language_code="en")


def _under(parent: Page, page: Page) -> Any:
    """Add a page and, unless it says it is not live, publish it as the admin would."""
    live, page.live = page.live, False
    Page.objects.get(pk=parent.pk).specific.add_child(instance=page)
    revision = page.save_revision()
    if live:
        if isinstance(page, ArticlePage):
            signed(page)
        revision.publish(skip_permission_checks=True)
    return type(page).objects.get(pk=page.pk)


def signed(story: ArticlePage, **fields: Any) -> ArticlePage:
    """The two names on the newest draft of a story, of people who did not work on it."""
    draft = ArticlePage.objects.get(pk=story.pk).get_latest_revision_as_object()
    for name, role in (("first-name", Role.WRITER), ("second-name", Role.SIGNER)):
        person, _created = User.objects.get_or_create(username=name)
        sign(draft, person, role, **(fields if role == Role.SIGNER else {}))
    return draft


def withdraw(page: Page, reason: str = "Asked for") -> None:
    """Unpublish a page; if it is a story, for a reason."""
    with publication_context("", reason):
        page.unpublish()


def make_private(page: Page, kind: str = "login", password: str = "") -> PageViewRestriction:
    """Restrict a page; the stories at and below it go for a reason."""
    with publication_context("", "Asked for"):
        return PageViewRestriction.objects.create(
            page=page, restriction_type=kind, password=password
        )


def move(page: Page, target: Page) -> None:
    """Move a page; if readers lose stories by it, for a reason."""
    with publication_context("", "Asked for"):
        Page.objects.get(pk=page.pk).specific.move(target, pos="last-child")


def erase(page: Page) -> None:
    """Delete a page, a story with its editions: only `clear_demo` does that in the product."""
    QuerySet(Edition).filter(story_id=page.pk).delete()
    with publication_context("", "Asked for"):
        Page.objects.get(pk=page.pk).delete()


def publish_again(story: ArticlePage, **fields: Any) -> ArticlePage:
    """Save a changed story, let two people sign it, publish it."""
    story.save_revision()
    signed(story, **fields)
    ArticlePage.objects.get(pk=story.pk).get_latest_revision().publish(skip_permission_checks=True)
    return ArticlePage.objects.get(pk=story.pk)


def a_section(title: str = "", **fields: Any) -> SectionPage:
    return _under(feed(), SectionPage(title=title or f"Section {next(_numbers)}", **fields))


def an_author(name: str = "", **fields: Any) -> AuthorPage:
    page = AuthorPage(title=name or f"Author {next(_numbers)}", **fields)
    return _under(AuthorIndexPage.objects.get(locale__language_code="en"), page)


def a_page(title: str = "", **fields: Any) -> StandardPage:
    return _under(home(), StandardPage(title=title or f"Page {next(_numbers)}", **fields))


def a_story(
    title: str = "",
    *,
    parent: Page | None = None,
    authors: tuple[AuthorPage, ...] = (),
    tags: tuple[str, ...] = (),
    body: list[tuple[str, Any]] | None = None,
    hours_ago: float = 1,
    live: bool = True,
    **fields: Any,
) -> ArticlePage:
    page = ArticlePage(title=title or f"Story {next(_numbers)}", live=live, **fields)
    page.body = body if body is not None else [("paragraph", "<p>Some words.</p>")]
    page.published_at = timezone.now() - timedelta(hours=hours_ago)
    page.bylines = [Byline(author=author) for author in authors]
    if tags:
        page.tags.set(tags)
    return _under(parent or feed(), page)


def submit(story: ArticlePage, user: User) -> ArticlePage:
    """Send a story into review."""
    Workflow.objects.get(name=WORKFLOW).start(story, user)
    return ArticlePage.objects.get(pk=story.pk)


def decide(
    story: ArticlePage, user: User, action: str = "approve", comment: str = ""
) -> ArticlePage:
    """Approve or return a story at the stage where it is."""
    story = ArticlePage.objects.get(pk=story.pk)
    state = story.current_workflow_task_state
    data = {"comment": comment, "digest": story.draft_digest}
    at = story.get_latest_revision_as_object().go_live_at
    if at and at > timezone.now():
        data["public_from"] = at.isoformat()
    story.current_workflow_task.on_action(state, user, action, **data)
    return ArticlePage.objects.get(pk=story.pk)

"""The ways to the reading view and to what changed."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.models import User
from news.review.permissions import StoryPermissionTester
from news.review.roles import Stage
from news.review.rules import is_editor
from news.review.stages import ReviewTask


@hooks.register("register_page_header_buttons")
def offer_reading(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Beside the story's other actions, also while its editor is locked."""
    tester = page.permissions_for_user(user)
    if page.alias_of_id or not isinstance(tester, StoryPermissionTester):
        return
    if page.pk and tester.can_read_draft():
        reading, changes = (
            reverse(name, args=(page.pk,)) for name in ("read_story", "what_changed")
        )
        yield Button(_("Read and comment"), reading, icon_name="comment", priority=5)
        yield Button(_("What changed"), f"{changes}?since=look", icon_name="history", priority=6)


@hooks.register("before_edit_page")
def a_lawyer_reads(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Who comes to clear a story, and never edits one, finds text and decision on one page."""
    task, user = page.current_workflow_task, request.user
    if not isinstance(task, ReviewTask) or task.stage != Stage.LEGAL or not isinstance(user, User):
        return None
    if user.is_superuser or not task.is_held_by(user, page):
        return None
    tester = page.permissions_for_user(user)
    if is_editor(user, page) or page.owner_id == user.pk or tester.is_named():
        return None
    return redirect("read_story", page.pk)

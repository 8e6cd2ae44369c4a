"""The desk's own screens and the ways to them."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.models import User
from news.desk.permissions import StoryPermissionTester
from news.desk.screens import fix, links, record


@hooks.register("register_admin_urls")
def desk_addresses() -> list[URLPattern]:
    return [
        path("stories/<int:pk>/fix/", fix.fix_live_text, name="fix_live_text"),
        path("stories/<int:pk>/fix/sign/", fix.sign_fix, name="sign_fix"),
        path("stories/<int:pk>/links/", links.draft_links, name="draft_links"),
        path("stories/<int:pk>/links/<int:link>/revoke/", links.revoke_link, name="revoke_link"),
        path("stories/<int:pk>/record/", record.story_record, name="story_record"),
        path(
            "stories/<int:pk>/record/<int:number>/", record.edition_changes, name="edition_changes"
        ),
    ]


@hooks.register("register_page_header_buttons")
def offer_the_fix(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Beside the story's other actions, while it is public."""
    tester = page.permissions_for_user(user)
    if isinstance(tester, StoryPermissionTester) and tester.can_fix_live_text():
        address = reverse("fix_live_text", args=(page.pk,))
        yield Button(_("Fix the live text"), address, icon_name="edit", priority=15)

"""The desk's own screens and the ways to them."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.models import User
from news.desk.holds import may_hold
from news.desk.permissions import StoryPermissionTester
from news.desk.screens import board, breaking, changes, fix, hold, links, notices, reading, record
from news.desk.signatures import hold_on
from news.models import ArticlePage


@hooks.register("register_admin_urls")
def desk_addresses() -> list[URLPattern]:
    return [
        path("board/", board.live_board, name="board"),
        path("stories/<id:pk>/claim/", board.claim_story, name="claim_story"),
        path("stories/<id:pk>/release/", board.release_story, name="release_story"),
        path("stories/<id:pk>/fix/", fix.fix_live_text, name="fix_live_text"),
        path("stories/<id:pk>/fix/sign/", fix.sign_fix, name="sign_fix"),
        path("stories/<id:pk>/breaking/", breaking.publish_at_once, name="publish_breaking"),
        path(
            "stories/<id:pk>/editions/<id:number>/review/",
            breaking.review_breaking,
            name="review_breaking",
        ),
        path("stories/<id:pk>/hold/", hold.legal_hold, name="legal_hold"),
        path("notices/", notices.NoticeList.as_view(), name="notices"),
        path("notices/read/", notices.mark_as_read, name="mark_notices_read"),
        path("stories/<id:pk>/read/", reading.read_story, name="read_story"),
        path("stories/<id:pk>/read/comment/", reading.comment_on_story, name="comment_on_story"),
        path("stories/<id:pk>/read/decide/", reading.decide_on_story, name="decide_on_story"),
        path(
            "stories/<id:pk>/read/<id:comment_pk>/reply/",
            reading.reply_to_comment,
            name="reply_to_comment",
        ),
        path(
            "stories/<id:pk>/read/<id:comment_pk>/resolve/",
            reading.resolve_comment,
            name="resolve_comment",
        ),
        path("stories/<id:pk>/changes/", changes.what_changed, name="what_changed"),
        path("stories/<id:pk>/links/", links.draft_links, name="draft_links"),
        path("stories/<id:pk>/links/<id:link>/revoke/", links.revoke_link, name="revoke_link"),
        path("stories/<id:pk>/record/", record.story_record, name="story_record"),
        path("stories/<id:pk>/record/<id:number>/", record.edition_changes, name="edition_changes"),
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


@hooks.register("register_page_header_buttons")
def offer_the_hold(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if page.specific_class is ArticlePage and may_hold(user, page):
        label = _("Release the story") if hold_on(page.pk) else _("Hold the story")
        address = reverse("legal_hold", args=(page.pk,))
        yield Button(label, address, icon_name="lock", priority=16)

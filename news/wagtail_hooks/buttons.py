"""The ways from a story to the desk's views: beside its title, and in the user bar of its page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.userbar import BaseItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.models import User
from news.desk.draft_links import may_share
from news.desk.legal_hold import may_hold
from news.editions.signatures import hold_on
from news.models import ArticlePage
from news.views.record import may_read_record


class Way(NamedTuple):
    label: str
    view: str
    icon: str
    priority: int
    query: str = ""

    def address(self, story: Page) -> str:
        return reverse(self.view, args=(story.pk,)) + self.query


def fixing_and_holding(story: ArticlePage, user: User) -> Iterator[Way]:
    if story.permissions_for_user(user).can_fix_live_text():
        yield Way(_("Fix the live text"), "fix_live_text", "edit", 15)
    if may_hold(user, story):
        label = _("Release the story") if hold_on(story.pk) else _("Hold the story")
        yield Way(label, "legal_hold", "lock", 16)


def reading_and_sharing(story: ArticlePage, user: User) -> Iterator[Way]:
    if story.permissions_for_user(user).can_read_draft():
        yield Way(_("Read and comment"), "read_story", "comment", 5)
        yield Way(_("What changed"), "what_changed", "history", 6, "?since=look")
    if may_share(user, story):
        yield Way(_("Share the draft"), "draft_links", "link", 16)
    if may_read_record(user, story):
        yield Way(_("Record"), "story_record", "history", 17)


@hooks.register("register_page_header_buttons")
def offer_the_desk(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Beside the story's other actions, also while its editor is locked."""
    if page.specific_class is not ArticlePage or not page.pk:
        return
    story = page.specific
    ways = [*fixing_and_holding(story, user)]
    if not story.alias_of_id:
        ways += reading_and_sharing(story, user)
    for way in ways:
        yield Button(way.label, way.address(story), icon_name=way.icon, priority=way.priority)


class DeskItem(BaseItem):
    template_name = "news/admin/userbar_item.html"

    def __init__(self, way: Way, story: Page) -> None:
        self.label, self.address, self.icon = way.label, way.address(story), way.icon


@hooks.register("construct_wagtail_userbar")
def offer_the_desk_on_the_page(
    request: HttpRequest, items: list[BaseItem], page: Page | None
) -> None:
    user: Any = request.user
    if not isinstance(page, ArticlePage) or not page.pk or getattr(request, "is_preview", False):
        return
    for way in fixing_and_holding(page, user):
        if way.view != "legal_hold" or not page.alias_of_id:
            items.append(DeskItem(way, page))

"""From the page that readers see to its correction, or its hold, in one step."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.userbar import BaseItem
from wagtail.models import Page

from news.desk.legal_hold import may_hold
from news.review.permissions import StoryPermissionTester


class DeskItem(BaseItem):
    """In: a label, an address of the admin and the name of an icon."""

    template_name = "news/admin/userbar_item.html"

    def __init__(self, label: str, address: str, icon: str) -> None:
        self.label = label
        self.address = address
        self.icon = icon


@hooks.register("construct_wagtail_userbar")
def offer_the_desk_on_the_page(
    request: HttpRequest, items: list[BaseItem], page: Page | None
) -> None:
    if page is None or not page.pk or getattr(request, "is_preview", False):
        return
    user: Any = request.user
    tester = page.permissions_for_user(user)
    if not isinstance(tester, StoryPermissionTester):
        return
    if tester.can_fix_live_text():
        fix = reverse("fix_live_text", args=(page.pk,))
        items.append(DeskItem(_("Fix the live text"), fix, "edit"))
    if not page.alias_of_id and may_hold(user, page):
        hold = reverse("legal_hold", args=(page.pk,))
        items.append(DeskItem(_("Hold the story"), hold, "lock"))

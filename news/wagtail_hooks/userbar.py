"""From the page that readers see to its correction in one step."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.userbar import BaseItem
from wagtail.models import Page

from news.desk.permissions import StoryPermissionTester


class FixItem(BaseItem):
    template_name = "news/admin/userbar_fix.html"

    def __init__(self, page: Page) -> None:
        self.page = page


@hooks.register("construct_wagtail_userbar")
def offer_the_fix_on_the_page(
    request: HttpRequest, items: list[BaseItem], page: Page | None
) -> None:
    if page is None or not page.pk or getattr(request, "is_preview", False):
        return
    tester: Any = page.permissions_for_user(request.user)
    if isinstance(tester, StoryPermissionTester) and tester.can_fix_live_text():
        items.append(FixItem(page))

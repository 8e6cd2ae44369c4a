"""The front-page tool in Wagtail's admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from cms.log_actions import register_log_action
from cms.models import User
from home.front.arranging import may_arrange
from home.front.history import ARRANGED, EMPTIED
from home.front.texts import description
from home.front.views import front, front_pages
from home.models import HomePage


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("front/", front, name="front_tool"),
        path("front/<id:pk>/", front, name="front_tool"),
    ]


class FrontPageMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(front_pages(cast(User, request.user)))


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return FrontPageMenuItem(
        gettext_lazy("Front page"),
        reverse_lazy("front_tool"),
        name="front-page",
        icon_name="home",
        order=50,
    )


@hooks.register("register_page_header_buttons")
def header_button(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Beside the front page's other actions, in its editor too."""
    if isinstance(page, HomePage) and may_arrange(page, user):
        address = reverse("front_tool", args=(page.pk,))
        yield Button(_("Choose lead and slots"), address, icon_name="list-ol", priority=5)


@hooks.register("register_log_actions")
def log_actions_of_the_tool(actions: LogActionRegistry) -> None:
    for action, label in (
        (ARRANGED, gettext_lazy("Front page arranged")),
        (EMPTIED, gettext_lazy("Place on the front page emptied itself")),
    ):
        register_log_action(
            actions, action, label, values=lambda data: {"message": description(data)}
        )

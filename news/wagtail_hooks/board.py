"""The board in the place of Wagtail's first screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views import home

from news.views.board import whole_board

REPLACED = (
    home.WorkflowObjectsToModeratePanel,
    home.UserObjectsInWorkflowModerationPanel,
    home.RecentEditsPanel,
    home.LockedPagesPanel,
)


class BoardPanel(Component):
    name = "board"
    template_name = "news/admin/board/board.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        csrf_token = parent_context["csrf_token"]
        return {**whole_board(request), "request": request, "csrf_token": csrf_token}

    @cached_property
    def media(self) -> forms.Media:
        return forms.Media(
            css={"all": ["news/admin/board.css"]},
            js=[Script("news/admin/board.js", type="module")],  # type: ignore[list-item]
        )


@hooks.register("construct_homepage_panels")
def begin_with_the_board(request: HttpRequest, panels: list[Component]) -> None:
    panels[:] = [panel for panel in panels if not isinstance(panel, REPLACED)]
    panels.append(BoardPanel())

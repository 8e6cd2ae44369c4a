"""What is somebody's own: the board as their first screen, their notices, and their mails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views import home
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab
from wagtail.users.models import UserProfile

from cms.models import User
from news.notifications.models import Event, NoticeSettings
from news.views.board import whole_board

# Wagtail's panels on the first screen whose place the board takes.
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
        given = {name: parent_context[name] for name in ("request", "csrf_token")}
        return whole_board(given["request"]) | given

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


class MailForm(forms.Form):
    """Stored is what somebody does not want: an event of the future is mailed as well."""

    mailed = forms.MultipleChoiceField(
        label=_("Mail me"),
        help_text=_("On the board you see all of it, whatever you choose here."),
        choices=Event.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, instance: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = instance
        chosen = NoticeSettings.objects.filter(user=instance).first()
        muted = chosen.without_mail if chosen else []
        self.initial["mailed"] = [event for event in Event.values if event not in muted]

    def save(self) -> None:
        mailed = self.cleaned_data["mailed"]
        muted = [event for event in Event.values if event not in mailed]
        NoticeSettings.objects.update_or_create(user=self.user, defaults={"without_mail": muted})


class MailPanel(BaseSettingsPanel):
    name = "mails"
    title = _("Mails of the desk")
    tab = notifications_tab
    form_class = MailForm
    order = 100


@hooks.register("register_account_settings_panel")
def choose_mails(request: HttpRequest, user: User, profile: UserProfile) -> MailPanel:
    return MailPanel(request, user, profile)


@hooks.register("register_admin_menu_item")
def lead_to_the_notices() -> MenuItem:
    return MenuItem(_("Notices"), reverse("notices"), name="notices", icon_name="mail", order=90)

"""How the newsroom changes Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.actions.create_page import CreatePageAction
from wagtail.actions.registry import ActionRegistry
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.models import User
from news.desk.rules import holds
from news.links import PublicPageLinkHandler
from news.models import ArticlePage, ReviewTask, SectionPage, Tag


@hooks.register("register_rich_text_features", order=10)
def link_to_public_pages_only(features: FeatureRegistry) -> None:
    features.register_link_type(PublicPageLinkHandler)


@hooks.register("before_create_page")
def sections_are_made_by_managing_editors(
    request: HttpRequest, parent: Page, page_class: type[Page]
) -> HttpResponse | None:
    """Whoever may add a story to the feed may not add a section to it."""
    if page_class is SectionPage and not request.user.has_perm("news.add_sectionpage"):
        messages.error(request, _("Sections are made by managing editors."))
        return redirect("wagtailadmin_explore", parent.pk)
    return None


class CreateSectionAction(CreatePageAction):
    """The same rule for the API."""

    def user_has_permission(self) -> bool:
        allowed = self.user is None or self.user.has_perm("news.add_sectionpage")
        return allowed and super().user_has_permission()


@hooks.register("register_actions")
def register_section_action(registry: ActionRegistry) -> None:
    registry.register(SectionPage, CreateSectionAction)


@hooks.register("before_create_page")
def only_stories_are_submitted(
    request: HttpRequest, parent: Page, page_class: type[Page]
) -> HttpResponse | None:
    if page_class is not ArticlePage and "action-submit" in request.POST:
        messages.error(request, _("Only stories go through review."))
        return redirect("wagtailadmin_explore", parent.pk)
    return None


@hooks.register("construct_page_action_menu")
def offer_review_for_stories_only(
    items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """On the form of a new page Wagtail asks the parent only, whatever is being created."""
    match = request.resolver_match
    creating = match.kwargs.get("content_type_model_name") if match else None
    if creating and creating != ArticlePage._meta.model_name:
        items[:] = [item for item in items if item.name != "action-submit"]


@hooks.register("before_edit_page")
def say_who_else_decides(request: HttpRequest, page: Page) -> None:
    """Whoever holds a stage and may not approve there is told why."""
    task, user = page.current_workflow_task, request.user
    if not isinstance(task, ReviewTask) or not isinstance(user, User):
        return
    if holds(user, task, page) and not task.may_approve(page, user):
        messages.info(
            request,
            _("You wrote or changed this text, so somebody else has to approve it at this stage."),
        )


class TagViewSet(SnippetViewSet):
    model = Tag
    icon = "tag"
    menu_label = gettext_lazy("Tags")
    add_to_admin_menu = True
    list_display = ["name", "slug"]
    search_fields = ["name"]


register_snippet(TagViewSet)

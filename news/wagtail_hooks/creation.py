"""Who makes what, and what goes through review."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.actions.create_page import CreatePageAction
from wagtail.actions.registry import ActionRegistry
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from news.content.tags import Tag
from news.models import ArticlePage, SectionPage


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


class TagViewSet(SnippetViewSet):
    model = Tag
    icon = "tag"
    menu_label = gettext_lazy("Tags")
    add_to_admin_menu = True
    list_display = ["name", "slug"]
    search_fields = ["name"]


register_snippet(TagViewSet)

"""Who makes, publishes and deletes what, and what the log says of the desk's actions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.actions.create_page import CreatePageAction
from wagtail.actions.registry import ActionRegistry
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.log_actions import register_log_action
from cms.models import User
from news.content.tags import Tag
from news.desk.draft_links import MADE, REVOKED
from news.desk.models import LiveFix
from news.editions.closing import ask_why
from news.editions.models import Contribution, Edition, Signature
from news.models import ArticlePage, SectionPage


@hooks.register("before_create_page")
def refuse_to_create(
    request: HttpRequest, parent: Page, page_class: type[Page]
) -> HttpResponse | None:
    """Whoever may add a story to the feed may not add a section to it."""
    if page_class is SectionPage and not request.user.has_perm("news.add_sectionpage"):
        messages.error(request, _("Sections are made by managing editors."))
    elif page_class is not ArticlePage and "action-submit" in request.POST:
        messages.error(request, _("Only stories go through review."))
    else:
        return None
    return redirect("wagtailadmin_explore", parent.pk)


class CreateSectionAction(CreatePageAction):
    """The same rule on sections for the API."""

    def user_has_permission(self) -> bool:
        allowed = self.user is None or self.user.has_perm("news.add_sectionpage")
        return allowed and super().user_has_permission()


@hooks.register("register_actions")
def register_section_action(registry: ActionRegistry) -> None:
    registry.register(SectionPage, CreateSectionAction)


@hooks.register("before_bulk_action")
def ask_once_for_all(
    request: HttpRequest, action_type: str, objects: Sequence[Page], action: BulkAction
) -> None:
    """One reason for all stories that pages take with them. Publishing a page with all below it
    leaves the unsigned stories as they are, and says so.
    """
    if action_type not in ("publish", "unpublish"):
        return
    whole = action.cleaned_form.cleaned_data.get("include_descendants")
    pages = [page.get_descendants(inclusive=True) if whole else [page] for page in objects]
    ids = [page.pk for some in pages for page in some]
    stories = ArticlePage.objects.filter(pk__in=ids, alias_of=None)
    if action_type == "unpublish":
        ask_why(list(stories.filter(live=True)))
    elif whole and stories.filter(has_unpublished_changes=True).exists():
        sentence = _("A story becomes public by being signed: stories that are not stay drafts.")
        messages.warning(request, sentence)


@hooks.register("before_delete_user")
def refuse_deleting_signers(request: HttpRequest, user: User) -> HttpResponse | None:
    """On record stay their names; without access they are when deactivated."""
    rows = {Contribution: "person", Signature: "person", Edition: "by", LiveFix: "by"}
    if not any(model.objects.filter(**{who: user}).exists() for model, who in rows.items()):
        return None
    messages.error(
        request, _("They wrote or signed stories, which stays on record: deactivate them instead.")
    )
    return redirect("wagtailusers_users:edit", user.pk)


@hooks.register("before_delete_snippet")
def refuse_deleting_used_tags(
    request: HttpRequest, instances: Sequence[Model]
) -> HttpResponse | None:
    """Stories carry them, and were signed with them."""
    used = [tag for tag in instances if isinstance(tag, Tag) and tag.tagged_items.exists()]
    if not used:
        return None
    names = ", ".join(tag.name for tag in used)
    messages.error(request, _("Stories carry these tags, so they cannot go: %s") % names)
    return redirect(used[0].snippet_viewset.get_url_name("list"))


class TagViewSet(SnippetViewSet):
    model = Tag
    icon = "tag"
    menu_label = gettext_lazy("Tags")
    add_to_admin_menu = True
    list_display = ["name", "slug"]
    search_fields = ["name"]


register_snippet(TagViewSet)


def until(data: dict[str, Any]) -> dict[str, str]:
    moment = parse_datetime(data.get("until", ""))
    return {"until": date_format(moment, "SHORT_DATETIME_FORMAT") if moment else ""}


@hooks.register("register_log_actions")
def what_the_desk_records(actions: LogActionRegistry) -> None:
    register = partial(register_log_action, actions)
    register(
        "dateline.reviewed",
        gettext_lazy("Breaking news reviewed"),
        gettext_lazy("Edition %(edition)s, published as breaking news, was reviewed"),
    )
    held, released = gettext_lazy("Held: %(reason)s"), gettext_lazy("Released: %(reason)s")
    register("dateline.held", gettext_lazy("Held by legal"), held)
    register("dateline.released", gettext_lazy("Released by legal"), released)
    register(
        MADE,
        gettext_lazy("Share the draft by a link"),
        gettext_lazy("Shared the draft by a link, until %(until)s"),
        until,
    )
    register(
        REVOKED,
        gettext_lazy("Revoke a link to the draft"),
        gettext_lazy("Revoked a link to the draft that held until %(until)s"),
        until,
    )

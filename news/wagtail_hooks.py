"""How the newsroom changes Wagtail's admin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.actions.create_page import CreatePageAction
from wagtail.actions.registry import ActionRegistry
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.models import User
from news.desk.guard import why_not_published
from news.desk.permissions import StoryPermissionTester
from news.desk.views import fix_live_text, sign_fix
from news.editions import ask_why
from news.links import PublicPageLinkHandler
from news.models import (
    ArticlePage,
    Contribution,
    Edition,
    LiveFix,
    ReviewTask,
    SectionPage,
    Signature,
    Tag,
)


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
    if task.is_held_by(user, page) and not task.may_approve(page, user):
        messages.info(
            request,
            _("You wrote or changed this text, so somebody else has to approve it at this stage."),
        )


@hooks.register("register_admin_urls")
def desk_addresses() -> list[URLPattern]:
    return [
        path("stories/<int:pk>/fix/", fix_live_text, name="fix_live_text"),
        path("stories/<int:pk>/fix/sign/", sign_fix, name="sign_fix"),
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


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def say_why_not_published(request: HttpRequest, page: Page) -> None:
    """Whoever asked to publish, and may not yet, finds the text saved as a draft."""
    if not isinstance(page, ArticlePage) or "action-publish" not in request.POST:
        return
    story = ArticlePage.objects.get(pk=page.pk)
    if not story.permissions_for_user(request.user).can_publish():
        messages.error(request, why_not_published(story))


@hooks.register("before_bulk_action")
def ask_once_for_all(
    request: HttpRequest, action_type: str, objects: Sequence[Page], action: BulkAction
) -> None:
    """Pages that go with all below them: one reason for all their stories. What is published
    with all below it leaves its unsigned stories as they are, and says so.
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
def keep_who_wrote_or_signed(request: HttpRequest, user: User) -> HttpResponse | None:
    """On record stay their names; without access they are when deactivated."""
    on_record = (
        Contribution.objects.filter(person=user).exists()
        or Signature.objects.filter(person=user).exists()
        or Edition.objects.filter(by=user).exists()
        or LiveFix.objects.filter(by=user).exists()
    )
    if not on_record:
        return None
    messages.error(
        request, _("They wrote or signed stories, which stays on record: deactivate them instead.")
    )
    return redirect("wagtailusers_users:edit", user.pk)


@hooks.register("before_delete_snippet")
def keep_tags_in_use(request: HttpRequest, instances: Sequence[Model]) -> HttpResponse | None:
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

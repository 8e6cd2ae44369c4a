"""Who wrote a text, and who holds a stage of its review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from wagtail.models import AbstractGroupApprovalTask, Page

if TYPE_CHECKING:
    from cms.models import User


def writers(page: Page) -> set[int]:
    """Ids of the users whose story it is: who started it, submitted it or stands in its byline."""
    draft = page.get_latest_revision_as_object()
    authors = [byline.author for byline in draft.bylines.all().select_related("author")]
    state = page.current_workflow_state
    people = {author.user_id for author in authors} | {page.owner_id}
    if state is not None:
        people.add(state.requested_by_id)
    return {pk for pk in people if pk}


def contributors(page: Page) -> set[int]:
    """`writers`, and everybody who saved the text since it was last published."""
    revisions = page.revisions.filter(user__isnull=False)
    if page.live_revision_id:
        revisions = revisions.filter(pk__gt=page.live_revision_id)
    return writers(page) | set(revisions.values_list("user_id", flat=True))


def obstacle(draft: Page) -> str:
    """Why a draft cannot pass review, as a sentence; empty if nothing stands in its way."""
    image = draft.lead_image
    if image is not None and not (image.credit and image.description):
        return gettext("The lead image needs a credit and an alt text before review.")
    return ""


def holds(user: User, task: AbstractGroupApprovalTask, page: Page) -> bool:
    """Whether the stage is the user's on this page.

    A group that has page permissions somewhere holds its stage there and below; a group
    without any holds it everywhere.
    """
    if user.is_superuser:
        return True
    groups = task.groups.filter(user=user).prefetch_related("page_permissions__page")
    for group in groups:
        grants = group.page_permissions.all()
        if not grants or any(page.path.startswith(grant.page.path) for grant in grants):
            return True
    return False

"""Legal hold: whatever was signed, nothing of the story becomes public until it is released."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import Page

from cms.models import User
from news.editions.choices import Role
from news.editions.errors import Refused
from news.editions.signatures import hold_on, sign
from news.models import ArticlePage
from news.review.access import Access
from news.review.roles import Stage
from news.review.stages import stage_holders

NOT_THEIRS = gettext_lazy("Legal reviewers hold a story, and release it.")


def may_hold(user: User, page: Page) -> bool:
    """For lawyers of this newsroom."""
    stages = stage_holders(stage=Stage.LEGAL, active=True).values()
    access = Access.of(user)
    return user.is_active and any(access.holds(stage, page.path) for stage in stages)


@transaction.atomic
def set_hold(story: ArticlePage, user: User, reason: str, *, held: bool) -> None:
    """Hold a story, or release it. Raises Refused."""
    story = ArticlePage.objects.select_for_update().get(pk=story.pk)
    if not may_hold(user, story):
        raise Refused(str(NOT_THEIRS), story)
    if not reason.strip():
        raise Refused(_("Say why: it stays on record."), story)
    if held == (hold_on(story.pk) is not None):
        raise Refused(_("It is held already.") if held else _("It is not held."), story)
    role = Role.HOLD if held else Role.RELEASE
    sign(story.get_latest_revision_as_object(), user, role, reason=reason)
    action = "dateline.held" if held else "dateline.released"
    log(instance=story, action=action, user=user, data={"reason": reason})

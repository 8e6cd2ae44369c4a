"""Legal hold: whatever was signed, nothing of the story becomes public until it is released."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from cms.models import User
from news.desk.audience import who_touched
from news.desk.notices import tell
from news.desk.refusals import Refused
from news.desk.roles import MANAGING_EDITORS
from news.desk.rules import holds
from news.desk.signatures import hold_on, sign
from news.kinds import Event, Role
from news.models import ArticlePage, ReviewTask
from news.models.desk import Stage


def may_hold(user: User, page: Page) -> bool:
    """Whether the user is a lawyer of this newsroom, for this page."""
    stages = ReviewTask.objects.filter(stage=Stage.LEGAL, active=True)
    return user.is_active and any(holds(user, task, page) for task in stages)


@transaction.atomic
def set_hold(story: ArticlePage, user: User, reason: str, *, held: bool) -> None:
    """Hold a story, or release it. Raises Refused."""
    story = ArticlePage.objects.select_for_update().get(pk=story.pk)
    if not may_hold(user, story):
        raise Refused(_("Legal reviewers hold a story, and release it."), story)
    if not reason.strip():
        raise Refused(_("Say why: it stays on record."), story)
    if held == (hold_on(story.pk) is not None):
        sentence = _("It is held already.") if held else _("It is not held.")
        raise Refused(sentence, story)
    role = Role.HOLD if held else Role.RELEASE
    sign(story.get_latest_revision_as_object(), user, role, reason=reason)
    action = "dateline.held" if held else "dateline.released"
    log(instance=story, action=action, user=user, data={"reason": reason})
    chiefs = User.objects.filter(groups__name=MANAGING_EDITORS)
    people = who_touched(story) | set(chiefs)
    tell(Event.HELD if held else Event.RELEASED, people, story, by=user, reason=reason)

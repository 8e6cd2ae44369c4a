"""What stands in the way of a text, and small questions about who may do what with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from wagtail.models import Page, Revision

if TYPE_CHECKING:
    from cms.models import User


def obstacle(draft: Page) -> str:
    """Why a draft cannot pass review, as a sentence; empty if nothing stands in its way."""
    image = draft.lead_image
    if image is not None and not (image.credit and image.description):
        return gettext("The lead image needs a credit and an alt text before review.")
    return ""


def is_editor(user: User, page: Page) -> bool:
    """Whether the user edits other people's stories here: Editors of the section, and above."""
    tester = page.permissions_for_user(user)
    return user.is_superuser or (user.is_active and "change" in tester.permissions)


def may_place_alias(user: User, place: Page) -> bool:
    """Whether the user may show a story in a second section: a managing editor there."""
    tester = place.permissions_for_user(user)
    return user.is_superuser or (user.is_active and "publish" in tester.permissions)


def keep_the_legal_flag(draft: Page, before: Revision | None, user: User | None) -> None:
    """Who may not edit other people's stories may ask for a lawyer, not send one away."""
    flagged = before is not None and before.content.get("needs_legal_review")
    if flagged and user is not None and not is_editor(user, draft):
        draft.needs_legal_review = True


def is_unlocked(page: Page, user: User) -> bool:
    """Whether the text is open to this person now. Saving asks again."""
    lock = page.get_lock()
    return not (lock and lock.for_user(user))

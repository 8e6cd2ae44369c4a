"""What becomes of a story when one of Wagtail's actions is carried out on it.

Wagtail publishes and unpublishes by two actions, whichever channel was used. Each function here
takes the place of a method of an action (`wagtail_patches.py`) and gets the stock method first.
Code that saves a live story past the actions is refused by `saving.py`, and what even that cannot
see, updates of a queryset and SQL, by `triggers.py`.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from cms.changes.models import lock_stream, record_change
from cms.models import User
from news.editions.choices import Channel, Role
from news.editions.closing import ask_why, close
from news.editions.context import publication_context
from news.editions.errors import Refused
from news.editions.facts import STORY
from news.editions.publishing import publish
from news.editions.settings import signs_alone
from news.editions.signatures import sign, signed_text
from news.guard.visibility import facts_at
from news.models import ArticlePage
from news.review.permissions import may_place_alias
from news.review.signing import respect_embargo


def refuse_before_anything_is_touched(
    stock: Any, action: Any, skip_permission_checks: bool = False
) -> None:
    story, user = action.object, action.user
    asked = isinstance(story, ArticlePage) and user and not skip_permission_checks
    if asked and not story.permissions_for_user(user).can_publish():
        raise Refused(why_not_published(story), story=story)
    stock(action, skip_permission_checks)


def why_not_published(story: ArticlePage) -> str:
    """The sentence for somebody who may not publish a story as it stands."""
    text = signed_text(story.get_latest_revision_as_object())
    return text.missing or _("This text is signed. A managing editor has to publish it.")


def publish_by_edition(
    stock: Any, action: Any, revision: Revision, object: Any, user: Any, **kwargs: Any
) -> None:
    write = partial(stock, action, revision, object, user=user, **kwargs)
    if not isinstance(object, ArticlePage):
        write()
        return
    respect_embargo(object, object.go_live_at)
    if user is not None and signs_alone():
        sign_by_publishing(object, user)
    if object.go_live_at and object.go_live_at > timezone.now():
        if missing := signed_text(object).missing:
            raise Refused(missing, story=object)
        write()
        return
    publish(object, revision, user=user, write=write)


def sign_by_publishing(draft: ArticlePage, user: User) -> None:
    """Where one signature is enough, a managing editor who publishes has signed."""
    text = signed_text(draft)
    if text.missing and draft.permissions_for_user(user).is_publisher:
        sign(draft, user, Role.SIGNER, text=text.digest)


def unpublish_by_edition(stock: Any, action: Any, object: Any, *args: Any, **kwargs: Any) -> None:
    """Wagtail unpublishes without a commit what it deletes: of an alias nothing is lost."""
    story = object.specific if isinstance(object, Page) else object
    if isinstance(story, ArticlePage) and story.live:
        if story.alias_of_id is None:
            withdraw(story, expired=action.set_expired, user=action.user)
        elif story.alias_of.live and action.commit:
            raise Refused(
                _("This is the same story in a second section: it follows its source. Delete it.")
            )
    stock(action, object, *args, **kwargs)


def withdraw(story: ArticlePage, *, expired: bool, user: User | None) -> None:
    if not expired:
        close([story], channel=Channel.UNPUBLISHED, live=False, user=user)
        return
    with publication_context(Channel.EXPIRED, story.expiry_reason or _("Its time was over.")):
        close([story], channel=Channel.EXPIRED, live=False, user=user)


@transaction.atomic
def count_them_first(stock: Any, action: Any, *args: Any, **kwargs: Any) -> None:
    """A page that goes with all below it: one transaction, one reason for all their stories."""
    if action.include_descendants:
        below = ArticlePage.objects.descendant_of(action.object, inclusive=True)
        public = list(below.filter(live=True, alias_of=None))
        ask_why(public)
    stock(action, *args, **kwargs)


def ask_the_role(stock: Any, action: Any, skip_permission_checks: bool = False) -> None:
    """An alias shows what is public already: no signature, but who publishes at its new place."""
    story, user, place = action.page.specific, action.user, action.parent
    asked = isinstance(story, ArticlePage) and user and not skip_permission_checks
    if not asked:
        stock(action, skip_permission_checks)
        return
    place = place or story.get_parent()
    if not story.permissions_for_user(user).can_copy_to(place) or not may_place_alias(user, place):
        raise Refused(_("Managing editors put a story into a second section."), story)
    stock(action, skip_permission_checks=True)


def record_the_alias(stock: Any, action: Any, page: Page, **kwargs: Any) -> Page:
    with transaction.atomic():
        lock_stream()
        alias: Page = stock(action, page, **kwargs)
        if after := facts_at(alias):
            record_change("created", STORY, alias.pk, None, after)
        return alias

"""The gate below every channel: nothing of a story becomes public, or stops being so, but by an
edition.

Wagtail publishes and unpublishes by two actions, whichever channel was used; both ask here first
and are one transaction. Code that saves a live story past them is refused by `pre_save` (see
`saving.py`), and what even that cannot see, updates of a queryset and SQL, by `triggers.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.admin import signal_handlers
from wagtail.admin.views.account import NotificationsSettingsPanel
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page, Revision

from cms.models import User
from news.editions.choices import Channel, Role
from news.editions.closing import ask_why, close
from news.editions.context import publication_context
from news.editions.errors import Refused
from news.editions.publishing import publish
from news.editions.settings import signs_alone
from news.editions.signatures import sign, signed_text
from news.models import ArticlePage
from news.review.permissions import may_place_alias
from news.review.signing import respect_embargo


def instead_of(owner: type, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Put a function in the place of a method of Wagtail's; it gets that method first."""

    def replace(ours: Callable[..., Any]) -> Callable[..., Any]:
        stock = getattr(owner, name)

        @wraps(stock)
        def method(self: Any, *args: Any, **kwargs: Any) -> Any:
            return ours(stock, self, *args, **kwargs)

        setattr(owner, name, method)
        return ours

    return replace


@instead_of(PublishPageRevisionAction, "check")
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


@instead_of(PublishRevisionAction, "_publish_revision")
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


@instead_of(UnpublishAction, "_unpublish_object")
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


@instead_of(UnpublishPageAction, "execute")
def count_them_first(stock: Any, action: Any, *args: Any, **kwargs: Any) -> None:
    """A page that goes with all below it: one reason for all their stories."""
    if action.include_descendants:
        below = ArticlePage.objects.descendant_of(action.object, inclusive=True)
        public = list(below.filter(live=True, alias_of=None))
        ask_why(public)
    stock(action, *args, **kwargs)


@instead_of(CreatePageAliasAction, "check")
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


CopyPageAction.execute = transaction.atomic(CopyPageAction.execute)
PublishRevisionAction.execute = transaction.atomic(PublishRevisionAction.execute)
UnpublishAction.execute = transaction.atomic(UnpublishAction.execute)
UnpublishPageAction.execute = transaction.atomic(UnpublishPageAction.execute)


def notify_nobody(*args: Any) -> None:
    """Tells nobody."""


# Wagtail connects its notifiers when its own app is ready, which is after ours.
signal_handlers.register_signal_handlers = notify_nobody
EditView.send_commenting_notifications = notify_nobody
# Their settings in the account: ours are in `news.wagtail_hooks.account`.
NotificationsSettingsPanel.is_active = notify_nobody

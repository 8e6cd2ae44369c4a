"""The gate below every door: nothing of a story becomes public, or stops being so, but by an
edition.

Wagtail publishes and unpublishes by two actions, whichever door was used; both ask here first and
are one transaction. Code that saves a live story past them is refused by `pre_save`, and what even
that cannot see (updates of a queryset, SQL) by a trigger: see `triggers.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial, wraps
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, Revision

from cms.models import User
from news import editions
from news.desk.passage import through
from news.desk.permissions import signs_alone
from news.desk.refusals import Refused
from news.desk.rules import may_place_alias
from news.desk.signatures import names_on, newest_edition, sign
from news.desk.signing import respect_embargo
from news.document import IN, digest, document
from news.kinds import Door, Role
from news.models import ArticlePage, Edition

GUARDED = {"live", "alias_of", "alias_of_id", *IN}
# Of the document, what stands in the row that every page has.
ON_PAGE = ("title", "slug", "seo_title", "search_description")


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
    _names, missing = names_on(story.get_latest_revision_as_object())
    return missing or _("This text is signed. A managing editor has to publish it.")


@instead_of(PublishRevisionAction, "_publish_revision")
def publish_by_edition(
    stock: Any, action: Any, revision: Revision, object: Any, user: Any, **kwargs: Any
) -> None:
    write = partial(stock, action, revision, object, user=user, **kwargs)
    if not isinstance(object, ArticlePage):
        write()
        return
    respect_embargo(object, object.go_live_at)
    if may_sign_by_publishing(object, user):
        sign(object, user, Role.SIGNER)
    if object.go_live_at and object.go_live_at > timezone.now():
        _names, missing = names_on(object)
        if missing:
            raise Refused(missing, story=object)
        write()
        return
    editions.publish(object, revision, user=user, write=write)


def may_sign_by_publishing(draft: ArticlePage, user: User | None) -> bool:
    """A managing editor who publishes where one signature is enough."""
    if user is None or not signs_alone():
        return False
    tester = draft.permissions_for_user(user)
    _names, missing = names_on(draft)
    return bool(missing) and tester.is_publisher


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
        editions.close([story], door=Door.UNPUBLISHED, live=False, user=user)
        return
    with through(Door.EXPIRED, story.expiry_reason or _("Its time was over.")):
        editions.close([story], door=Door.EXPIRED, live=False, user=user)


@instead_of(UnpublishPageAction, "execute")
def count_them_first(stock: Any, action: Any, *args: Any, **kwargs: Any) -> None:
    """A page that goes with all below it: one reason for all their stories."""
    if action.include_descendants:
        below = ArticlePage.objects.descendant_of(action.object, inclusive=True)
        public = list(below.filter(live=True, alias_of=None))
        editions.ask_why(public)
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


@receiver(pre_save)
def keep_to_the_editions(
    sender: type, instance: Any, raw: bool, update_fields: Iterable[str] | None, **kwargs: Any
) -> None:
    """Saving a story passes if it changes nothing public, and is refused if it would."""
    if raw or not is_story(sender, instance):
        return
    if update_fields is not None and not GUARDED & set(update_fields):
        return
    if instance.alias_of_id:
        instance.live = bool(instance.alias_of.live)
        edition = newest_edition(instance.alias_of_id)
        if not instance.live or edition is None:
            return
        if sender is ArticlePage:
            refuse_if_other_text(instance, edition, ignore={"slug", "published_at"})
        else:
            refuse_if_other_words(instance, edition, ignore={"slug"})
        return
    if instance._state.adding:
        begin_as_draft(instance)
        return
    edition = newest_edition(instance.pk)
    if not instance.live:
        if edition is not None and edition.live:
            raise Refused(_("A public story is withdrawn with a reason, not saved away."), instance)
        return
    if edition is None or not edition.live:
        raise Refused(_("A story becomes public by being signed and published."), instance)
    if sender is ArticlePage:
        refuse_if_other_text(instance, edition)
    else:
        refuse_if_other_words(instance, edition)


def begin_as_draft(story: Page) -> None:
    """Whatever it says of itself: one that is created and published in one go, a copy."""
    if story.live:
        story.live, story.has_unpublished_changes = False, True
        story.live_revision = story.first_published_at = story.last_published_at = None


def is_story(sender: type, instance: Any) -> bool:
    if sender is not Page:
        return sender is ArticlePage
    story_type = ContentType.objects.get_for_model(ArticlePage)
    return bool(instance.content_type_id == story_type.pk)


def refuse_if_other_text(story: ArticlePage, edition: Edition, ignore: Iterable[str] = ()) -> None:
    now = document(story)
    for name in ignore:
        now[name] = edition.document.get(name)
    if digest(now) != edition.digest:
        raise Refused(_("This would change a public story without anybody signing it."), story)


def refuse_if_other_words(story: Page, edition: Edition, ignore: Iterable[str] = ()) -> None:
    """The same for the base row alone, which holds a part of the document."""
    names = [name for name in ON_PAGE if name not in ignore]
    if any(getattr(story, name) != edition.document[IN[name]] for name in names):
        raise Refused(_("This would change a public story without anybody signing it."), story)

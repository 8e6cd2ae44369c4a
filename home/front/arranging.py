"""Changing who stands where: at once, by Wagtail's own publication, beside a draft that waits."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Revision

from cms.changes.models import lock_stream
from cms.models import User
from home.front.deeds import Deed, deed_of
from home.front.history import write
from home.front.words import sentence
from home.models import HomePage
from home.places import Places
from news.editions.errors import Refused


class ChangedMeanwhile(Refused):
    """Somebody else was faster: nothing was changed."""


def seen(home: HomePage) -> str:
    """What a form carries of the front page that it was made for."""
    return ".".join(str(pk or 0) for pk in (home.live_revision_id, *home.places))


def may_arrange(home: HomePage, user: User) -> bool:
    tester = home.permissions_for_user(user)
    return bool(tester.can_edit() and tester.can_publish())


def why_closed(home: HomePage, user: User) -> str:
    """Why nothing can be changed now, in a sentence; empty if it can."""
    if not home.live:
        return _("This front page is not public: publish it in its editor first.")
    if home.workflow_in_progress:
        return _("This front page is in review: changing it now would end the review.")
    lock = home.get_lock()
    if lock is not None and lock.for_user(user):
        return strip_tags(lock.get_message(user))
    return ""


@transaction.atomic
def arrange(pk: int, user: User, posted: Mapping[str, str]) -> str:
    """In: the front page, who asks for what, in which state they saw it ("seen").

    Out: what happened, in a sentence. Raises Refused with nothing changed; what was asked and is
    so already changes nothing either.
    """
    lock_stream()
    home = HomePage.objects.get(pk=pk)
    if not may_arrange(home, user):
        raise Refused(_("The front page is arranged by managing editors."))
    if closed := why_closed(home, user):
        raise Refused(closed)
    if posted.get("seen") != seen(home):
        raise ChangedMeanwhile(_changed_by(home))
    deed = deed_of(home, posted)
    if deed.places == home.places:
        return _("It stands there already.")
    _publish(home, deed, user)
    return sentence(deed.data)


def _changed_by(home: HomePage) -> str:
    person = home.live_revision.user if home.live_revision else None
    name = get_user_display_name(person) if person else _("somebody")
    return _(
        "The front page changed meanwhile, last by %(name)s: look again. Nothing was changed now."
    ) % {"name": name}


def _publish(home: HomePage, deed: Deed, user: User) -> None:
    before = home.places
    draft = home.get_latest_revision() if home.has_unpublished_changes else None
    home.place(deed.places)
    revision = home.save_revision(user=user)
    revision.publish(user=user)
    data = deed.data | {"before": before, "after": deed.places}
    write(home, user, revision, data)
    if draft is not None:
        _keep(draft, before, deed.places)


def _keep(draft: Revision, before: Places, after: Places) -> None:
    """A draft that waits stays the newest. Places that it has changed itself stay its own."""
    waiting = Revision.objects.get(pk=draft.pk).as_object()
    if waiting.places == before:
        waiting.place(after)
    waiting.save_revision(user=draft.user, clean=False)

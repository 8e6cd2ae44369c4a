"""Arranging the front page: what a posted form asks for is published at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import log

from cms.changes.models import lock_stream
from cms.ids import MAX_ID_DIGITS
from cms.models import User
from home.front.history import ARRANGED, History
from home.front.texts import description
from home.models import HomePage
from home.places import PLACES, Places
from news.editions.errors import Refused
from news.models import ArticlePage

MOVES = {"up": -1, "down": 1}


class ChangedMeanwhile(Refused):
    """Somebody else was faster: nothing was changed."""


def state_of(home: HomePage) -> str:
    """What a form carries of the front page that it was made for."""
    return ".".join(str(pk or 0) for pk in (home.live_revision_id, *home.places))


def may_arrange(home: HomePage, user: User) -> bool:
    tester = home.permissions_for_user(user)
    return bool(tester.can_edit() and tester.can_publish())


def reason_closed(home: HomePage, user: User) -> str:
    """Why nothing can be changed now; empty if it can."""
    if not home.live:
        return _("This front page is not public: publish it in its editor first.")
    if home.workflow_in_progress:
        return _("This front page is in review: changing it now would end the review.")
    lock = home.get_lock()
    return strip_tags(lock.get_message(user)) if lock and lock.for_user(user) else ""


@transaction.atomic
def arrange(pk: int, user: User, posted: Mapping[str, str]) -> str:
    """Do what a form asks for and describe it. Raises Refused with nothing changed; what is so
    already changes nothing either.
    """
    lock_stream()
    home = HomePage.objects.get(pk=pk)
    if not may_arrange(home, user):
        raise Refused(_("The front page is arranged by managing editors."))
    if closed := reason_closed(home, user):
        raise Refused(closed)
    if posted.get("seen") != state_of(home):
        person = home.live_revision.user if home.live_revision else None
        name = get_user_display_name(person) if person else _("somebody")
        text = _(
            "The front page changed meanwhile, last by %(name)s: look again. Nothing was changed "
            "now."
        )
        raise ChangedMeanwhile(text % {"name": name})
    action, history = posted.get("do", ""), History(home)
    if action in ("undo", "redo"):
        restoration = history.undo if action == "undo" else history.redo
        if restoration is None:
            raise Refused(_("There is nothing to undo or to do again."))
        arrangement, restores, places = restoration
        data = {"did": action, "told": arrangement.data, "restores": restores}
    else:
        places, data = _changed(home, action, posted)
        data["parent"] = history.current
    if places == home.places:
        return _("It stands there already.")
    _publish(home, user, places, data)
    return description(data)


def _changed(
    home: HomePage, action: str, posted: Mapping[str, str]
) -> tuple[Places, dict[str, Any]]:
    """The places as they shall be, and the data of the log entry."""
    places = list(home.places)
    at = _place(posted.get("place", ""))
    if action == "put":
        story = _public_story(home, posted.get("story", ""))
        if story.pk in places:
            places[places.index(story.pk)] = places[at]
        places[at] = story.pk
        return tuple(places), {"did": "put", "at": at, "headline": story.title}
    chosen = places[at]
    if chosen is None:
        raise Refused(_("Nobody stands there: this place fills itself."))
    if action == "empty":
        places[at] = None
        return tuple(places), {"did": "empty", "at": at}
    to = _place(str(at + MOVES[action]) if action in MOVES else "")
    places[at], places[to] = places[to], chosen
    headline = ArticlePage.objects.values_list("title", flat=True).get(pk=chosen)
    return tuple(places), {"did": "swap", "at": to, "headline": headline}


def _place(number: str) -> int:
    if number not in map(str, range(PLACES)):
        raise Refused(_("The front page has no such place."))
    return int(number)


def _public_story(home: HomePage, pk: str) -> ArticlePage:
    """In the language of the page and in its own section: an alias cannot be chosen."""
    stories = ArticlePage.objects.published().filter(language_id=home.locale_id, alias_of=None)
    is_number = pk.isdecimal() and len(pk) <= MAX_ID_DIGITS
    found = stories.filter(pk=pk).first() if is_number else None
    if found is None:
        raise Refused(_("Only public stories in the language of this page can stand on it."))
    return found


def _publish(home: HomePage, user: User, places: Places, data: dict[str, Any]) -> None:
    """Beside a draft that waits: it stays the newest. Places that it has changed stay its own."""
    before = home.places
    draft = home.get_latest_revision() if home.has_unpublished_changes else None
    home.place(places)
    revision = home.save_revision(user=user)
    revision.publish(user=user)
    log(instance=home, action=ARRANGED, user=user, revision=revision, data=data)
    if draft is not None:
        waiting = draft.as_object()
        if waiting.places == before:
            waiting.place(places)
        waiting.save_revision(user=draft.user, clean=False)

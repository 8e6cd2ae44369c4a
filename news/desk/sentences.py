"""What people are told, in words: for mails, the board and the list of notices."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from news.kinds import Event
from news.models import Notice


class Words(NamedTuple):
    """`short` goes before a headline; `done` says who did it; `itself` where nobody did."""

    short: Promise
    done: Promise
    itself: Promise


WORDS = {
    Event.SUBMITTED: Words(
        _("For your review"),
        _("%(who)s submitted “%(story)s”. It waits for your review."),
        _("“%(story)s” waits for your review."),
    ),
    Event.PASSED_ON: Words(
        _("For your decision"),
        _("%(who)s passed on “%(story)s”. It waits for your decision."),
        _("“%(story)s” waits for your decision."),
    ),
    Event.RETURNED: Words(
        _("Returned"),
        _("%(who)s returned “%(story)s”."),
        _("“%(story)s” was returned."),
    ),
    Event.WITHDRAWN: Words(
        _("Withdrawn from review"),
        _("%(who)s withdrew “%(story)s” from review."),
        _("“%(story)s” was withdrawn from review."),
    ),
    Event.PUBLISHED: Words(
        _("Published"),
        _("%(who)s published “%(story)s”."),
        _("“%(story)s” was published at its time."),
    ),
    Event.SCHEDULED: Words(
        _("Has its time"),
        _("%(who)s signed “%(story)s”. It will be published at its time."),
        _("“%(story)s” is signed. It will be published at its time."),
    ),
    Event.BREAKING: Words(
        _("Breaking news"),
        _("%(who)s published “%(story)s” as breaking news. A second person has to read it."),
        _("“%(story)s” was published as breaking news. A second person has to read it."),
    ),
    Event.LATE: Words(
        _("Still unreviewed"),
        _("“%(story)s”, published by %(who)s as breaking news, is still unreviewed."),
        _("“%(story)s”, published as breaking news, is still unreviewed."),
    ),
    Event.REVIEWED: Words(
        _("Reviewed"),
        _("%(who)s read and signed “%(story)s” after publication."),
        _("“%(story)s” was read and signed after publication."),
    ),
    Event.HELD: Words(
        _("Held"),
        _("%(who)s holds “%(story)s” for legal reasons."),
        _("“%(story)s” is held for legal reasons."),
    ),
    Event.RELEASED: Words(
        _("Released"),
        _("%(who)s released “%(story)s”."),
        _("“%(story)s” was released."),
    ),
    Event.FIX: Words(
        _("Fix to sign"),
        _("%(who)s fixed the live text of “%(story)s”. Somebody else has to sign it."),
        _("A fix of the live text of “%(story)s” waits for a signature."),
    ),
    Event.REFUSED: Words(
        _("Not published"),
        _("“%(story)s” could not be published at its time."),
        _("“%(story)s” could not be published at its time."),
    ),
    Event.COMMENTED: Words(
        _("Comment"),
        _("%(who)s commented on “%(story)s”."),
        _("There is a new comment on “%(story)s”."),
    ),
    Event.MENTIONED: Words(
        _("You were mentioned"),
        _("%(who)s mentioned you in a comment on “%(story)s”."),
        _("You were mentioned in a comment on “%(story)s”."),
    ),
}


def headline(notice: Notice) -> str:
    """The newest one, in one line."""
    story = notice.story
    return " ".join((story.draft_title or story.title).split())


def sentence(notice: Notice) -> str:
    """What happened, and who did it."""
    words = WORDS[Event(notice.event)]
    text = words.done if notice.by else words.itself
    return str(text) % {"who": str(notice.by or ""), "story": headline(notice)}


def subject(notice: Notice, publication: str) -> str:
    """One line, whatever a headline or a name holds: it goes into a mail's head."""
    short = WORDS[Event(notice.event)].short
    return " ".join(f"[{publication}] {short}: {headline(notice)}".split())

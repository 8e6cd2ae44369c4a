"""What people are told, in words: for mails, the board and the list of notices."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from news.notifications.models import Event, Notice


class EventTexts(NamedTuple):
    """`short` goes before a headline; `done` says who did it; `itself` where nobody did."""

    short: Promise
    done: Promise
    itself: Promise


TEXTS = {
    Event.SUBMITTED: EventTexts(
        _("For your review"),
        _("%(who)s submitted “%(story)s”. It waits for your review."),
        _("“%(story)s” waits for your review."),
    ),
    Event.PASSED_ON: EventTexts(
        _("For your decision"),
        _("%(who)s passed on “%(story)s”. It waits for your decision."),
        _("“%(story)s” waits for your decision."),
    ),
    Event.RETURNED: EventTexts(
        _("Returned"),
        _("%(who)s returned “%(story)s”."),
        _("“%(story)s” was returned."),
    ),
    Event.WITHDRAWN: EventTexts(
        _("Withdrawn from review"),
        _("%(who)s withdrew “%(story)s” from review."),
        _("“%(story)s” was withdrawn from review."),
    ),
    Event.PUBLISHED: EventTexts(
        _("Published"),
        _("%(who)s published “%(story)s”."),
        _("“%(story)s” was published at its time."),
    ),
    Event.SCHEDULED: EventTexts(
        _("Has its time"),
        _("%(who)s signed “%(story)s”. It will be published at its time."),
        _("“%(story)s” is signed. It will be published at its time."),
    ),
    Event.BREAKING: EventTexts(
        _("Breaking news"),
        _("%(who)s published “%(story)s” as breaking news. A second person has to read it."),
        _("“%(story)s” was published as breaking news. A second person has to read it."),
    ),
    Event.LATE: EventTexts(
        _("Still unreviewed"),
        _("“%(story)s”, published by %(who)s as breaking news, is still unreviewed."),
        _("“%(story)s”, published as breaking news, is still unreviewed."),
    ),
    Event.REVIEWED: EventTexts(
        _("Reviewed"),
        _("%(who)s read and signed “%(story)s” after publication."),
        _("“%(story)s” was read and signed after publication."),
    ),
    Event.HELD: EventTexts(
        _("Held"),
        _("%(who)s holds “%(story)s” for legal reasons."),
        _("“%(story)s” is held for legal reasons."),
    ),
    Event.RELEASED: EventTexts(
        _("Released"),
        _("%(who)s released “%(story)s”."),
        _("“%(story)s” was released."),
    ),
    Event.FIX: EventTexts(
        _("Fix to sign"),
        _("%(who)s fixed the live text of “%(story)s”. Somebody else has to sign it."),
        _("A fix of the live text of “%(story)s” waits for a signature."),
    ),
    Event.REFUSED: EventTexts(
        _("Not published"),
        _("“%(story)s” could not be published at its time."),
        _("“%(story)s” could not be published at its time."),
    ),
    Event.COMMENTED: EventTexts(
        _("Comment"),
        _("%(who)s commented on “%(story)s”."),
        _("There is a new comment on “%(story)s”."),
    ),
    Event.MENTIONED: EventTexts(
        _("You were mentioned"),
        _("%(who)s mentioned you in a comment on “%(story)s”."),
        _("You were mentioned in a comment on “%(story)s”."),
    ),
}


def headline(notice: Notice) -> str:
    """The newest one, in one line."""
    story = notice.story
    return " ".join((story.draft_title or story.title).split())


def notice_text(notice: Notice) -> str:
    words = TEXTS[Event(notice.event)]
    text = words.done if notice.by else words.itself
    return str(text) % {"who": str(notice.by or ""), "story": headline(notice)}


def mail_subject(notice: Notice, publication: str) -> str:
    """One line, whatever a headline or a name holds: it goes into a mail's head."""
    short = TEXTS[Event(notice.event)].short
    return " ".join(f"[{publication}] {short}: {headline(notice)}".split())

"""A draft for somebody without an account: an address that nobody can guess, until it expires."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from cms.models import User
from news.desk.models import DraftLink
from news.editions.choices import Kind
from news.editions.errors import Refused
from news.editions.signatures import hold_on, newest_edition
from news.models import ArticlePage
from news.review.permissions import is_editor

MADE, REVOKED = "news.draft_link.make", "news.draft_link.revoke"
DAYS = (1, 3, 7, 14)
NOT_THEIRS = gettext_lazy("A draft is shared by its writers and the editors of its section.")


def may_share(user: User, story: ArticlePage) -> bool:
    """Whose story it is, whom it names, editors of its section and above.

    Not whoever only holds a stage of its review: a lawyer reads, and shows it to nobody.
    """
    if not user.is_active or story.alias_of_id:
        return False
    if is_editor(user, story):
        return True
    tester = story.permissions_for_user(user)
    return ("add" in tester.permissions and story.owner_id == user.pk) or tester.is_named()


def why_closed(story: ArticlePage) -> str:
    """Why a story is shown to nobody by a link, as a sentence; empty if it may be."""
    if hold_on(story.pk):
        return _("Legal holds this story: it is shown to nobody outside.")
    edition = newest_edition(story.pk)
    if edition is not None and edition.kind == Kind.TAKEDOWN:
        return _("This story was taken down: it is shown to nobody outside.")
    return ""


@transaction.atomic
def make_link(story: ArticlePage, user: User, days: int) -> tuple[DraftLink, str]:
    """The link, and its token, which is told once: only its hash is kept. Raises Refused."""
    if not may_share(user, story):
        raise Refused(str(NOT_THEIRS))
    if sentence := why_closed(story):
        raise Refused(sentence, story)
    if days not in DAYS:
        raise ValueError(f"A link is valid for {DAYS} days, not {days}.")
    token = secrets.token_urlsafe(32)
    until = timezone.now() + timedelta(days=days)
    link = DraftLink.objects.create(
        story=story, token_hash=hash_of(token), made_by=user, expires_at=until
    )
    log(instance=story, action=MADE, user=user, data=on_record(link))
    return link, token


@transaction.atomic
def revoke(link: DraftLink, user: User) -> None:
    """End a link before its time. Raises Refused."""
    if not may_share(user, link.story):
        raise Refused(str(NOT_THEIRS))
    ended = DraftLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    if ended:
        log(instance=link.story, action=REVOKED, user=user, data=on_record(link))


def valid_links(story: ArticlePage) -> QuerySet[DraftLink]:
    """The one that lasts longest first."""
    links = DraftLink.objects.filter(story=story, made_by__is_active=True)
    open_still = links.filter(revoked_at=None, expires_at__gt=timezone.now())
    return open_still.select_related("made_by").order_by("-expires_at", "-pk")


def link_of(token: str) -> DraftLink | None:
    """Valid or not."""
    links = DraftLink.objects.select_related("story", "made_by")
    return links.filter(token_hash=hash_of(token)).first()


def is_open(link: DraftLink) -> bool:
    """Whether a link shows its draft now. It ends with the access of whoever made it."""
    in_time = link.revoked_at is None and link.expires_at > timezone.now()
    return in_time and link.made_by.is_active and not why_closed(link.story)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def on_record(link: DraftLink) -> dict[str, str | int]:
    return {"link": link.pk, "until": link.expires_at.isoformat(timespec="seconds")}

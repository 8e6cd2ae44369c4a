"""Breaking news: public at once with a reason, unreviewed until a second person signs the text."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import log

from cms.changes.models import lock_stream, record_change
from cms.models import User
from news.editions.choices import Channel, Kind, Role
from news.editions.context import publication_context
from news.editions.errors import Refused, TextChanged
from news.editions.facts import STORY, public_facts
from news.editions.models import Edition, Signature
from news.editions.settings import DeskSettings
from news.editions.signatures import Work, digest_of, newest_edition, sign, signed_text
from news.models import ArticlePage
from news.review.access import editors_at
from news.review.permissions import is_editor
from news.review.signing import obstacle

NOT_THEIRS = gettext_lazy("Breaking news is published by managing editors.")
NOT_A_READER = gettext_lazy("Editors of the section review breaking news.")


def unreviewed_editions() -> QuerySet[Edition]:
    """Editions that nobody but their publisher has signed yet, the oldest first."""
    signed = Signature.objects.filter(
        story=OuterRef("story"),
        digest=OuterRef("digest"),
        after_edition=OuterRef("number"),
        role=Role.REVIEW,
    ).exclude(person=OuterRef("by"))
    return Edition.objects.filter(~Exists(signed), unreviewed=True).order_by("at", "pk")


def listed_unreviewed() -> QuerySet[Edition]:
    """The same with what a list shows of them."""
    editions = unreviewed_editions().select_related("by", "second", "story")
    return editions.defer("document", "story__body")


def review_path(edition: Edition) -> str:
    return reverse("review_breaking", args=(edition.story_id, edition.number))


def may_publish(user: User, story: ArticlePage) -> bool:
    return bool(story.permissions_for_user(user).is_publisher)


def seconds(story: ArticlePage, user: User) -> QuerySet[User]:
    """Who may be asked to read it: editors of the section who did not work on the text."""
    wrote = Work(story.get_latest_revision_as_object()).contributors | {user.pk}
    return editors_at(story.path).exclude(pk__in=wrote).order_by("last_name", "pk")


def past_the_limit() -> str:
    """A sentence while too many stories wait for their second reader, empty otherwise."""
    waiting, most = unreviewed_editions().count(), DeskSettings.load().most_unreviewed
    if waiting < most:
        return ""
    return ngettext(
        "%(count)d story is public that nobody else has read: say why another cannot wait.",
        "%(count)d stories are public that nobody else has read: say why another cannot wait.",
        waiting,
    ) % {"count": waiting}


@transaction.atomic
def publish_breaking(
    story: ArticlePage,
    user: User,
    *,
    digest: str,
    reason: str,
    second: User,
    override: str = "",
    kind: str = Kind.UPDATE,
    note: str = "",
) -> Edition:
    """Put the newest draft before readers at once.

    `digest` is that of the text which the publisher was shown, `second` reads it next, `override`
    says why the limit of unreviewed stories is passed. Raises Refused.
    """
    story = ArticlePage.objects.select_for_update().get(pk=story.pk)
    if not may_publish(user, story):
        raise Refused(str(NOT_THEIRS), story)
    revision = story.get_latest_revision()
    draft = revision.as_object()
    if digest_of(draft) != digest:
        raise TextChanged(_("The text changed while you read it: look again."), story)
    if revision.approved_go_live_at:
        raise Refused(_("This text has its time: take it off the schedule first."), story)
    if draft.expire_at and draft.expire_at <= timezone.now():
        raise Refused(_("The end of its publication has passed: change that first."), story)
    if story.first_published_at and not story.live:
        raise Refused(_("It was withdrawn: it comes back by the review."), story)
    if not seconds(story, user).filter(pk=second.pk).exists():
        raise Refused(_("An editor who did not work on the text has to read it."), story)
    limit = "" if override.strip() else past_the_limit()
    if sentence := obstacle(draft) or limit:
        raise Refused(sentence, story)
    missing = signed_text(draft).missing
    reasons = f"{reason}\n{override}".strip()
    sign(draft, user, Role.SIGNER, kind=kind, note=note, reason=reasons)
    with publication_context(Channel.BREAKING, reasons, user, second if missing else None):
        revision.publish(user=user, skip_permission_checks=True)
    edition = newest_edition(story.pk)
    if edition is None or edition.channel != Channel.BREAKING:
        raise Refused(_("Readers see this text already."), story)
    story.refresh_from_db(fields=["breaking_until"])
    with_aliases(story.pk).update(breaking_until=story.breaking_until)
    return edition


@transaction.atomic
def review(edition: Edition, user: User, digest: str) -> None:
    """A second person signs what was published. Raises Refused."""
    story = ArticlePage.objects.select_for_update().get(pk=edition.story_id)
    if not unreviewed_editions().filter(pk=edition.pk).exists():
        raise Refused(_("This has been reviewed already."), story)
    if digest != edition.digest:
        raise TextChanged(_("This is another text than the one you were shown."), story)
    if sentence := why_not_reviewed_by(user, edition):
        raise Refused(sentence, story)
    Signature.objects.create(
        story=story,
        digest=edition.digest,
        after_edition=edition.number,
        role=Role.REVIEW,
        person=user,
    )
    log(instance=story, action="dateline.reviewed", user=user, data={"edition": edition.number})
    if not unreviewed_editions().filter(story=story).exists():
        end_the_label(story)


def why_not_reviewed_by(user: User, edition: Edition) -> str:
    """Why somebody cannot be the second person, as a sentence; empty if they can."""
    if not is_editor(user, edition.story):
        return str(NOT_A_READER)
    if user.pk in {name["person"] for name in edition.signatures}:
        return _("You wrote or published this text, so somebody else has to review it.")
    return ""


def with_aliases(story_id: int) -> QuerySet[ArticlePage]:
    return ArticlePage.objects.filter(Q(pk=story_id) | Q(alias_of=story_id))


def end_the_label(story: ArticlePage) -> None:
    """Readers no longer see “Breaking”."""
    lock_stream()
    rows = with_aliases(story.pk).filter(breaking_until__isnull=False)
    facts = public_facts(newest_edition(story.pk), story.pk)
    if rows.update(breaking_until=None) and facts:
        before, after = {**facts, "breaking": True}, {**facts, "breaking": False}
        record_change("label", STORY, story.pk, before, after)


def labels_that_end() -> QuerySet[ArticlePage]:
    return ArticlePage.objects.filter(breaking_until__lte=timezone.now(), alias_of=None)

"""Fix the live text: a change to what readers see, beside a rewrite that waits.

The fix is a revision placed right after the live one, so that the draft stays the newest, with
its review and its time. Its edition voids every signature on the draft, which was signed against
another live text.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision
from wagtail.signals import page_published

from cms.models import User
from news.desk.models import LiveFix
from news.editions.choices import Channel, Role
from news.editions.context import publication_context
from news.editions.errors import Refused, TextChanged
from news.editions.models import Edition
from news.editions.publishing import publish
from news.editions.signatures import digest_of, edition_number, note_contribution, sign
from news.models import ArticlePage


@transaction.atomic
def propose(text: ArticlePage, user: User, *, kind: str, note: str, reason: str) -> LiveFix:
    """Keep a live story whose words were changed in memory as a fix that waits for its signer."""
    live = ArticlePage.objects.get(pk=text.pk)
    if not live.live:
        raise Refused(_("Only a public story has a live text."), live)
    if digest_of(text) == digest_of(live):
        raise Refused(_("Nothing was changed."), live)
    text.full_clean()
    revision = Revision.objects.create(
        content_object=live,
        base_content_type=live.get_base_content_type(),
        user=user,
        content=text.serializable_data(),
        object_str=str(text),
    )
    before = live.live_revision.created_at if live.live_revision else live.last_published_at
    moment = before + timedelta(microseconds=1)
    Revision.objects.filter(pk=revision.pk).update(created_at=moment)
    note_contribution(live.pk, revision)
    log(instance=live, action="wagtail.edit", user=user, revision=revision, content_changed=True)
    return LiveFix.objects.create(
        story_id=live.pk,
        revision_id=revision.pk,
        after_edition=edition_number(live.pk),
        kind=kind,
        note=note,
        reason=reason,
        by=user,
    )


def waiting_fix(story: ArticlePage) -> LiveFix | None:
    """The newest fix that nobody has signed yet; a later edition ends it."""
    fixes = LiveFix.objects.filter(story_id=story.pk, after_edition=edition_number(story.pk))
    return fixes.order_by("-pk").first()


def text_of(fix: LiveFix) -> tuple[ArticlePage, Revision]:
    """The story as the fix would make it. Raises Refused where its revision was purged."""
    revision = Revision.objects.filter(pk=fix.revision_id).first()
    if revision is None:
        raise Refused(_("The text of this fix was purged: make it again."), fix.story)
    return revision.as_object(), revision


@transaction.atomic
def publish_fix(fix: LiveFix, signer: User, digest: str) -> None:
    """`digest` is that of the text which the signer was shown. Raises Refused."""
    story = ArticlePage.objects.get(pk=fix.story_id)
    waiting = waiting_fix(story)
    if waiting is None or waiting.pk != fix.pk:
        raise Refused(_("The live text changed meanwhile: look again."), story)
    draft, revision = text_of(fix)
    if digest_of(draft) != digest:
        raise TextChanged(_("The text changed while you read it: look again, then sign."), story)
    kind, note, reason = fix.kind, fix.note, fix.reason
    sign(draft, signer, Role.SIGNER, text=digest, kind=kind, note=note, reason=reason)
    with publication_context(Channel.FIX, reason, signer):
        publish(draft, revision, user=signer, write=partial(write_live_text, draft, revision))
    log(instance=story, action="wagtail.publish", user=signer, revision=revision)


def write_live_text(draft: ArticlePage, revision: Revision) -> None:
    """The public row alone: draft, review and schedule stay as they are."""
    row = ArticlePage.objects.get(pk=draft.pk)
    nothing_waits = row.latest_revision_id in (None, row.live_revision_id)
    draft.live = True
    draft.live_revision = revision
    draft.go_live_at, draft.expire_at = row.go_live_at, row.expire_at
    draft.last_published_at = timezone.now()
    draft.has_unpublished_changes = not nothing_waits
    if nothing_waits:
        draft.latest_revision = revision
        draft.draft_title = draft.title
    draft.save()
    page_published.send(sender=ArticlePage, instance=draft, revision=revision)
    draft.update_aliases(revision=revision, _content=revision.content)


def waiting_fixes() -> QuerySet[LiveFix]:
    """Fixes of live texts that nobody has signed, the oldest first (see `waiting_fix`)."""
    editions = Edition.objects.filter(story=OuterRef("story")).order_by("-number")
    later = LiveFix.objects.filter(
        story=OuterRef("story"), after_edition=OuterRef("after_edition"), pk__gt=OuterRef("pk")
    )
    newest = Coalesce(Subquery(editions.values("number")[:1]), Value(0))
    fixes = LiveFix.objects.filter(~Exists(later), after_edition=newest)
    return fixes.select_related("by", "story").defer("story__body").order_by("at", "pk")

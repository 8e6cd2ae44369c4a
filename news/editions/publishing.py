"""The only writer of editions: what became public, under which names, by which channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.changes.models import lock_stream, record_changes
from cms.models import User
from news.content.indexing import indexed_at_the_end
from news.content.story import Story
from news.editions.choices import Channel, Kind, Role
from news.editions.context import current_context
from news.editions.document import FORMAT, digest, document
from news.editions.errors import Refused
from news.editions.facts import STORY, facts_of, public_facts, report
from news.editions.models import Edition, EditionReference
from news.editions.settings import DeskSettings
from news.editions.signatures import signature_entry, signed_text


def publish(
    draft: Story,
    revision: Revision | None,
    *,
    user: User | None,
    write: Callable[[], None],
) -> Edition | None:
    """Make a signed draft public, by `write`, which stores the public row.

    None where the text is what is public already. `user` is None for a program. Raises Refused,
    with a sentence and nothing changed, if the text does not carry the names it needs.
    """
    with transaction.atomic(savepoint=False):
        lock_stream()
        Page.objects.select_for_update().only("pk").get(pk=draft.pk)
        text = signed_text(draft)
        if text.is_public:
            with indexed_at_the_end():
                write()
            return None
        before, context = text.edition, current_context()
        second = context.second if context else None
        if text.missing and (second is None or text.hold):
            raise Refused(text.missing, story=draft)
        signed = text.newest_signer
        kind = Kind.FIRST if before is None else Kind.RESTORED if not before.live else signed.kind
        now = timezone.now()
        edition = Edition.objects.create(
            story=draft,
            number=before.number + 1 if before else 1,
            kind=kind,
            live=True,
            public=not draft.get_view_restrictions().exists(),
            document=text.document,
            digest=text.digest,
            format=text.format,
            signatures=text.entries(text.signers if second is None else [signed]),
            signatures_asked=text.asked,
            revision_id=revision.pk if revision else None,
            channel=(context and context.channel) or _channel_of(revision, user),
            reason=(context and context.reason) or signed.reason,
            note=signed.note,
            by=user or signed.person,
            unreviewed=second is not None,
            second=second,
            at=now,
        )
        if edition.channel == Channel.BREAKING:
            minutes = DeskSettings.load().breaking_minutes
            draft.breaking_until = now + timedelta(minutes=minutes)
        record_references([edition], {draft.pk: draft})
        if kind == Kind.UPDATE:
            draft.updated_at = now
        shown = public_facts(before, draft.pk)
        with indexed_at_the_end():
            write()
        report(draft.pk, shown, public_facts(edition, draft.pk))
        return edition


def _channel_of(revision: Revision | None, user: User | None) -> str:
    if revision is not None and revision.approved_go_live_at:
        return Channel.SCHEDULE
    return Channel.DIRECT if user else Channel.CODE


def record_references(editions: Sequence[Edition], stories: Mapping[int, Story]) -> None:
    """Keep what editions refer to: see `news/guard/protect.py`."""
    rows = []
    for edition in editions:
        data = edition.document
        mentions = stories[edition.story_id].mentions()
        named: dict[str, set[int | None]] = {
            "cms.image": mentions.images | {data["lead_image"], data["social_image"]},
            "wagtaildocs.document": {*mentions.documents},
            "news.authorpage": set(data["byline"]),
        }
        rows += [
            EditionReference(edition=edition, model=model, object_id=pk)
            for model, ids in named.items()
            for pk in ids
            if pk
        ]
    EditionReference.objects.bulk_create(rows)


@transaction.atomic
def publish_many(
    stories: Sequence[Story], *, operator: User, channel: str, at: datetime | None = None
) -> list[Edition]:
    """For imports and the demo: stories that were public elsewhere before, in one batch.

    In: saved stories that are not live and have no edition; who stands for them. Out: their
    first editions, signed by the operator, and one Change each.
    """
    if channel not in (Channel.IMPORT, Channel.DEMO):
        raise ValueError("publish_many() is for imports and the demo.")
    ids = [story.pk for story in stories]
    if Edition.objects.filter(story_id__in=ids).exists():
        raise ValueError("One of these stories has an edition already.")
    now = at or timezone.now()
    signed = [signature_entry(operator, Role.SIGNER, now.isoformat())]
    editions = []
    for story in stories:
        data = document(story)
        editions.append(
            Edition(
                story_id=story.pk,
                number=1,
                kind=Kind.FIRST,
                live=True,
                public=True,
                document=data,
                digest=digest(data),
                format=FORMAT,
                signatures=signed,
                signatures_asked=1,
                channel=channel,
                reason="",
                by=operator,
                at=now,
            )
        )
    lock_stream()
    editions = Edition.objects.bulk_create(editions)
    record_references(editions, {story.pk: story for story in stories})
    Page.objects.filter(pk__in=ids).update(live=True, has_unpublished_changes=False)
    paths = dict(Page.objects.filter(pk__in=ids).values_list("pk", "url_path"))
    shown = [(edition.story_id, facts_of(edition, paths[edition.story_id])) for edition in editions]
    record_changes("edition", STORY, [(pk, None, facts) for pk, facts in shown])
    return editions

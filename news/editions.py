"""The only writer of editions: what became public, under which names, by which door."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.models import User
from cms.models.changes import hold, record_many
from news.desk.passage import Passage, active_user, passage
from news.desk.refusals import ReasonNeeded, Refused
from news.desk.signatures import (
    contributors,
    hold_on,
    name_of,
    name_on,
    names_of_writers,
    names_on,
    newest_edition,
    signatures_of,
)
from news.document import digest, document
from news.kinds import Door, Kind, Role
from news.models import ArticlePage, DeskSettings
from news.models.articles import BODY
from news.models.editions import Edition, Named
from news.reports import STORY, facts_of, public_facts, report


def publish(
    draft: ArticlePage,
    revision: Revision | None,
    *,
    user: User | None,
    write: Callable[[], None],
) -> Edition | None:
    """Make a signed draft public.

    In: the draft, its revision, who opened the door (None: a program), and what writes the
    public row. Out: the edition; None where the text is what is public already. Raises Refused,
    with a sentence and nothing changed, if the text does not carry the names it needs.
    """
    with transaction.atomic():
        hold()
        Page.objects.select_for_update().get(pk=draft.pk)
        before = newest_edition(draft.pk)
        data = document(draft)
        text = digest(data)
        if before is not None and before.live and before.digest == text:
            write()
            return None
        passed = passage()
        second = passed.second if passed else None
        names, missing = names_on(draft)
        if missing and (second is None or hold_on(draft.pk)):
            raise Refused(missing, story=draft)
        if second is not None:
            names = names_without_review(draft)
        signed = [row for row in signatures_of(draft) if row.role == Role.SIGNER][-1]
        kind = Kind.FIRST if before is None else Kind.RESTORED if not before.live else signed.kind
        settings = DeskSettings.load()
        edition = Edition.objects.create(
            story=draft,
            number=before.number + 1 if before else 1,
            kind=kind,
            live=True,
            public=not draft.get_view_restrictions().exists(),
            document=data,
            digest=text,
            signatures=names,
            signatures_asked=settings.signatures,
            revision_id=revision.pk if revision else None,
            door=(passed and passed.door) or _door_of(revision, user),
            reason=(passed and passed.reason) or signed.reason,
            note=signed.note,
            by=user or signed.person,
            unreviewed=second is not None,
            second=second,
            at=timezone.now(),
        )
        if edition.door == Door.BREAKING:
            draft.breaking_until = edition.at + timedelta(minutes=settings.breaking_minutes)
        name_all([edition], {draft.pk: draft})
        if kind == Kind.UPDATE:
            draft.updated_at = edition.at
        shown = public_facts(before, draft.pk)
        write()
        report(draft.pk, shown, public_facts(edition, draft.pk))
        return edition


def names_without_review(draft: ArticlePage) -> list[dict[str, Any]]:
    """Who stands for a text that nobody else has read: its writers, and who publishes it."""
    signatures = signatures_of(draft)
    signers = [row for row in signatures if row.role == Role.SIGNER]
    return [*names_of_writers(contributors(draft), signatures), *map(name_on, signers[-1:])]


def _door_of(revision: Revision | None, user: User | None) -> str:
    if revision is not None and revision.approved_go_live_at:
        return Door.SCHEDULE
    return Door.DIRECT if user else Door.CODE


def name_all(editions: Sequence[Edition], stories: Mapping[int, ArticlePage]) -> None:
    """Keep what editions refer to: see `news.desk.keep`."""
    rows = []
    for edition in editions:
        data = edition.document
        mentions = BODY.mentions(stories[edition.story_id].body.raw_data)
        named = {
            "cms.image": mentions.images | {data["lead_image"], data["social_image"]},
            "wagtaildocs.document": mentions.documents,
            "news.authorpage": set(data["byline"]),
        }
        rows += [
            Named(edition=edition, model=model, object_id=pk)
            for model, ids in named.items()
            for pk in ids - {None}
        ]
    Named.objects.bulk_create(rows)


def close(
    stories: Sequence[ArticlePage], *, door: str, live: bool, user: User | None = None
) -> None:
    """Write that stories are public no more, all in one transaction.

    In: public stories, the door by which they go, whether their rows stay live. Raises
    ReasonNeeded where nobody has said why.
    """
    passed = ask_why(stories)
    reason, by = (passed.reason, passed.by) if passed else ("", None)
    _again(
        stories,
        Kind.WITHDRAWAL,
        door,
        live=live,
        public=False,
        reason=reason,
        by=by or user or active_user(),
    )


def ask_why(stories: Sequence[ArticlePage]) -> Passage | None:
    """Raises ReasonNeeded if public stories go and nobody has said why. Out: who said what."""
    passed = passage()
    if stories and (passed is None or not passed.reason.strip()):
        raise ReasonNeeded(len(stories), stories[0])
    return passed


def reopen(stories: Sequence[ArticlePage], *, door: str) -> None:
    """Write that live stories are public again: what hid them is gone."""
    by = (passed.by if (passed := passage()) else None) or active_user()
    _again(stories, Kind.RESTORED, door, live=True, public=True, reason="", by=by)


@transaction.atomic
def _again(
    stories: Sequence[ArticlePage],
    kind: str,
    door: str,
    *,
    live: bool,
    public: bool,
    reason: str,
    by: User | None,
) -> None:
    """The same text in another state."""
    if stories:
        hold()
    for story in stories:
        before = newest_edition(story.pk)
        if before is None:
            continue
        edition = Edition.objects.create(
            story_id=story.pk,
            number=before.number + 1,
            kind=kind,
            live=live,
            public=public,
            document=before.document,
            digest=before.digest,
            signatures=before.signatures,
            signatures_asked=before.signatures_asked,
            revision_id=before.revision_id,
            door=door,
            reason=reason,
            by=by,
            at=timezone.now(),
        )
        shown, now = public_facts(before, story.pk), public_facts(edition, story.pk)
        report(story.pk, shown, now)


@transaction.atomic
def publish_many(
    stories: Sequence[ArticlePage], *, operator: User, door: str, at: datetime | None = None
) -> list[Edition]:
    """For imports and the demo: stories that were public elsewhere before, in one batch.

    In: saved stories that are not live and have no edition; who stands for them. Out: their
    first editions, signed by the operator, and one Change each.
    """
    if door not in (Door.IMPORT, Door.DEMO):
        raise ValueError("publish_many() is for imports and the demo.")
    ids = [story.pk for story in stories]
    if Edition.objects.filter(story_id__in=ids).exists():
        raise ValueError("One of these stories has an edition already.")
    now = at or timezone.now()
    signed = [name_of(operator, Role.SIGNER, now.isoformat())]
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
                signatures=signed,
                signatures_asked=1,
                door=door,
                reason="",
                by=operator,
                at=now,
            )
        )
    hold()
    editions = Edition.objects.bulk_create(editions)
    name_all(editions, {story.pk: story for story in stories})
    Page.objects.filter(pk__in=ids).update(live=True, has_unpublished_changes=False)
    paths = dict(Page.objects.filter(pk__in=ids).values_list("pk", "url_path"))
    shown = [(edition.story_id, facts_of(edition, paths[edition.story_id])) for edition in editions]
    record_many("edition", STORY, [(pk, None, facts) for pk, facts in shown])
    return editions

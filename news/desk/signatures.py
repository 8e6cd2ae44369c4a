"""Who wrote a text and who stands for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.translation import gettext
from wagtail.models import Revision, TaskState

from news.document import digest, document
from news.kinds import BESIDE_DRAFTS, Kind, Role

if TYPE_CHECKING:
    from cms.models import User
    from news.models import ArticlePage, Edition, Signature


def newest_edition(story_id: int) -> Edition | None:
    """What is public of a story, or was last."""
    editions = apps.get_model("news", "Edition").objects.filter(story_id=story_id)
    return editions.order_by("-number").first()


def edition_number(story_id: int) -> int:
    """The number of the newest edition, 0 before the first."""
    editions = apps.get_model("news", "Edition").objects.filter(story_id=story_id)
    return editions.order_by("-number").values_list("number", flat=True).first() or 0


def digest_of(draft: ArticlePage) -> str:
    return digest(document(draft))


def note_contribution(story_id: int, revision: Revision) -> None:
    """Somebody saved a text that differs: known for good, also when autosave overwrites it."""
    apps.get_model("news", "Contribution").objects.get_or_create(
        story_id=story_id, person=revision.user, revision_id=revision.pk
    )


def is_kept(revision: Revision) -> bool:
    """Whether somebody reviews this very revision, it has its time, or it was published:
    autosave leaves it as it is.
    """
    reviewed = TaskState.objects.filter(revision=revision).exists()
    published = apps.get_model("news", "Edition").objects.filter(revision_id=revision.pk).exists()
    return reviewed or published or revision.approved_go_live_at is not None


def sign(
    draft: ArticlePage,
    person: User,
    role: str,
    *,
    kind: str = Kind.UPDATE,
    note: str = "",
    reason: str = "",
    public_from: datetime | None = None,
    embargo: bool = False,
) -> Signature:
    """A person stands for the text of a draft (or, as `return`, does not)."""
    return apps.get_model("news", "Signature").objects.create(
        story_id=draft.pk,
        digest=digest_of(draft),
        after_edition=edition_number(draft.pk),
        role=role,
        person=person,
        kind=kind,
        note=note,
        reason=reason,
        public_from=public_from,
        embargo=embargo,
    )


def signatures_of(draft: ArticlePage) -> list[Signature]:
    """Those on this very text since the last edition. A return outweighs what came before it."""
    rows = apps.get_model("news", "Signature").objects.filter(
        story_id=draft.pk, digest=digest_of(draft), after_edition=edition_number(draft.pk)
    )
    valid: list[Signature] = []
    for row in rows.select_related("person").order_by("pk"):
        if row.role == Role.RETURN:
            valid = []
        elif row.role in (Role.WRITER, Role.SIGNER):
            valid.append(row)
    return valid


def writers(draft: ArticlePage) -> set[int]:
    """Ids of the users whose story it is: who started it, submitted it or stands in its byline."""
    authors = [byline.author for byline in draft.bylines.all().select_related("author")]
    people = {author.user_id for author in authors} | {draft.owner_id}
    if state := draft.current_workflow_state:
        people.add(state.requested_by_id)
    return {pk for pk in people if pk}


def contributors(draft: ArticlePage) -> set[int]:
    """`writers`, and everybody who changed the text since a draft was last published.

    A fix of the live text, or a withdrawal, does not end the work on the draft beside it.
    """
    editions = apps.get_model("news", "Edition").objects.filter(story_id=draft.pk)
    drafts = editions.exclude(door__in=BESIDE_DRAFTS).order_by("-number")
    last = drafts.values_list("revision_id", flat=True).first() or 0
    saved = apps.get_model("news", "Contribution").objects.filter(
        story_id=draft.pk, revision_id__gt=last
    )
    return writers(draft) | set(saved.values_list("person_id", flat=True))


def names_on(draft: ArticlePage) -> tuple[list[dict[str, Any]], str]:
    """The people who stand for a draft, and what is missing before it may be public.

    Out: `[{"person", "name", "role", "at"}]`, and a sentence, empty if nothing is missing.
    """
    if hold := hold_on(draft.pk):
        return [], held_sentence(hold)
    asked = apps.get_model("news", "DeskSettings").load().signatures
    signatures = signatures_of(draft)
    wrote = contributors(draft) | {row.person_id for row in signatures if row.role == Role.WRITER}
    signers = [row for row in signatures if row.role == Role.SIGNER]
    if asked == 2:
        signers = [row for row in signers if wrote and row.person_id not in wrote]
    if not signers:
        return [], missing_sentence(asked)
    return [*names_of_writers(wrote, signatures), *map(name_on, signers)], ""


def names_of_writers(wrote: set[int], signatures: Iterable[Signature]) -> list[dict[str, Any]]:
    people = apps.get_model("cms", "User").objects.in_bulk(wrote)
    at = {row.person_id: row.at.isoformat() for row in signatures if row.role == Role.WRITER}
    return [name_of(person, Role.WRITER, at.get(pk)) for pk, person in sorted(people.items())]


def name_on(signature: Signature) -> dict[str, Any]:
    return name_of(signature.person, Role.SIGNER, signature.at.isoformat())


def hold_on(story_id: int) -> Signature | None:
    """The hold that keeps a story from readers, whatever was signed; it ends by a release."""
    rows = apps.get_model("news", "Signature").objects.filter(
        story_id=story_id, role__in=(Role.HOLD, Role.RELEASE)
    )
    newest = rows.select_related("person").order_by("-pk").first()
    return newest if newest is not None and newest.role == Role.HOLD else None


def held_sentence(hold: Signature) -> str:
    return gettext("Held by legal: %(reason)s (%(name)s)") % {
        "reason": hold.reason,
        "name": hold.person,
    }


def name_of(person: User, role: str, at: str | None) -> dict[str, Any]:
    """A person as an edition keeps them: what they did, and when as far as it is known."""
    return {
        "person": person.pk,
        "name": str(person),
        "role": role,
        "at": at,
    }


def missing_sentence(asked: int) -> str:
    if asked == 1:
        return gettext("Nobody has signed this text yet.")
    return gettext(
        "This text is not signed: somebody who did not work on it has to approve exactly these"
        " words at the Publication stage."
    )

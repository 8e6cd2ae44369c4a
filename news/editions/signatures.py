"""Who wrote a text and who stands for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext
from wagtail.models import Revision, TaskState

from cms.models import User
from news.content.story import Story
from news.editions.choices import BESIDE_DRAFTS, Kind, Role
from news.editions.document import FORMAT, digest, document
from news.editions.models import Contribution, Edition, Signature
from news.editions.settings import DeskSettings


def newest_edition(story_id: int) -> Edition | None:
    """What is public of a story, or was last."""
    return Edition.objects.filter(story_id=story_id).order_by("-number").first()


def edition_number(story_id: int) -> int:
    """The number of the newest edition, 0 before the first."""
    editions = Edition.objects.filter(story_id=story_id).order_by("-number")
    return editions.values_list("number", flat=True).first() or 0


def digest_of(draft: Story) -> str:
    return digest(document(draft))


def note_contribution(story_id: int, revision: Revision) -> None:
    """Somebody saved a text that differs: known for good, also when autosave overwrites it."""
    Contribution.objects.get_or_create(
        story_id=story_id, person=revision.user, revision_id=revision.pk
    )


def is_kept(revision: Revision) -> bool:
    """Whether somebody reviews this very revision, it has its time, or it was published:
    autosave leaves it as it is.
    """
    reviewed = TaskState.objects.filter(revision=revision).exists()
    published = Edition.objects.filter(revision_id=revision.pk).exists()
    return reviewed or published or revision.approved_go_live_at is not None


def sign(
    draft: Story,
    person: User,
    role: str,
    *,
    text: str = "",
    kind: str = Kind.UPDATE,
    note: str = "",
    reason: str = "",
    public_from: datetime | None = None,
    embargo: bool = False,
) -> Signature:
    """A person stands for the text of a draft (or, as `return`, does not).

    `text` is the digest of the draft in the newest format, where the caller has computed it.
    """
    return Signature.objects.create(
        story_id=draft.pk,
        digest=text or digest_of(draft),
        format=FORMAT,
        after_edition=edition_number(draft.pk),
        role=role,
        person=person,
        kind=kind,
        note=note,
        reason=reason,
        public_from=public_from,
        embargo=embargo,
    )


@dataclass
class Work:
    """Whose work a draft is, by the ids of users; read when it is asked for."""

    draft: Story

    @cached_property
    def writers(self) -> set[int]:
        """Whose story it is: who started it, submitted it or stands in its byline."""
        authors = [byline.author_id for byline in self.draft.bylines.all()]
        people = set(User.objects.filter(author_pages__in=authors).values_list("pk", flat=True))
        people.add(self.draft.owner_id)
        if state := self.draft.current_workflow_state:
            people.add(state.requested_by_id)
        return people - {None}

    @cached_property
    def contributors(self) -> set[int]:
        """Writers, and everybody who changed the text since a draft was last published.

        A fix of the live text, or a withdrawal, does not end the work on the draft beside it.
        """
        editions = Edition.objects.filter(story_id=self.draft.pk)
        drafts = editions.exclude(channel__in=BESIDE_DRAFTS).order_by("-number")
        last = drafts.values_list("revision_id", flat=True).first() or 0
        saved = Contribution.objects.filter(story_id=self.draft.pk, revision_id__gt=last)
        return self.writers | set(saved.values_list("person_id", flat=True))


def hold_on(story_id: int) -> Signature | None:
    """The hold that keeps a story from readers, whatever was signed; it ends by a release."""
    rows = Signature.objects.filter(story_id=story_id, role__in=(Role.HOLD, Role.RELEASE))
    newest = rows.select_related("person").order_by("-pk").first()
    return newest if newest is not None and newest.role == Role.HOLD else None


def held_sentence(hold: Signature) -> str:
    return gettext("Held by legal: %(reason)s (%(name)s)") % {
        "reason": hold.reason,
        "name": hold.person,
    }


def signature_entry(person: User, role: str, at: str | None) -> dict[str, Any]:
    """A person as an edition keeps them: what they did, and when as far as it is known."""
    return {"person": person.pk, "name": str(person), "role": role, "at": at}


@dataclass
class SignedText:
    """The exact text of a draft, and who stands for it: read once, asked often.

    `signatures` are those on this very text since the newest edition: a return outweighs what
    came before it. `hold` outweighs them all. `is_public`: the live text is this one. The format
    is that of the newest signature, or else the newest.
    """

    draft: Story
    format: int
    document: dict[str, Any]
    digest: str
    is_public: bool
    edition: Edition | None
    signatures: list[Signature]
    hold: Signature | None

    @cached_property
    def asked(self) -> int:
        """How many people have to stand for a text here."""
        return int(DeskSettings.load().signatures)

    @cached_property
    def contributors(self) -> set[int]:
        signed = {row.person_id for row in self.signatures if row.role == Role.WRITER}
        return Work(self.draft).contributors | signed

    @cached_property
    def signers(self) -> list[Signature]:
        """Those whose signature counts: with two names asked, nobody who worked on the text."""
        rows = [row for row in self.signatures if row.role == Role.SIGNER]
        if self.asked == 1 or not rows:
            return rows
        wrote = self.contributors
        return [row for row in rows if wrote and row.person_id not in wrote]

    @property
    def missing(self) -> str:
        """What is missing before the text may be public, as a sentence; empty if nothing is."""
        if self.hold is not None:
            return held_sentence(self.hold)
        if self.signers:
            return ""
        if self.asked == 1:
            return gettext("Nobody has signed this text yet.")
        return gettext(
            "This text is not signed: somebody who did not work on it has to approve exactly these"
            " words at the Publication stage."
        )

    @property
    def newest_signer(self) -> Signature:
        """Whoever signed last, also where their signature alone does not count."""
        return [row for row in self.signatures if row.role == Role.SIGNER][-1]

    def entries(self, signers: list[Signature]) -> list[dict[str, Any]]:
        """Everybody who stands for the text, as an edition keeps them: its writers, then these."""
        at = {
            row.person_id: row.at.isoformat() for row in self.signatures if row.role == Role.WRITER
        }
        people = User.objects.in_bulk(self.contributors)
        return [
            *(signature_entry(who, Role.WRITER, at.get(pk)) for pk, who in sorted(people.items())),
            *(signature_entry(row.person, Role.SIGNER, row.at.isoformat()) for row in signers),
        ]


def signed_text(draft: Story) -> SignedText:
    """Compute the digest of a draft and read who has signed it: two queries, and more only for
    what is asked of the answer.
    """
    edition = newest_edition(draft.pk)
    since = Q(after_edition=edition.number if edition else 0)
    rows = Signature.objects.filter(
        since | Q(role__in=(Role.HOLD, Role.RELEASE)), story_id=draft.pk
    )
    hold: Signature | None = None
    signatures: list[Signature] = []

    @cache
    def text_in(number: int) -> tuple[dict[str, Any], str]:
        data = document(draft, number)
        return data, digest(data)

    for row in rows.select_related("person").order_by("pk"):
        if row.role in (Role.HOLD, Role.RELEASE):
            hold = row if row.role == Role.HOLD else None
        elif row.digest != text_in(row.format)[1]:
            continue
        elif row.role == Role.RETURN:
            signatures = []
        elif row.role in (Role.WRITER, Role.SIGNER):
            signatures.append(row)
    number = signatures[-1].format if signatures else FORMAT
    return SignedText(
        draft,
        number,
        *text_in(number),
        is_public=bool(edition and edition.live and edition.digest == text_in(edition.format)[1]),
        edition=edition,
        signatures=signatures,
        hold=hold,
    )

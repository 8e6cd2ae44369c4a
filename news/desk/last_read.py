"""The text as somebody knew it: what they last looked at, what they last signed, an edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.ids import id_from
from cms.models import User
from news.desk.models import LastRead
from news.editions.choices import Role
from news.editions.document import digest, document
from news.editions.models import Edition, Signature
from news.editions.signatures import newest_edition
from news.models import ArticlePage

# A signature comes right after the save of its text.
REVISIONS_TO_SEARCH = 5


@dataclass(frozen=True)
class EarlierText:
    """A text to compare with; without a document the sentence says why there is none."""

    name: str
    document: dict[str, Any] | None = None
    at: datetime | None = None
    sentence: str = ""


@transaction.atomic
def note_reading(story: ArticlePage, person: User, text: dict[str, Any]) -> LastRead:
    """Keep that somebody reads this text, and as `before` the text that they read before it.

    `before` stays until the text is another one, so that "what changed" can be opened again.
    """
    look, made = LastRead.objects.select_for_update().get_or_create(
        story_id=story.pk, person=person, defaults={"document": {"text": text, "before": None}}
    )
    if not made and digest(look.document["text"]) != digest(text):
        look.document = {"text": text, "before": look.document["text"]}
        look.at = timezone.now()
        look.save()
    return look


def earlier_text(
    story: ArticlePage, person: User, since: str, text: dict[str, Any]
) -> EarlierText | None:
    """What the story was at `since`: `look`, `signed`, `live` or the number of an edition.

    None if there is no such edition. To compare with `look` counts as reading `text`.
    """
    if since == "look":
        return since_last_read(story, person, text)
    if since == "signed":
        return last_signed(story, person)
    if since == "live":
        name, edition = _("since the live text"), newest_edition(story.pk)
        if edition is None or not edition.live:
            return EarlierText(name, sentence=_("Nothing of this story is public."))
    else:
        number = id_from(since) or 0
        name = _("since edition %d") % number
        edition = Edition.objects.filter(story_id=story.pk, number=number).first()
    return EarlierText(name, edition.document, edition.at) if edition else None


def since_last_read(story: ArticlePage, person: User, text: dict[str, Any]) -> EarlierText:
    name = _("since you last looked")
    if not LastRead.objects.filter(story_id=story.pk, person=person).exists():
        return EarlierText(name, sentence=_("You have not read this before."))
    before = note_reading(story, person, text).document["before"]
    sentence = "" if before is not None else _("Nothing has changed since you first read it.")
    return EarlierText(name, before, sentence=sentence)


def last_signed(story: ArticlePage, person: User) -> EarlierText:
    name = _("since you signed")
    signatures = Signature.objects.filter(story_id=story.pk, person=person)
    signature = signatures.filter(role__in=(Role.WRITER, Role.SIGNER, Role.REVIEW)).last()
    if signature is None:
        return EarlierText(name, sentence=_("You have not signed this story."))
    text = text_of(story, signature)
    sentence = "" if text else _("The text that you signed is not kept any more.")
    return EarlierText(name, text, signature.at, sentence)


def text_of(story: ArticlePage, signature: Signature) -> dict[str, Any] | None:
    """What a signature stands for, if an edition or a revision still has it."""
    same = Edition.objects.filter(story_id=story.pk, digest=signature.digest).first()
    if same is not None:
        return same.document
    earlier = story.revisions.filter(created_at__lte=signature.at).order_by("-created_at", "-pk")
    for revision in earlier[:REVISIONS_TO_SEARCH]:
        text = document(revision.as_object(), signature.format)
        if digest(text) == signature.digest:
            return text
    return None

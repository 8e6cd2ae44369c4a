"""The signature at the Publication stage: on the text that was shown, for now or for a time."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from news.content.story import Story
from news.editions.choices import Role
from news.editions.errors import Refused, TextChanged
from news.editions.models import Signature
from news.editions.settings import signs_alone
from news.editions.signatures import digest_of, sign
from news.review.forms import SignForm

if TYPE_CHECKING:
    from cms.models import User


def sign_for_publication(story: Story, user: User, form_data: dict[str, Any]) -> None:
    """In: the story, its signer, and what they filled in (the fields of SignForm).

    Signs the latest draft and gives it its time. Raises Refused with a sentence.
    """
    form = SignForm(form_data)
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise Refused(f"{form.fields[name].label or name}: {errors[0]}", story)
    data = form.cleaned_data
    revision = story.get_latest_revision()
    draft = revision.as_object()
    if digest_of(draft) != data["digest"] and not alone_at_work(revision, user):
        raise TextChanged(_("The text changed while you read it: look again, then sign."), story)
    respect_embargo(story, data["public_from"], data["reason"])
    sign(
        draft,
        user,
        Role.SIGNER,
        kind=data["kind"],
        note=data["note"],
        reason=data["reason"],
        public_from=data["public_from"],
        embargo=data["embargo"] or stays_bound(story, data["public_from"]),
    )
    set_time(story, revision, data["public_from"])


def alone_at_work(revision: Revision, user: User) -> bool:
    """With one signature, the writer signs the words that they save in the same moment."""
    return signs_alone() and revision.user_id == user.pk


def stays_bound(story: Story, public_from: datetime | None) -> bool:
    """Signed again for the same time or later, an embargo stays one."""
    until = embargo_on(story)
    return until is not None and public_from is not None and public_from >= until


def respect_embargo(story: Story, public_from: datetime | None, reason: str = "") -> None:
    """An embargo is brought forward with a reason only, whatever the channel."""
    until = embargo_on(story)
    if until is None or (public_from or timezone.now()) >= until or reason.strip():
        return
    moment = timezone.localtime(until).strftime("%Y-%m-%d %H:%M %Z")
    raise Refused(_("Under embargo until %s: give a reason to go earlier.") % moment, story)


def embargo_on(story: Story) -> datetime | None:
    """Until when the newest signature binds the story, if that is still to come."""
    signatures = Signature.objects.filter(story_id=story.pk)
    newest = signatures.filter(role=Role.SIGNER).order_by("-pk").first()
    if newest is None or not newest.embargo or newest.public_from is None:
        return None
    return newest.public_from if newest.public_from > timezone.now() else None


def set_time(story: Story, revision: Revision, public_from: datetime | None) -> None:
    """Wagtail's own schedule: the time stands in the revision, beside the text."""
    revision.content["go_live_at"] = public_from.isoformat() if public_from else None
    revision.save(update_fields=["content"])

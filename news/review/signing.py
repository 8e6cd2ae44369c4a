"""What stands in the way of a text, and the signature on it at the Publication stage."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.models import User
from news.content.story import Story
from news.editions.choices import Role
from news.editions.errors import Refused, TextChanged
from news.editions.models import Signature
from news.editions.settings import signs_alone
from news.editions.signatures import digest_of, sign
from news.review.forms import SignForm


def obstacle(draft: Page) -> str:
    """Why a draft cannot pass review, as a sentence; empty if nothing stands in its way."""
    image = draft.lead_image
    if image is not None and not (image.credit and image.description):
        return _("The lead image needs a credit and an alt text before review.")
    return ""


def sign_for_publication(story: Story, user: User, form_data: dict[str, Any]) -> None:
    """Sign the latest draft, as SignForm was filled in, and give it its time. Raises Refused."""
    form = SignForm(form_data)
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise Refused(f"{form.fields[name].label or name}: {errors[0]}", story)
    data = form.cleaned_data
    revision = story.get_latest_revision()
    draft = revision.as_object()
    # With one signature, the writer signs the words that they save in the same moment.
    alone_at_work = signs_alone() and revision.user_id == user.pk
    if digest_of(draft) != data["digest"] and not alone_at_work:
        raise TextChanged(_("The text changed while you read it: look again, then sign."), story)
    public_from = data["public_from"]
    respect_embargo(story, public_from, data["reason"])
    # Signed again for the same time or later, an embargo stays one.
    until = embargo_on(story)
    stays_bound = until is not None and public_from is not None and public_from >= until
    sign(
        draft,
        user,
        Role.SIGNER,
        kind=data["kind"],
        note=data["note"],
        reason=data["reason"],
        public_from=public_from,
        embargo=data["embargo"] or stays_bound,
    )
    # Wagtail's own schedule: the time stands in the revision, beside the text.
    revision.content["go_live_at"] = public_from.isoformat() if public_from else None
    revision.save(update_fields=["content"])


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

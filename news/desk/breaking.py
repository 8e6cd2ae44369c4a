"""Breaking news and its debt: public at once with a reason, unreviewed until a second person has
read and signed exactly what was published.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from cms import clock
from cms.models import User
from cms.models.changes import hold, record
from news.desk.audience import editing, of_groups
from news.desk.debts import debts
from news.desk.notices import tell
from news.desk.passage import through
from news.desk.permissions import StoryPermissionTester
from news.desk.refusals import Refused, TextChanged
from news.desk.roles import ADMINISTRATORS, MANAGING_EDITORS
from news.desk.rules import is_editor, obstacle
from news.desk.signatures import contributors, digest_of, names_on, newest_edition, sign
from news.kinds import Door, Event, Kind, Role
from news.models import ArticlePage, DeskSettings, Edition, Notice, Signature
from news.reports import STORY, public_facts

# Begins the key of the notice that a debt is late: told once of each edition.
LATE = "late:"


def seconds(story: ArticlePage, user: User) -> QuerySet[User]:
    """Who may be asked to read it: editors of the section who did not work on the text."""
    wrote = contributors(story.get_latest_revision_as_object()) | {user.pk}
    editors = User.objects.filter(of_groups(editing(story)), is_active=True)
    return editors.exclude(pk__in=wrote).order_by("last_name", "pk")


def past_the_limit() -> str:
    """A sentence while too many stories wait for their second reader, empty otherwise."""
    waiting, most = debts().count(), DeskSettings.load().most_unreviewed
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

    In: the digest that the publisher was shown, why it cannot wait, who will read it, and why the
    limit of unreviewed stories is overridden where it is reached. Raises Refused.
    """
    story = ArticlePage.objects.select_for_update().get(pk=story.pk)
    tester = story.permissions_for_user(user)
    if not isinstance(tester, StoryPermissionTester) or not tester.is_publisher:
        raise Refused(_("Breaking news is published by managing editors."), story)
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
    if sentence := obstacle(draft):
        raise Refused(sentence, story)
    if (sentence := past_the_limit()) and not override.strip():
        raise Refused(sentence, story)
    _names, missing = names_on(draft)
    reasons = f"{reason}\n{override}".strip()
    sign(draft, user, Role.SIGNER, kind=kind, note=note, reason=reasons)
    with through(Door.BREAKING, reasons, user, second if missing else None):
        revision.publish(user=user, skip_permission_checks=True)
    edition = newest_edition(story.pk)
    if edition is None or edition.door != Door.BREAKING:
        raise Refused(_("Readers see this text already."), story)
    with_aliases(story.pk).update(
        breaking_until=ArticlePage.objects.get(pk=story.pk).breaking_until
    )
    path = review_path(edition)
    if edition.unreviewed:
        tell(Event.BREAKING, [second], story, by=user, reason=reasons, path=path)
    return edition


@transaction.atomic
def review(edition: Edition, user: User, digest: str) -> None:
    """A second person signs what was published. Raises Refused."""
    story = ArticlePage.objects.select_for_update().get(pk=edition.story_id)
    if not debts().filter(pk=edition.pk).exists():
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
    if not debts().filter(story=story).exists():
        end_the_label(story)
    people = [person for person in (edition.by, edition.second) if person is not None]
    tell(Event.REVIEWED, people, story, by=user)


def why_not_reviewed_by(user: User, edition: Edition) -> str:
    """Why somebody cannot be the second person, as a sentence; empty if they can."""
    if not is_editor(user, edition.story):
        return _("Editors of the section review breaking news.")
    if user.pk in {name["person"] for name in edition.signatures}:
        return _("You wrote or published this text, so somebody else has to review it.")
    return ""


def review_path(edition: Edition) -> str:
    return reverse("review_breaking", args=(edition.story_id, edition.number))


def with_aliases(story_id: int) -> QuerySet[ArticlePage]:
    return ArticlePage.objects.filter(Q(pk=story_id) | Q(alias_of=story_id))


def end_the_label(story: ArticlePage) -> None:
    """Readers no longer see “Breaking”."""
    hold()
    rows = with_aliases(story.pk).filter(breaking_until__isnull=False)
    facts = public_facts(newest_edition(story.pk), story.pk)
    if rows.update(breaking_until=None) and facts:
        record("label", STORY, story.pk, {**facts, "breaking": True}, {**facts, "breaking": False})


def labels_that_end() -> QuerySet[ArticlePage]:
    return ArticlePage.objects.filter(breaking_until__lte=timezone.now(), alias_of=None)


def late_debts() -> QuerySet[Edition]:
    """Debts that have been open for too long, and of which nobody was told yet."""
    before = timezone.now() - timedelta(minutes=DeskSettings.load().review_minutes)
    told = Notice.objects.filter(key=Concat(Value(LATE), OuterRef("pk"), output_field=CharField()))
    return debts().filter(~Exists(told), at__lte=before)


def escalate(edition: Edition) -> None:
    """Once: tell those who published and should have read it, and those above them."""
    above = User.objects.filter(groups__name__in=(MANAGING_EDITORS, ADMINISTRATORS))
    people = [*above, *(person for person in (edition.by, edition.second) if person)]
    key, path = f"{LATE}{edition.pk}", review_path(edition)
    tell(Event.LATE, people, edition.story, reason=edition.reason, path=path, key=key)


def nothing_to_record(row: object, reason: str) -> bool:
    """The clock tries again."""
    return True


clock.add_duty(clock.Duty(labels_that_end, end_the_label, nothing_to_record))
clock.add_duty(clock.Duty(late_debts, escalate, nothing_to_record))

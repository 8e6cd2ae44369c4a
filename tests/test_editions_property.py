"""A random newsroom: whatever its people and programs do, what is live is what was signed."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test
from wagtail.models import Page, PageViewRestriction, Revision

from cms.background.schedule import run_due
from news.desk.live_text import propose, publish_fix, waiting_fix
from news.editions.context import publication_context
from news.editions.signatures import digest_of
from news.models import ArticlePage, SectionPage
from tests.builders import a_section, a_story, a_user
from tests.doors import EDITORS, LEGAL, MANAGING, REPORTERS, signatures, stage
from tests.newsroom import Newsroom, newest
from tests.random_desk import RandomDesk

pytestmark = pytest.mark.django_db

PEOPLE = {
    "managing": (MANAGING,),
    "second managing": (MANAGING,),
    "reporter and managing": (REPORTERS, MANAGING),
    "superuser": (),
    "editor": (EDITORS,),
    "reporter": (REPORTERS,),
    "lawyer": (LEGAL,),
}
MOST_STORIES = 7
EXAMPLES = 300 if os.environ.get("SOAK") else 20
STEPS = 30

stories = st.integers(0, MOST_STORIES - 1)
people = st.sampled_from(list(PEOPLE))
words = st.sampled_from(["Amber", "Birch", "Cedar"])
reasons = st.sampled_from(["", "Because"])
places = st.sampled_from(["world", "culture", "attic"])


class RandomNewsroom(RandomDesk):
    """Every channel that the design names."""

    # What people do.

    @rule(number=stories, who=people, title=words)
    def edit_headline(self, number: int, who: str, title: str) -> None:
        with self.at(self.source(number)) as story:
            self.save(story, who, lambda draft: setattr(draft, "title", title))

    @rule(number=stories, who=people, word=words)
    def edit_body(self, number: int, who: str, word: str) -> None:
        with self.at(self.source(number)) as story:
            body = [("paragraph", f"<p>{word}</p>")]
            self.save(story, who, lambda draft: setattr(draft, "body", body))

    @rule(number=stories, title=words)
    def autosave(self, number: int, title: str) -> None:
        with self.at(self.source(number)) as story:
            latest = story.get_latest_revision()
            who = next((n for n, user in self.staff.items() if user.pk == latest.user_id), None)
            if who:
                overwrite = {"overwrite_revision": latest}
                self.save(story, who, lambda draft: setattr(draft, "title", title), **overwrite)

    @rule(number=stories, who=people)
    def send_to_review(self, number: int, who: str) -> None:
        with self.at(self.source(number)) as story:
            self.begin_review(story, who)

    @rule(number=stories, who=people, action=st.sampled_from(["approve", "approve", "reject"]))
    def decide_now(self, number: int, who: str, action: str) -> None:
        with self.at(self.source(number)) as story:
            self.decide(story, who, action)

    @rule(number=stories, who=people, signer=people)
    def review_and_sign(self, number: int, who: str, signer: str) -> None:
        """All stages in one go: else a random walk seldom comes to the end."""
        with self.at(self.source(number), whole=False) as story:
            self.begin_review(story, who)
            self.pass_all_stages(story, signer)

    @rule(number=stories, writer=st.integers(0, 3))
    def sign_ones_own(self, number: int, writer: int) -> None:
        """Whoever changed the text tries to put it before readers alone."""
        with self.at(self.source(number), whole=False) as story:
            if saves := self.saves[story.pk]:
                author = saves[writer % len(saves)][1]
                [who] = [name for name, user in self.staff.items() if user.pk == author]
                self.begin_review(story, "reporter")
                self.pass_all_stages(story, who)

    @rule(number=stories, who=people, embargo=st.booleans(), reason=reasons)
    def sign_for_later(self, number: int, who: str, embargo: bool, reason: str) -> None:
        with self.at(self.source(number)) as story:
            if stage(story) == "publication":
                later = (timezone.now() + timedelta(hours=1)).isoformat()
                more = {"public_from": later, "embargo": embargo, "reason": reason}
                self.decide(story, who, "approve", **more)

    @rule(number=stories)
    def take_off_the_schedule(self, number: int) -> None:
        with self.at(number) as story:
            for revision in story.revisions.filter(approved_go_live_at__isnull=False):
                revision.approved_go_live_at = None
                revision.save(update_fields=["approved_go_live_at"])

    @rule(number=stories, who=people, title=words)
    def propose_fix(self, number: int, who: str, title: str) -> None:
        with self.at(self.source(number)) as story:
            story.title = title
            user = self.staff[who]
            fix = propose(story, user, kind="typo", note="", reason="")
            self.fixes[fix.revision_id] = user.pk

    @rule(number=stories, who=people)
    def sign_fix(self, number: int, who: str) -> None:
        with self.at(self.source(number)) as story:
            if fix := waiting_fix(story):
                shown = digest_of(Revision.objects.get(pk=fix.revision_id).as_object())
                self.signed.add((story.pk, self.staff[who].pk, shown))
                publish_fix(fix, self.staff[who], shown)

    # What programs do.

    @rule()
    def time_passes(self) -> None:
        past = timezone.now() - timedelta(minutes=1)
        for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
            revision.content["go_live_at"] = past.isoformat()
            revision.approved_go_live_at = past
            revision.save(update_fields=["content", "approved_go_live_at"])
        for revision in Revision.objects.filter(approved_go_live_at__lt=timezone.now()):
            with self.at(self.pks.index(int(revision.object_id))):
                revision.publish(log_action="wagtail.publish.scheduled")

    @rule(number=stories)
    def expire(self, number: int) -> None:
        with self.at(number) as story:
            past = timezone.now() - timedelta(minutes=1)
            Page.objects.filter(pk=story.pk).update(expire_at=past)
            run_due()

    @rule(number=stories, back=st.integers(0, 3), who=st.none() | people, asked=st.booleans())
    def publish_by_code(self, number: int, back: int, who: str | None, asked: bool) -> None:
        with self.at(self.source(number)) as story:
            revisions = story.revisions.order_by("-pk")[: back + 1]
            user = self.staff[who] if who else None
            list(revisions)[-1].publish(user=user, skip_permission_checks=not asked)

    @rule(number=stories, reason=reasons)
    def unpublish(self, number: int, reason: str) -> None:
        with self.at(number) as story, publication_context("", reason):
            story.unpublish()

    @rule(number=stories, reason=reasons, above=st.booleans())
    def make_private_or_public(self, number: int, reason: str, above: bool) -> None:
        with self.at(number) as story, publication_context("", reason):
            page = story.get_parent() if above else Page.objects.get(pk=story.pk)
            if held := PageViewRestriction.objects.filter(page=page).first():
                held.delete()
            else:
                PageViewRestriction.objects.create(page=page, restriction_type="login")

    @rule(number=stories, place=places, reason=reasons)
    def move(self, number: int, place: str, reason: str) -> None:
        with self.at(number) as story, publication_context("", reason):
            story.move(SectionPage.objects.get(slug=place), pos="last-child")

    @rule(number=stories, title=st.none() | words)
    def save_story(self, number: int, title: str | None) -> None:
        with self.at(number) as story:
            story.title = title or story.title
            story.save()

    @rule(number=stories, title=st.none() | words)
    def save_page(self, number: int, title: str | None) -> None:
        with self.at(number) as story:
            page = Page.objects.get(pk=story.pk)
            page.title = title or page.title
            page.save()

    @rule(number=stories, live=st.booleans())
    def update_live(self, number: int, live: bool) -> None:
        with self.at(number) as story, transaction.atomic():
            ArticlePage.objects.filter(pk=story.pk).update(live=live)

    @rule(number=stories, place=places)
    def make_alias(self, number: int, place: str) -> None:
        with self.at(number) as story:
            if len(self.pks) < MOST_STORIES:
                parent = SectionPage.objects.get(slug=place)
                alias = story.create_alias(parent=parent, update_slug=f"story-{len(self.pks)}")
                self.add(alias)

    @rule(number=stories, who=people, keep_live=st.booleans(), revisions=st.booleans())
    def copy(self, number: int, who: str, keep_live: bool, revisions: bool) -> None:
        with self.at(number) as story:
            if len(self.pks) < MOST_STORIES:
                slug = {"slug": f"story-{len(self.pks)}"}
                way = {"keep_live": keep_live, "copy_revisions": revisions}
                copied = story.copy(update_attrs=slug, user=self.staff[who], **way)
                self.add(copied)
                assert not copied.live and not newest(copied)

    @rule(number=stories)
    def delete(self, number: int) -> None:
        if len(self.pks) > 1:
            with self.at(number) as story, transaction.atomic():
                story.delete()
                self.pks.remove(story.pk)
                self.touched = self.pks[0]

    @rule(number=st.sampled_from([2, 2, 2, 2, 2, 1]))
    def set_signatures(self, number: int) -> None:
        signatures(number)


def test_a_random_newsroom() -> None:
    staff = {
        name: a_user(*roles, superuser=name == "superuser", name=name.replace(" ", "-"))
        for name, roles in PEOPLE.items()
    }
    for slug in ("world", "culture", "attic"):
        section = a_section(slug.title(), slug=slug)
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    world = SectionPage.objects.get(slug="world")
    reporter = staff["reporter"]
    live = a_story("Amber", parent=world, owner=reporter, slug="story-a")
    draft = a_story("Birch", parent=world, owner=reporter, slug="story-b", live=False)
    flagged = a_story("Cedar", parent=world, slug="story-c", live=False, needs_legal_review=True)
    begun = {live.pk: 0, draft.pk: reporter.pk, flagged.pk: 0}
    Newsroom.steps = 0
    run_state_machine_as_test(
        lambda: RandomNewsroom(staff, begun),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Newsroom.steps >= 300

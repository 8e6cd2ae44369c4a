"""Random steps of breaking news, its review, and legal hold."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from news.desk.breaking import publish_breaking, review, unreviewed_editions
from news.desk.legal_hold import set_hold
from news.models import Edition, Signature
from tests.newsroom import DOORS_WITHOUT_TEXT, Newsroom

numbers = st.integers(0, 6)
people = st.sampled_from(
    ["managing", "second managing", "reporter and managing", "superuser", "editor", "lawyer"]
)


class RandomDesk(Newsroom):
    """What goes public unreviewed stays a debt until somebody else has signed it."""

    @rule(number=numbers, who=people, second=people)
    def break_the_news(self, number: int, who: str, second: str) -> None:
        with self.at(self.source(number)) as story:
            shown, user = story.draft_digest, self.staff[who]
            self.signed.add((story.pk, user.pk, shown))
            way = {"digest": shown, "reason": "Now", "override": "Now"}
            publish_breaking(story, user, second=self.staff[second], **way)

    @rule(number=numbers, who=people)
    def review_it(self, number: int, who: str) -> None:
        with self.at(self.source(number)) as story:
            for edition in unreviewed_editions().filter(story=story)[:1]:
                review(edition, self.staff[who], edition.digest)

    @rule(number=numbers, who=people, held=st.sampled_from([True, False, False]))
    def hold_or_release(self, number: int, who: str, held: bool) -> None:
        with self.at(self.source(number)) as story:
            set_hold(story, self.staff[who], "A court order", held=held)
            self.held = self.held | {story.pk} if held else self.held - {story.pk}

    @invariant()
    def what_is_unreviewed_is_a_debt(self) -> None:
        open_debts = set(unreviewed_editions().values_list("pk", flat=True))
        for edition in Edition.objects.filter(unreviewed=True):
            assert edition.channel == "breaking" and edition.second_id
            named = {row["person"] for row in edition.signatures}
            reviews = Signature.objects.filter(
                story=edition.story_id, role="review", after_edition=edition.number
            )
            readers = set(reviews.values_list("person_id", flat=True))
            assert bool(readers) != (edition.pk in open_debts)
            assert not readers & named, "nobody reviews what they wrote or published"

    @invariant()
    def nothing_held_becomes_public(self) -> None:
        newest = Edition.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        since = Edition.objects.filter(pk__gt=self.last_seen, story__in=self.held)
        assert not since.exclude(channel__in=DOORS_WITHOUT_TEXT).exists()
        self.last_seen = newest

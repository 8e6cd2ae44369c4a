"""A story as a card of the board. Facts of the text come from the newest draft of the cards that
are shown, and of no others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from cms.models import Image, User
from news.board.unfinished import Unfinished, reviews
from news.content.tags import Tag
from news.editions.choices import BESIDE_DRAFTS, Role
from news.editions.models import Contribution, Edition, Signature
from news.models import ArticlePage, AuthorPage
from news.review.participants import Participant


@dataclass
class BoardCard:
    """What an editor sees of a story: `act` is what they can do with it now, `address` where."""

    story_id: int
    headline: str
    path: str
    owner_id: int | None
    section: str = ""
    live: bool = False
    withdrawn: bool = False
    words: int = 0
    deadline: datetime | None = None
    picture: str = ""
    tags: list[str] = field(default_factory=list)
    since: datetime | None = None
    task_id: int | None = None
    returned: bool = False
    role: str = ""
    claimed_by: User | None = None
    claimed_by_me: bool = False
    writers: set[int] = field(default_factory=set)
    contributors: set[int] = field(default_factory=set)
    mine: bool = False
    legal_hold: bool = False
    fix: bool = False
    at: datetime | None = None
    embargo: bool = False
    held: str = ""
    published_by: str = ""
    asked: str = ""
    asked_me: bool = False
    edition: int = 0
    late: bool = False
    opens: bool = False
    act: str = ""
    address: str = ""
    may_claim: bool = False

    @property
    def overdue(self) -> bool:
        return self.deadline is not None and self.deadline < timezone.now()


# Of the row: the rest is in the draft.
OF_STORY = (
    *("pk", "path", "owner_id", "section__title", "live", "first_published_at", "title"),
    *("draft_title", "word_count", "lead_image_id", "latest_revision_created_at"),
    "latest_revision__content",
)


class CardFacts:
    """Everything that cards of these stories show, in a constant number of queries."""

    def __init__(self, ids: Iterable[int], known: Unfinished, user: User) -> None:
        self.ids = set(ids)
        self.known = known
        self.user = user
        involved = Participant.objects.filter(story=OuterRef("pk"), person=user)
        stories = ArticlePage.objects.filter(pk__in=self.ids).annotate(names_me=Exists(involved))
        self.stories = {row["pk"]: row for row in stories.values(*OF_STORY, "names_me")}
        waiting = reviews().filter(object_id__in=[str(pk) for pk in self.ids])
        since = waiting.values_list("story", "current_task_state__started_at")
        self.since = dict(since)
        self.drafts = {pk: draft_of(story) for pk, story in self.stories.items()}
        named = [draft["lead_image"] for draft in self.drafts.values()]
        images = Image.objects.filter(pk__in={pk for pk in named if pk})
        self.complete = {
            pk: bool(credit and alt)
            for pk, credit, alt in images.values_list("pk", "credit", "description")
        }
        self.tags = dict(Tag.objects.filter(pk__in=self._all("tags")).values_list("pk", "name"))
        authors = AuthorPage.objects.filter(pk__in=self._all("authors"))
        self.authors = dict(authors.exclude(user=None).values_list("pk", "user_id"))
        self.saved = self._saved_since_publication()
        holds = Signature.objects.filter(story__in=self.ids, role__in=(Role.HOLD, Role.RELEASE))
        self.holds = dict(holds.order_by("pk").values_list("story_id", "role"))

    def _all(self, name: str) -> set[int]:
        return {pk for draft in self.drafts.values() for pk in draft[name]}

    def _saved_since_publication(self) -> dict[int, set[int]]:
        """Who changed which text since a draft of it was last published (see `contributors`)."""
        editions = Edition.objects.filter(story__in=self.ids).exclude(channel__in=BESIDE_DRAFTS)
        # Revisions are numbered as they come: the newest edition has the highest.
        last = dict(
            editions.order_by()
            .values("story")
            .annotate(last=Max("revision_id"))
            .values_list("story", "last")
        )
        saved: defaultdict[int, set[int]] = defaultdict(set)
        rows = Contribution.objects.filter(story__in=self.ids)
        for story, person, revision in rows.values_list("story", "person", "revision_id"):
            if revision > (last.get(story) or 0):
                saved[story].add(person)
        return saved

    def card(self, pk: int) -> BoardCard:
        """A new card of a story, with what is true of it in every column."""
        story, draft, review = self.stories[pk], self.drafts[pk], self.known.reviews.get(pk)
        authors = {self.authors[author] for author in draft["authors"] if author in self.authors}
        people = authors | {story["owner_id"], review.requested_by if review else None}
        writers = {person for person in people if person}
        waits = review is not None and review.waiting
        holder = self.known.claims.get(pk)
        return BoardCard(
            story_id=pk,
            headline=draft["headline"],
            path=story["path"],
            owner_id=story["owner_id"],
            section=story["section__title"] or "",
            live=story["live"],
            withdrawn=not story["live"] and story["first_published_at"] is not None,
            words=draft["words"],
            deadline=draft["deadline"],
            picture=self._picture(draft["lead_image"]),
            tags=[self.tags[tag] for tag in draft["tags"] if tag in self.tags],
            since=self.since[pk] if waits else story["latest_revision_created_at"],
            task_id=review.task_id if review and waits else None,
            returned=review is not None and not waits,
            claimed_by=holder,
            claimed_by_me=holder == self.user,
            writers=writers,
            contributors=writers | self.saved.get(pk, set()),
            mine=story["names_me"] or story["owner_id"] == self.user.pk,
            legal_hold=self.holds.get(pk) == Role.HOLD,
        )

    def as_public(self, card: BoardCard) -> None:
        """Show the text that readers see instead of the draft."""
        story = self.stories[card.story_id]
        card.headline, card.words = story["title"], story["word_count"]
        card.deadline, card.picture, card.task_id = None, "", None

    def _picture(self, pk: int | None) -> str:
        """What is missing of the lead image; empty if nothing is."""
        if pk not in self.complete:
            return _("Picture missing")
        return "" if self.complete[pk] else _("Picture without credit or alt text")


def draft_of(story: dict[str, Any]) -> dict[str, Any]:
    """What a card says of the newest draft; of the row, where there is no draft."""
    content = story["latest_revision__content"] or {}
    deadline = content.get("deadline")
    return {
        "headline": content.get("title") or story["draft_title"],
        "words": content.get("word_count", story["word_count"]),
        "deadline": parse_datetime(deadline) if deadline else None,
        "lead_image": content.get("lead_image", story["lead_image_id"]),
        "authors": [byline["author"] for byline in content.get("bylines", ())],
        "tags": [item["tag"] for item in content.get("tagged_items", ())],
    }

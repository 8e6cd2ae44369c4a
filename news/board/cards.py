"""A story as a card of the board. Facts of the text come from the newest draft of the cards that
are shown, and of no others.
"""

from __future__ import annotations

from collections import defaultdict
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

    def __init__(self, ids: set[int], known: Unfinished, user: User) -> None:
        self.known = known
        self.user = user
        involved = Participant.objects.filter(story=OuterRef("pk"), person=user)
        stories = ArticlePage.objects.filter(pk__in=ids).annotate(names_me=Exists(involved))
        rows = [row | draft_of(row) for row in stories.values(*OF_STORY, "names_me")]
        self.stories = {row["pk"]: row for row in rows}
        waiting = reviews().filter(object_id__in=[str(pk) for pk in ids])
        self.since = dict(waiting.values_list("story", "current_task_state__started_at"))
        images = Image.objects.filter(pk__in={row["image"] for row in rows if row["image"]})
        self.pictures = {
            pk: "" if credit and alt else _("Picture without credit or alt text")
            for pk, credit, alt in images.values_list("pk", "credit", "description")
        }
        tags = Tag.objects.filter(pk__in={pk for row in rows for pk in row["tags"]})
        self.tags = dict(tags.values_list("pk", "name"))
        authors = AuthorPage.objects.filter(pk__in={pk for row in rows for pk in row["authors"]})
        self.authors = dict(authors.exclude(user=None).values_list("pk", "user_id"))
        self.saved = saved_since_publication(ids)
        holds = Signature.objects.filter(story__in=ids, role__in=(Role.HOLD, Role.RELEASE))
        self.holds = dict(holds.order_by("pk").values_list("story_id", "role"))

    def card(self, pk: int) -> BoardCard:
        """A new card of a story, with what is true of it in every column."""
        story, review = self.stories[pk], self.known.reviews.get(pk)
        authors = {self.authors.get(author) for author in story["authors"]}
        requested_by = review.requested_by if review else None
        writers = {*authors, story["owner_id"], requested_by} - {None}
        waits = review is not None and review.waiting
        holder = self.known.claims.get(pk)
        return BoardCard(
            story_id=pk,
            headline=story["headline"],
            path=story["path"],
            section=story["section__title"] or "",
            live=story["live"],
            withdrawn=not story["live"] and story["first_published_at"] is not None,
            words=story["words"],
            deadline=story["deadline"],
            picture=self.pictures.get(story["image"], _("Picture missing")),
            tags=[self.tags[tag] for tag in story["tags"] if tag in self.tags],
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

    def show_public_text(self, card: BoardCard) -> None:
        """Show the text that readers see instead of the draft."""
        story = self.stories[card.story_id]
        card.headline, card.words = story["title"], story["word_count"]
        card.deadline, card.picture, card.task_id = None, "", None


def draft_of(story: dict[str, Any]) -> dict[str, Any]:
    """What a card says of the newest draft; of the row, where there is no draft."""
    content = story["latest_revision__content"] or {}
    deadline = content.get("deadline")
    return {
        "headline": content.get("title") or story["draft_title"],
        "words": content.get("word_count", story["word_count"]),
        "deadline": parse_datetime(deadline) if deadline else None,
        "image": content.get("lead_image", story["lead_image_id"]),
        "authors": [byline["author"] for byline in content.get("bylines", ())],
        "tags": [item["tag"] for item in content.get("tagged_items", ())],
    }


def saved_since_publication(ids: set[int]) -> dict[int, set[int]]:
    """Who changed which text since a draft of it was last published (see `Work.contributors`)."""
    editions = Edition.objects.filter(story__in=ids).exclude(channel__in=BESIDE_DRAFTS)
    # Revisions are numbered as they come: the newest edition has the highest.
    newest = editions.order_by().values("story").annotate(last=Max("revision_id"))
    last = dict(newest.values_list("story", "last"))
    saved: defaultdict[int, set[int]] = defaultdict(set)
    rows = Contribution.objects.filter(story__in=ids)
    for story, person, revision in rows.values_list("story", "person", "revision_id"):
        if revision > (last.get(story) or 0):
            saved[story].add(person)
    return saved

"""The front page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import InlinePanel, PageChooserPanel
from wagtail.models import Orderable, PagePermissionTester, Revision

from cms.changes.registry import PAGE_FACTS, part_of, shared
from cms.models import BasePage, User
from home.forms import FrontPageForm
from home.places import PLACES, SLOTS, Places, at_their_places, filled, only
from news.content.cards import Card, cards, cards_by_id
from news.content.loading import LoadedPage
from news.models import ArticlePage, SectionPage
from news.models.listings import public_sections
from news.review.permissions import RecordPermissionTester

LATEST = 12
ROW = 4


@dataclass(frozen=True)
class Row:
    """A section and its newest stories."""

    section: SectionPage
    stories: list[Card]


@shared(*PAGE_FACTS, "lead", "slots__story", "slots__sort_order")
class HomePage(LoadedPage, BasePage):
    """Lead, curated slots, the latest, a row for each section.

    A place that nobody filled, or whose story is not public, fills itself with the newest. A story
    that was public and is not any more holds no place: when it comes back, somebody chooses it.
    """

    lead = models.ForeignKey(
        ArticlePage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("lead story"),
        help_text=_("Empty: the newest story."),
    )

    base_form_class = FrontPageForm
    content_panels = [
        *BasePage.content_panels,
        PageChooserPanel("lead", "news.ArticlePage"),
        InlinePanel("slots", heading=_("Next in rank"), label=_("Story"), max_num=SLOTS),
    ]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "news.NewsIndexPage",
        "news.AuthorIndexPage",
        "home.StandardPage",
    ]

    class Meta:
        verbose_name = _("front page")

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        return RecordPermissionTester(user, self)

    # Who stands where.

    @property
    def places(self) -> Places:
        slots = [(slot.sort_order, slot.story_id) for slot in self.slots.all()]
        return (self.lead_id, *at_their_places(slots))

    def place(self, places: Places) -> None:
        """Put these stories at the places, in memory."""
        self.lead_id = places[0]
        rows = {slot.story_id: slot for slot in self.slots.all()}
        slots: list[FrontSlot] = []
        for number, story in enumerate(places[1:]):
            if story is not None:
                slot = rows.pop(story, None) or FrontSlot(story_id=story)
                slot.sort_order = number
                slots.append(slot)
        page: Any = self
        page.slots = slots

    def forget_withdrawn(self) -> None:
        """Empty the places whose story was public and is not any more."""
        places = self.places
        ids = {pk for pk in places if pk is not None}
        if not ids:
            return
        public = ArticlePage.objects.published().filter(pk__in=ids).values("pk")
        were = ArticlePage.objects.filter(pk__in=ids, first_published_at__isnull=False)
        gone = set(were.exclude(pk__in=public).values_list("pk", flat=True))
        if gone:
            self.place(only(places, ids - gone))

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not kwargs.get("update_fields"):
            self.forget_withdrawn()
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        self.forget_withdrawn()
        return super().save_revision(*args, **kwargs)

    # Readers.

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        stories = ArticlePage.objects.published().filter(language_id=self.locale_id)
        newest = cards(stories.order_by("-published_at", "-pk")[: PLACES + LATEST])
        places = self.places
        above = {pk for pk in places if pk is not None}
        above |= {story.pk for story in newest[:PLACES]}
        sections = self._sections(without=above)
        in_rows = {pk for _section, ids in sections for pk in ids}
        public = cards_by_id(stories, above | in_rows)
        newest_first = [(story.pk, public.get(story.pk, story)) for story in newest]
        top = [story for story in filled(places, public, newest_first) if story]
        rows = [
            Row(section, [public[pk] for pk in ids if pk in public])
            for section, ids in sections
            if ids
        ]
        context |= {
            "lead": top[0] if top else None,
            "slots": top[1:],
            "latest": [story for story in newest if story.pk != top[0].pk][:LATEST],
            "rows": rows,
            "stories": list(public.values()),
            "signed": [*top[:1], *(card for card in public.values() if card.is_opinion)],
        }
        return context

    def _sections(self, without: set[int]) -> list[tuple[SectionPage, list[int]]]:
        """Every section with the ids of its newest stories, in one query."""
        others = ArticlePage.objects.published().exclude(pk__in=without)
        newest = others.filter(section=OuterRef("pk")).order_by("-published_at", "-pk").values("pk")
        sections = public_sections().filter(locale_id=self.locale_id).order_by("path")
        places = {f"newest_{place}": Subquery(newest[place : place + 1]) for place in range(ROW)}
        return [
            (section, [pk for name in places if (pk := getattr(section, name))])
            for section in sections.annotate(**places)
        ]


@part_of("page")
class FrontSlot(Orderable):
    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="slots")
    story = models.ForeignKey(
        ArticlePage, on_delete=models.CASCADE, related_name="+", verbose_name=_("story")
    )

    panels = [PageChooserPanel("story", "news.ArticlePage")]

    class Meta(Orderable.Meta):
        verbose_name = _("front slot")
        verbose_name_plural = _("front slots")

    def __str__(self) -> str:
        return self.story.title

"""The front page, and standard pages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Orderable, PagePermissionTester, Revision
from wagtail.search import index

from cms.changes.registry import PAGE_FACTS, part_of, shared
from cms.models import BasePage, User
from home.places import PLACES, SLOTS, Places, only, shown_at, slots_in_order
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


def may_stand(ids: Collection[int | None]) -> set[int]:
    """Those of the stories that are public, or have never been."""
    public = ArticlePage.objects.published().filter(pk__in=ids).values("pk")
    stories = ArticlePage.objects.filter(pk__in=ids)
    kept = stories.filter(Q(pk__in=public) | Q(first_published_at=None))
    return set(kept.values_list("pk", flat=True))


class FrontPageForm(WagtailAdminPageForm):
    """The editor numbers slots without gaps; the front-page tool leaves a slot empty on purpose."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slots_before = self.instance.places[1:]

    def save(self, commit: bool = True) -> Any:
        """Whoever leaves the slots as they are in their order leaves them where they are."""
        page = super().save(commit)
        if list(filter(None, page.places[1:])) == list(filter(None, self.slots_before)):
            page.place((page.lead_id, *self.slots_before))
        return page


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
        slots = slots_in_order((slot.sort_order, slot.story_id) for slot in self.slots.all())
        return (self.lead_id, *slots)

    def place(self, places: Places) -> None:
        """In memory. The rows of slots are kept: a form that is open elsewhere names their ids."""
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
        places = self.places
        kept = only(places, may_stand(places))
        if kept != places:
            self.place(kept)

    def save(self, *args: Any, **kwargs: Any) -> None:
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
        first = [story.pk for story in newest[:PLACES]]
        places = self.places
        above = {*first, *filter(None, places)}
        sections = self._sections(without=above)
        public = cards_by_id(stories, above.union(*(ids for _section, ids in sections)))
        top = [public[pk] for pk in shown_at(places, public, first) if pk]
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


@shared(*PAGE_FACTS, "introduction", "body")
class StandardPage(BasePage):
    """About us, contacts, rules: what is not a story."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=500)
    body = RichTextField(_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    api_fields = [APIField("introduction"), APIField("body")]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

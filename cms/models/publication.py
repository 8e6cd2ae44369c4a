"""The publication itself: its name, menus and the zone its clock runs in."""

from __future__ import annotations

import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks.stream_block import StreamValue
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.changes.registry import shared
from cms.models.addresses import PublicPage, public_pages


class MenuItemBlock(blocks.StructBlock):
    """One entry of a menu: a page of ours or an address elsewhere."""

    label = blocks.CharBlock(
        max_length=60,
        required=False,
        label=_("Label"),
        help_text=_("Empty: the title of the page."),
    )
    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    url = blocks.URLBlock(required=False, label=_("or an address"))

    class Meta:
        icon = "link"
        label = _("Entry")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            raise ValidationError(_("Give either a page or an address."))
        if cleaned["url"] and not cleaned["label"]:
            raise ValidationError(_("An address needs a label."))
        return cleaned


class SocialLinkBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=60, label=_("Label"))
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "link"
        label = _("Profile")


def valid_time_zone(name: str) -> None:
    """In: a zone name such as Europe/Kyiv. Raises ValidationError if this machine has none."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("There is no time zone %(name)s."), params={"name": name})


@shared(
    *("name", "tagline", "logo", "publishing_principles", "social_links"),
    *("header_menu", "footer_menu", "time_zone"),
)
@register_setting(icon="home", order=100)
class PublicationSettings(BaseGenericSetting):
    name = models.CharField(pgettext_lazy("newspaper", "name"), max_length=80, default="Dateline")
    tagline = models.CharField(_("tagline"), max_length=160, blank=True)
    logo = models.ForeignKey(
        "cms.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    publishing_principles = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page that says by which rules this newsroom works."),
    )
    social_links = StreamField([("profile", SocialLinkBlock())], blank=True)
    header_menu = StreamField([("entry", MenuItemBlock())], blank=True)
    footer_menu = StreamField([("entry", MenuItemBlock())], blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="UTC",
        validators=[valid_time_zone],
        help_text=_("Where the newsroom is: dates on pages are shown in it. Example: Europe/Kyiv."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("tagline"),
                FieldPanel("logo", heading=_("Logo")),
                FieldPanel("publishing_principles", heading=_("Publishing principles")),
                FieldPanel("time_zone"),
            ],
            heading=pgettext_lazy("newspaper", "Publication"),
        ),
        FieldPanel("header_menu", heading=_("Header menu")),
        FieldPanel("footer_menu", heading=_("Footer menu")),
        FieldPanel("social_links", heading=_("Social links")),
    ]

    class Meta:
        verbose_name = _("publication settings")

    def __str__(self) -> str:
        return self.name

    @property
    def linked_pages(self) -> set[int]:
        """Ids of the pages that menus and footer name."""
        return set(self._in_this_language.values())

    @cached_property
    def _in_this_language(self) -> dict[int, int]:
        """Ids as chosen, each with the id of its translation where there is one: a query in
        other languages than the default.
        """
        entries = [*self.header_menu.raw_data, *self.footer_menu.raw_data]
        named = {entry["value"].get("page") for entry in entries}
        chosen = {pk: pk for pk in named | {self.publishing_principles_id} if pk}
        language = translation.get_language()
        if language == settings.LANGUAGE_CODE:
            return chosen
        translated = Page.objects.filter(
            locale__language_code=language,
            translation_key__in=Page.objects.filter(pk__in=chosen).values("translation_key"),
        )
        originals = Page.objects.filter(
            pk__in=chosen, translation_key=OuterRef("translation_key")
        ).values("pk")
        pairs = translated.annotate(original=Subquery(originals[:1])).values_list("original", "pk")
        return chosen | dict(pairs)

    def _public_page(self, chosen: int | None) -> PublicPage | None:
        return self.public_pages.get(self._in_this_language.get(chosen or 0, 0))

    @cached_property
    def public_pages(self) -> dict[int, PublicPage]:
        """Those of `linked_pages` that are public, by id: one query, unless somebody who has
        loaded them already sets them here.
        """
        return public_pages(self.linked_pages)

    @property
    def menus(self) -> dict[str, list[dict[str, str]]]:
        """`header`, `footer` and `principles`, each a list of `{"label", "url"}`."""
        principles = self._public_page(self.publishing_principles_id)
        return {
            "header": self._entries(self.header_menu),
            "footer": self._entries(self.footer_menu),
            "principles": [{"label": principles.title, "url": principles.url}]
            if principles
            else [],
        }

    def _entries(self, menu: StreamValue) -> list[dict[str, str]]:
        """The lines of a menu, without those whose page is not public."""
        entries = []
        for raw in menu.raw_data:
            value = raw["value"]
            page = self._public_page(value.get("page"))
            url = page.url if page else value.get("url")
            if url:
                entries.append(
                    {"label": value.get("label") or (page and page.title) or url, "url": url}
                )
        return entries

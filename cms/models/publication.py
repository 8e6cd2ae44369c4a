"""The publication itself: its name, menus and the zone its clock runs in."""

from __future__ import annotations

import zoneinfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page

from .pages import published


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


@register_setting(icon="home", order=100)
class PublicationSettings(BaseGenericSetting):
    name = models.CharField(_("name"), max_length=80, default="Dateline")
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
                FieldPanel("logo"),
                FieldPanel("publishing_principles"),
                FieldPanel("time_zone"),
            ],
            heading=_("Publication"),
        ),
        FieldPanel("header_menu"),
        FieldPanel("footer_menu"),
        FieldPanel("social_links"),
    ]

    class Meta:
        verbose_name = _("publication settings")

    def __str__(self) -> str:
        return self.name

    @cached_property
    def menus(self) -> dict[str, list[dict[str, str]]]:
        """`{"header": [{"label", "url"}], "footer": …}` and `principles`, public pages only.

        One query for all pages named here.
        """
        raw = {"header": self.header_menu.raw_data, "footer": self.footer_menu.raw_data}
        wanted = {item["value"]["page"] for items in raw.values() for item in items}
        wanted.add(self.publishing_principles_id)
        pages = published(Page.objects.all()).in_bulk([pk for pk in wanted if pk])
        menus = {
            place: [entry for item in items if (entry := _entry(item["value"], pages))]
            for place, items in raw.items()
        }
        principles = pages.get(self.publishing_principles_id)
        menus["principles"] = (
            [{"label": principles.title, "url": principles.url}] if principles else []
        )
        return menus


def _entry(value: dict, pages: dict[int, Page]) -> dict[str, str] | None:
    """One line of a menu, or None where its page is not public."""
    page = pages.get(value["page"])
    if page:
        return {"label": value["label"] or page.title, "url": page.url}
    return {"label": value["label"], "url": value["url"]} if value["url"] else None

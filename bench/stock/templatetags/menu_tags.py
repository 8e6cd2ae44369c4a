from __future__ import annotations

from django import template
from wagtail.models import Page
from wagtail.query import PageQuerySet

register = template.Library()


@register.simple_tag
def menu_pages() -> PageQuerySet:
    return Page.objects.live().in_menu()

"""After a fitting story was added to a text."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from news.models import ArticlePage
from news.suggestions import ADD, named


@hooks.register("after_edit_page")
def say_what_was_added(request: HttpRequest, page: Page) -> None:
    asked = request.POST.get(ADD, "")
    if not asked or not isinstance(page, ArticlePage):
        return
    ids = [pk for pk in named(page.body) if str(pk) == asked]
    added = ArticlePage.objects.filter(pk__in=ids).first()
    if added is None:
        messages.warning(request, _("Your text is saved. The other story is not public any more."))
        return
    messages.success(request, _("“%s” stands at the end of the story now.") % added.title)

from __future__ import annotations

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.content.cards import Card, cards_by_id
from news.content.filters import NAMES, ArticleFilters
from news.content.loading import render_loaded
from news.models import ArticlePage
from news.models.listings import public_sections
from search.engine import find, snippet, words_of

PAGE_SIZE = 20


class SearchForm(forms.Form):
    q = forms.CharField(required=False, max_length=200)
    page = forms.IntegerField(required=False, min_value=1, max_value=1000)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/search/?q=…`: published stories by relevance, narrowed as in the API (`author`, `section`,
    `genre`, `published_after`, `published_before`), paged by `page`. A wrong value is a 400.
    """
    form = SearchForm(request.GET)
    stories = ArticlePage.objects.published()
    filters = ArticleFilters(request.GET, queryset=stories)
    if not form.is_valid() or not filters.is_valid():
        errors = form.errors or filters.errors
        raise BadRequest(_("This search cannot be read: %s") % errors.as_text())
    query = form.cleaned_data["q"]
    page = form.cleaned_data["page"] or 1
    ids = find(query, filters.qs)
    start = (page - 1) * PAGE_SIZE
    language = translation.get_language()
    context = {
        "query": query,
        "count": len(ids),
        "stories": found_stories(ids[start : start + PAGE_SIZE], words_of(query)),
        "sections": public_sections().filter(locale__language_code=language).order_by("title"),
        "filters": {name: request.GET[name] for name in sorted(NAMES) if request.GET.get(name)},
        "next_page": address(request, page + 1) if len(ids) > start + PAGE_SIZE else None,
    }
    return render_loaded(TemplateResponse(request, "search/search.html", context))


def found_stories(ids: list[int], words: list[str]) -> list[Card]:
    """The stories in their order, each with the `snippet` that shows why it was found."""
    found = cards_by_id(ArticlePage.objects.published(), ids)
    bodies = dict(ArticlePage.objects.filter(pk__in=found).values_list("pk", "body"))
    stories = [found[pk] for pk in ids if pk in found]
    for story in stories:
        story.snippet = snippet(story.summary, bodies[story.pk].raw_data, words)
    return stories


def address(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return f"?{query.urlencode()}"

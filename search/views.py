from __future__ import annotations

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.loading import render_loaded
from search.engine import search_stories

PAGE_SIZE = 20


class SearchForm(forms.Form):
    q = forms.CharField(required=False, max_length=200)
    page = forms.IntegerField(required=False, min_value=1, max_value=1000)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/search/?q=…&page=…`: published stories by relevance. A wrong value is a 400."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        raise BadRequest(_("This search cannot be read: %s") % form.errors.as_text())
    query = form.cleaned_data["q"]
    page = form.cleaned_data["page"] or 1
    found = search_stories(query)
    start = (page - 1) * PAGE_SIZE
    context = {
        "query": query,
        "count": len(found),
        "stories": found[start : start + PAGE_SIZE],
        "next_page": page + 1 if len(found) > start + PAGE_SIZE else None,
    }
    return render_loaded(TemplateResponse(request, "search/search.html", context))

"""Everything that somebody was told, and what they have read of it."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import ListView
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.ids import id_from
from cms.models import User
from news.notifications.models import Notice
from news.notifications.notices import mark_read, notices_of, unread
from news.notifications.texts import notice_text


class NoticeList(WagtailAdminTemplateMixin, ListView):
    """`/admin/notices/`: mine, the newest first."""

    template_name = "news/admin/notices.html"
    page_title = gettext_lazy("Notices")
    header_icon = "mail"
    paginator_class = WagtailPaginator
    paginate_by = 30
    page_kwarg = "p"

    def get_queryset(self) -> QuerySet[Notice]:
        return notices_of(cast(User, self.request.user))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        page = context["page_obj"]
        context["rows"] = [(notice, notice_text(notice)) for notice in page]
        context["elided_page_range"] = page.paginator.get_elided_page_range(page.number)
        context["any_unread"] = unread(cast(User, self.request.user)).exists()
        return context


@require_POST
def mark_as_read(request: HttpRequest) -> HttpResponse:
    """`/admin/notices/read/`: those among `ids` that are mine, or with `all` each of mine."""
    ids = [id_from(value) for value in request.POST.getlist("ids")]
    if None in ids:
        return HttpResponseBadRequest(_("A notice is named by its number."))
    if not ids and not request.POST.get("all"):
        return HttpResponseBadRequest(_("Say which notices you have read."))
    mark_read(cast(User, request.user), None if request.POST.get("all") else filter(None, ids))
    return redirect(get_valid_next_url_from_request(request) or "notices")

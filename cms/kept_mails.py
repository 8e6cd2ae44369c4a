"""The mails that the development settings keep in a folder, to be read in the admin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.admin.paginator import WagtailPaginator

FILE_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
# What Django writes after each mail: what is sent within a second may share a file.
END_OF_MAIL = b"\n" + b"-" * 79 + b"\n"
FILES_PER_PAGE = 30


@dataclass(frozen=True)
class Mail:
    """One mail: the file it is in, its place there, and what it says."""

    file: str
    number: int
    message: EmailMessage

    @property
    def date(self) -> datetime | None:
        header = self.message["Date"]
        return header.datetime if header else None

    def part(self, kind: str) -> str:
        """Its text, `plain` or `html`; empty if it has none."""
        found = self.message.get_body((kind,))
        return str(found.get_content()) if found else ""

    @property
    def text(self) -> str:
        return self.part("plain")

    @property
    def html(self) -> str:
        return self.part("html")


def folder() -> Path | None:
    """Where mails are kept; None where they are sent."""
    if settings.EMAIL_BACKEND != FILE_BACKEND:
        return None
    return Path(getattr(settings, "EMAIL_FILE_PATH", "."))


def files() -> list[Path]:
    """The newest first: their names begin with the time."""
    place = folder()
    if place is None:
        raise Http404("Mails are sent here, not kept.")
    return sorted(place.glob("*.log"), reverse=True)


def mails_in(file: Path) -> Iterator[Mail]:
    for number, raw in enumerate(file.read_bytes().split(END_OF_MAIL)):
        if raw.strip():
            message = message_from_bytes(raw.lstrip(), EmailMessage, policy=policy.default)
            yield Mail(file.stem, number, message)


def may_read(request: HttpRequest) -> None:
    """Whoever manages accounts: among the mails are links to choose a password."""
    if not request.user.has_perm("cms.change_user"):
        raise PermissionDenied


def mail_list(request: HttpRequest) -> HttpResponse:
    """`/admin/mails/`, the newest first."""
    may_read(request)
    paginator = WagtailPaginator(files(), FILES_PER_PAGE)
    page: Page = paginator.get_page(request.GET.get("p"))
    context = {
        "mails": [mail for file in page for mail in reversed(list(mails_in(file)))],
        "page_obj": page,
        "elided_page_range": paginator.get_elided_page_range(page.number),
        "folder": folder(),
    }
    return TemplateResponse(request, "cms/admin/mails.html", context)


def one_mail(request: HttpRequest, file: str, number: int) -> HttpResponse:
    """`/admin/mails/<file>/<number>/`"""
    may_read(request)
    for path in files():
        if path.stem == file:
            for mail in mails_in(path):
                if mail.number == number:
                    return TemplateResponse(request, "cms/admin/mail.html", {"mail": mail})
    raise Http404("There is no such mail.")

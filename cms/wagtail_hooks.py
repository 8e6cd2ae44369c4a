from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.accounts.invitations import invite
from cms.kept_mails import folder, mail_list, one_mail
from cms.models import User


@hooks.register("after_create_user")
def invite_people_without_a_password(request: HttpRequest, user: User) -> None:
    if user.password:
        return
    inviter = request.user
    if isinstance(inviter, User):
        invite(user, invited_by=inviter)
    messages.info(
        request, _("%(email)s has been sent a link to choose a password.") % {"email": user.email}
    )


@hooks.register("register_admin_urls")
def addresses_of_kept_mails() -> list[URLPattern]:
    return [
        path("mails/", mail_list, name="mails"),
        path("mails/<slug:file>/<id:number>/", one_mail, name="mail"),
    ]


class MailsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return folder() is not None and request.user.has_perm("cms.change_user")


@hooks.register("register_settings_menu_item")
def lead_to_kept_mails() -> MenuItem:
    return MailsItem(gettext_lazy("Mails"), reverse("mails"), icon_name="mail", order=900)

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks

from cms.models import User
from cms.people import invite


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

"""Inviting people and resetting passwords, both by one mailed link."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from wagtail.admin.forms.auth import PasswordResetForm
from wagtail.admin.utils import get_admin_base_url

from cms.models import User


class PasswordByMailForm(PasswordResetForm):
    """Wagtail's "Forgotten it?" form; it also serves people who never set a password."""

    def get_users(self, email: str) -> Iterable[User]:
        return User.objects.filter(email__iexact=email, is_active=True)


def invite(user: User, invited_by: User) -> None:
    """Mail `user` a link under which they choose their password. The link works once."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    path = reverse(
        "wagtailadmin_password_reset_confirm",
        kwargs={
            "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
            "token": default_token_generator.make_token(user),
        },
    )
    context = {"user": user, "invited_by": invited_by, "link": f"{get_admin_base_url()}{path}"}
    send_mail(
        subject=_("Your account in the newsroom"),
        message=render_to_string("cms/mail/invitation.txt", context),
        from_email=None,
        recipient_list=[user.email],
    )

"""The mail with a link to set a new password."""

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from weerbaar.accounts.links import password_link
from weerbaar.accounts.models import User


def mail_reset_link(user_id: str) -> None:
    """Mail the link, in her language; does nothing for an id that is nobody's."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    with translation.override(user.language):
        context = {"link": password_link(user)}
        text = render_to_string("accounts/mail/reset_link.txt", context)
        send_mail(_("Weerbaar: set a new password"), text, None, [user.email])

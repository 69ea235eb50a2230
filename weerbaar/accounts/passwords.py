"""What a password must be, each mistake in our own words."""

from typing import Any

from django.contrib.auth import password_validation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class LongEnough(password_validation.MinimumLengthValidator):
    """At least twelve characters; nothing else makes a password as strong."""

    def get_error_message(self) -> str | Promise:  # type: ignore[override]
        return _("This password is too short. Use at least 12 characters.")


class NotCommon(password_validation.CommonPasswordValidator):
    """Not one of the twenty thousand that are tried first."""

    def get_error_message(self) -> str | Promise:  # type: ignore[override]
        return _("This password is used too often. Think of another one.")


class NotAboutYou(password_validation.UserAttributeSimilarityValidator):
    """Not the name or the address of the person."""

    def __init__(self, **options: Any) -> None:
        super().__init__(user_attributes=("email", "name"), **options)

    def get_error_message(self) -> str | Promise:  # type: ignore[override]
        return _(
            "This password looks too much like your name or e-mail address. "
            "Think of another one."
        )

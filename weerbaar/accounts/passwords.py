"""What a password must be, each mistake in our own words."""

import re
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
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


# What a stranger tries first here, as the name of the organisation
# (docs/signing-in.md).
OF_THIS_HOUSE = (
    *("weerbaar", "melding", "meldcode", "melden", "kluis", "hoofdsleutel", "zaak"),
    *("gemeente", "provincie", "waterschap", "raadhuis", "gemeentehuis", "bestuur"),
    *("griffier", "griffie", "secretaris", "burgemeester", "wethouder", "raadslid"),
    *("welkom", "wachtwoord", "geheim", "password", "welcome", "qwerty", "abcdef"),
)
ENOUGH_BESIDE = 8


class NotOfThisHouse:
    """Not made of words of this house, with numbers and signs alone (ASVS 6.2.11).

    What holds none of these words is not looked at: any composition will do.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError when beside such a word stand too few letters."""
        whole = left = password.casefold()
        for word in (*OF_THIS_HOUSE, *_names_of(user)):
            left = left.replace(word, "")
        letters = re.sub(r"[\W\d_]", "", left)
        if left != whole and len(letters) < ENOUGH_BESIDE:
            raise ValidationError(
                str(NotCommon().get_error_message()), code="of_this_house"
            )

    def get_help_text(self) -> str:
        return ""


def _names_of(user: Any) -> set[str]:
    """Words of the names of somebody's organisations, long enough to matter."""
    if user is None or user.pk is None:
        return set()
    names = user.memberships.values_list("organisation__name", flat=True)
    return {w for name in names for w in name.casefold().split() if len(w) > 3}

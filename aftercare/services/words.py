"""The two questions of a check-in; no instrument and no score (domain 5)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Mood(TextChoices):
    """How are you?"""

    GOOD = "good", _("I am doing well")
    SO_SO = "so_so", _("So-so")
    NOT_WELL = "not_well", _("I am not doing well")


class Need(TextChoices):
    """Do you need something?"""

    NOTHING = "nothing", _("No, nothing now")
    TALK = "talk", _("Yes, I want to talk to somebody")
    PRACTICAL = "practical", _("Yes, practical help")
    PROFESSIONAL = "professional", _("Yes, help of a professional")


MOODS = list(Mood.choices)
NEEDS = list(Need.choices)


def is_worrying(mood: str, needs: str) -> bool:
    """Whether the handler calls the next day: not well, or a talk or help needed."""
    return mood == Mood.NOT_WELL or needs in {Need.TALK, Need.PROFESSIONAL}

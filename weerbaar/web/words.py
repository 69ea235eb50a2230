"""What we say of words that are in no list: receipts, fingerprints, shares."""

from django.utils.translation import gettext_lazy as _

from weerbaar.vault.receipt import UnreadableWord


def unknown_word(word: UnreadableWord) -> str:
    """Which word is not known, and what may be meant."""
    place = {"position": word.position, "typed": word.typed}
    if not word.suggestions:
        return (
            _("Word %(position)d, “%(typed)s”, is not in our list. Check it.") % place
        )
    return _(
        "Word %(position)d, “%(typed)s”, is not in our list. Do you mean %(meant)s?"
    ) % {
        **place,
        "meant": _either(list(word.suggestions)),
    }


def _either(words: list[str]) -> str:
    quoted = [f"“{w}”" for w in words]
    if len(quoted) == 1:
        return quoted[0]
    return _("%(most)s or %(last)s") % {
        "most": ", ".join(quoted[:-1]),
        "last": quoted[-1],
    }

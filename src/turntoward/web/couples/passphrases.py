"""Passphrases that can be remembered and are hard to guess: proposed, and looked at."""

from __future__ import annotations

import secrets
from functools import cache
from importlib.resources import files

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: Four words of 1,024 are as hard to guess as forty tosses of a coin.
WORDS = 4
#: What whoever lives here would try first, with names; a part of a name below this is left alone.
_OURS = "turntoward"
_NAME_FROM = 3
#: Letters and digits that have to stand beside such words.
_BESIDE = 6


@cache
def common_words() -> tuple[str, ...]:
    """Short words that are easy to spell, say and type, each once."""
    text = files("turntoward.web.couples").joinpath("common_words.txt").read_text("utf-8")
    return tuple(text.split())


def propose() -> str:
    """Four words by chance. They are kept nowhere: whoever uses them writes them down."""
    return " ".join(secrets.choice(common_words()) for _ in range(WORDS))


def checked(passphrase: str, *names: str) -> str:
    """The passphrase, where it is long enough, not everybody's, and more than `names`.

    Raises Django's `ValidationError`, which says what is wanting.
    """
    validate_password(passphrase)
    rest = passphrase.casefold()
    parts = {_OURS, *(part for name in names for part in name.casefold().split())}
    for part in sorted(parts, key=len, reverse=True):
        if len(part) >= _NAME_FROM:
            rest = rest.replace(part, "")
    if len(rest) < len(passphrase) and sum(map(str.isalnum, rest)) < _BESIDE:
        raise ValidationError(_("That is little more than a name. Add words that nobody expects."))
    return passphrase

"""The catalogues of all languages: found anew in code, templates and data, merged and compiled.

    python translations/update.py          find, merge, compile; says what is not translated
    python translations/update.py --check  changes nothing; ends with 1 where something is wrong

Translations stand in `src/turntoward/locale/LANGUAGE/LC_MESSAGES/django.po`, sorted by the file
that a message stands in. What is no longer said moves to the end of the file and comes back when it
is said again.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from checks import missing, problems, stale, translated, wrong
from texts import SOURCE, template

from turntoward.words import LANGUAGES

#: Headers that change without any text being another.
_RESTLESS = (
    "Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date",
    "Last-Translator", "Language-Team", "Generated-By",
)  # fmt: skip
_NEVER = datetime(2026, 1, 1, tzinfo=UTC)


def po(language: str) -> Path:
    """Where the translations of a language stand."""
    return SOURCE / "locale" / language / "LC_MESSAGES" / "django.po"


def main() -> int:
    """Update or check every catalogue."""
    if "--check" in sys.argv[1:]:
        found = checked(template())
        print("\n".join(found) or "Every catalogue is complete.")
        return 1 if found else 0
    said = template()
    for language in LANGUAGES:
        catalogue = merged(said, read(language))
        write(catalogue, po(language))
        left = missing(said, catalogue)
        print(f"{language}: {len(said)} messages, {len(left)} of them not translated yet")
        for line in wrong(said, catalogue, language):
            print(f"  {line}")
    return 0


def checked(said: Catalog) -> list[str]:
    """What is missing or wrong in the catalogues as they stand, a line each."""
    found = []
    for language in LANGUAGES:
        catalogue, compiled = read(language), po(language).with_suffix(".mo")
        found += [f"{language}: {line}" for line in problems(said, catalogue, language)]
        if not compiled.exists() or stale(catalogue, read_mo(BytesIO(compiled.read_bytes()))):
            found.append(
                f"{language}: django.mo is not that of django.po: run translations/update.py"
            )
    return found


def read(language: str) -> Catalog:
    """The catalogue of a language, empty where there is none yet."""
    path = po(language)
    if not path.exists():
        return Catalog(locale=language, project="Turntoward", fuzzy=False)
    return read_po(BytesIO(path.read_bytes()), locale=language)


def merged(said: Catalog, catalogue: Catalog) -> Catalog:
    """The translations of a language for the messages of now; those of others are obsolete."""
    for key, message in list(catalogue.obsolete.items()):
        if said.get(message.id, message.context) is not None:
            catalogue[message.id] = message
            del catalogue.obsolete[key]
    catalogue.update(said, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.fuzzy = False
    return catalogue


def write(catalogue: Catalog, path: Path) -> None:
    """The catalogue as text and compiled, the same for the same translations."""
    catalogue.creation_date = catalogue.revision_date = _NEVER
    catalogue.header_comment = f"# Turntoward in {catalogue.locale.english_name}"
    for message in catalogue:
        if "%(" not in str(message.id):  # Babel takes "80 % range" for Python's old format
            message.flags.discard("python-format")
    made = BytesIO()
    write_po(made, catalogue, width=100, sort_by_file=True, include_lineno=False)
    lines = made.getvalue().decode().split("\n")
    kept = [line for line in lines if not line.removeprefix('"').startswith(_RESTLESS)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(kept), "utf-8")
    # Babel would compile a plural without words, and nothing would be said.
    whole = Catalog(
        locale=catalogue.locale, creation_date=_NEVER, revision_date=_NEVER, fuzzy=False
    )
    for message in translated(catalogue):
        whole[message.id] = message
    with path.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, whole)


if __name__ == "__main__":
    raise SystemExit(main())

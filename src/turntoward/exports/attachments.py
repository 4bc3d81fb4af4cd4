"""What an attachment is, by its type or its name, and whether it came along."""

from __future__ import annotations

import mimetypes
from collections.abc import Collection

from turntoward.messages.message import Kind

_FIRST_PART = {"image": Kind.IMAGE, "video": Kind.VIDEO, "audio": Kind.AUDIO}
_WHOLE = {
    "image/gif": Kind.GIF,
    "text/vcard": Kind.CONTACT,
    "text/x-vcard": Kind.CONTACT,
    "text/directory": Kind.CONTACT,
}
#: Endings that Python's table of types lacks on some systems.
_ENDINGS = {
    "heic": Kind.IMAGE, "heif": Kind.IMAGE, "webp": Kind.IMAGE, "avif": Kind.IMAGE,
    "amr": Kind.AUDIO, "m4a": Kind.AUDIO, "aac": Kind.AUDIO, "ogg": Kind.AUDIO, "opus": Kind.AUDIO,
    "3gp": Kind.VIDEO, "mkv": Kind.VIDEO, "mp4": Kind.VIDEO, "mov": Kind.VIDEO, "vcf": Kind.CONTACT,
}  # fmt: skip


def kind_of_type(content_type: str | None) -> Kind:
    """The kind of a MIME type; `Kind.MEDIA` where there is none."""
    if not content_type:
        return Kind.MEDIA
    plain = content_type.partition(";")[0].strip().lower()
    return _WHOLE.get(plain) or _FIRST_PART.get(plain.partition("/")[0], Kind.DOCUMENT)


def kind_of_name(name: str) -> Kind:
    """The kind of a file by its ending; `Kind.MEDIA` where it has none."""
    _, dot, ending = name.rpartition(".")
    if not dot or "/" in ending:
        return Kind.MEDIA
    return _ENDINGS.get(ending.lower()) or kind_of_type(mimetypes.guess_type(f"file.{ending}")[0])


def state_of(name: str | None, beside: Collection[str] | None) -> str | None:
    """`included`, `missing`, or null where nothing can be seen: `beside` is as in `ExportFile`."""
    if name is None or beside is None:
        return None
    return "included" if name.rpartition("/")[2] in beside else "missing"

"""What a phone needs to know to put the app on its home screen."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from turntoward.web.shell.names import Name
from turntoward.web.shell.served import plain_address

_GROUND = "#eef1ec"
#: File, purpose, side in pixels.
_ICONS = (("192", "any", 192), ("512", "any", 512), ("mask-512", "maskable", 512))


def manifest(name: Name) -> dict[str, Any]:
    """The manifest for an app called `name`; by its plain name it is not described either."""
    told = {"name": name.name, "short_name": name.name}
    if not name.plain:
        told["description"] = _("Small, consistent moments for two.")
    return told | {
        # What an installed app is told apart by: it stays the same by whichever name.
        "id": "/",
        "start_url": reverse("moments:today"),
        "scope": "/",
        "display": "standalone",
        "lang": get_language() or "en",
        "theme_color": _GROUND,
        "background_color": _GROUND,
        "icons": [
            {
                # Without a digest: an upgrade does not make it another icon.
                "src": plain_address(icon_file(name, file)),
                "sizes": f"{side}x{side}",
                "type": "image/png",
                "purpose": purpose,
            }
            for file, purpose, side in _ICONS
        ],
    }


def icon_file(name: Name, file: str) -> str:
    """The static file of an icon, such as `turntoward/icons/plain-192.png`."""
    return f"turntoward/icons/{name.icon}-{file}.png"

// Offer this phone's own time zone instead of a guess.
"use strict";
const zone = document.querySelector("#id_zone");
if (zone && zone.value === "Europe/London") {
  zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone || zone.value;
}

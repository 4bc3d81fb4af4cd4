"""The climate: weather, seasons and rhythms over weeks and years, on one page."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from turntoward.reading.companion import day_of
from turntoward.reading.markup import data
from turntoward.reading.sections.zoom import zoom
from turntoward.web.climate.lately import lately
from turntoward.web.climate.weather_chart import View, chart, label, table
from turntoward.web.couples.access import agreed, partner_of
from turntoward.web.couples.models import Partner, Purpose
from turntoward.web.readings.asked import seasons_of
from turntoward.web.readings.rhythms import rhythms_of
from turntoward.web.weather.seen import of_both, own


@require_GET
def climate(request: HttpRequest) -> HttpResponse:
    """The weather of both, the seasons, and when the rhythms changed."""
    partner = partner_of(request)
    today = day_of(timezone.now(), partner.couple.zone)
    seasons = list(partner.couple.seasons.all())
    context = {"seasons": seasons, "zoom": SafeString(zoom()), "today": today}
    context |= _weather(partner, today) | rhythms_of(partner)
    return render(request, "climate/climate.html", context)


def _weather(partner: Partner, today: date) -> dict[str, object]:
    """The chart, its table and its words. The other's days only where both agreed to that."""
    mine = View(side=partner.side, name=_("You"), skies=own(partner, date.min, today))
    theirs = View(
        side=1 - partner.side,
        name=partner.other_name(),
        skies=of_both(partner, date.min, today),
    )
    views = [view for view in (mine, theirs) if view is mine or view.skies]
    seasons = seasons_of(partner.couple.seasons.all())
    return {
        "views": views,
        "lately": lately([tap for view in views for tap in view.skies], today),
        "weather": any(view.skies for view in views),
        "weather_label": label(views),
        # Made by `reading.markup`, in which every string is escaped.
        "weather_chart": SafeString(data(chart(views, seasons, today))),
        "weather_rows": table(views, seasons),
        "shows_weather": agreed(partner, Purpose.SHARE_WEATHER),
    }

"""The app of accounts, pairing, consent and the vault."""

from django.apps import AppConfig


class CouplesConfig(AppConfig):
    """Two people who share one place."""

    name = "turntoward.web.couples"
    label = "couples"

    def ready(self) -> None:
        """Register the system checks, and what goes with a person or with the two."""
        from turntoward.web import checks  # noqa: F401 # registering is its effect
        from turntoward.web.couples import gone
        from turntoward.web.couples.models import Couple, Partner

        gone.goes_with(Partner, lambda partner: [gone.partner_key(partner.pk)])
        gone.goes_with(Couple, gone.all_of_couple)

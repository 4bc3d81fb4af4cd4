"""A practice that hosts the companion: its page, its therapists, consult requests."""

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    """A practice that hosts the companion: its page, its therapists, consult requests."""

    name = "turntoward.web.practice"
    label = "practice"

    def ready(self) -> None:
        """Where somebody of a couple enters, no therapist stays signed in."""
        from turntoward.web.couples.entering import entered
        from turntoward.web.practice.entering import a_partner_entered

        entered.connect(a_partner_entered, dispatch_uid="practice.entering")

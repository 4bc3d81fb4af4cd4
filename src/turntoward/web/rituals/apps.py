"""The rituals of the two, and their few reminders."""

from django.apps import AppConfig


class RitualsConfig(AppConfig):
    """The rituals of the two, and their few reminders."""

    name = "turntoward.web.rituals"
    label = "rituals"

    def ready(self) -> None:
        """Whoever leaves on a phone is not reminded on it any more, until they enter there anew."""
        from django.contrib.auth.signals import user_logged_out

        from turntoward.web.couples.entering import entered
        from turntoward.web.rituals.push_actions import forget_this_browser, go_on_here

        entered.connect(go_on_here, dispatch_uid="rituals.push")
        user_logged_out.connect(forget_this_browser, dispatch_uid="rituals.push")

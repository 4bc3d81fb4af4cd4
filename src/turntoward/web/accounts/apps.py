"""Ways to enter besides the passphrase: passkeys, and a code beside it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Ways to enter besides the passphrase: passkeys, and a code beside it.

    `allauth.mfa` holds them and knows how; none of its pages is here. So it never sends mail, and
    nobody signs up or has a passphrase reset through it.
    """

    name = "turntoward.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """A browser that is new is asked for the code."""
        from turntoward.web.accounts.codes import wanted
        from turntoward.web.couples.admitting import wants_code

        wants_code.connect(wanted, dispatch_uid="accounts.codes")

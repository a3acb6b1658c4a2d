"""The room of the sign-in; its log listens to what the libraries at the door report."""

from django.apps import AppConfig


class UsersConfig(AppConfig):
    """Users."""

    name = "vungcao.users"
    label = "users"

    def ready(self) -> None:
        from vungcao.users import events

        events.listen()

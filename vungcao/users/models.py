"""The account a person signs in with."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Ours from the first migration, so that it can grow; a person's post and reach stand in ``bodies``."""

    class Meta(AbstractUser.Meta):
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"

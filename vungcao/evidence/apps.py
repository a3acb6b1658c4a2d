"""Evidence keeps its triggers in place after every migration."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _guard(**kwargs: Any) -> None:
    from vungcao.evidence import guard  # models are loaded only by now

    guard.lower()


class EvidenceConfig(AppConfig):
    name = "vungcao.evidence"
    verbose_name = "Bằng chứng"

    def ready(self) -> None:
        post_migrate.connect(_guard, sender=self, dispatch_uid="vungcao.evidence.guard")

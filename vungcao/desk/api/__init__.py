"""The read-only API: figures, threads and registers under the same rights as the pages, described by OpenAPI."""

from vungcao.desk.api.addresses import api, urlpatterns

__all__ = ["api", "urlpatterns"]

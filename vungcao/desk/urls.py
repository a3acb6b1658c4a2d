"""Addresses of the desk."""

from django.urls import URLPattern, path

from vungcao.desk import views

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", views.overview, name="overview"),
    path("tu-dau/", views.trace, name="trace"),
    path("lan-gui/<int:batch>/", views.batch, name="batch"),
    path("tep/<str:sha256>/", views.download, name="download"),
    path("tep/<str:sha256>/<path:sheet>/", views.sheet, name="sheet"),
]

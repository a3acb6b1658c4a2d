"""The one page of the design language itself."""

from django.urls import path

from vungcao.ui import views

app_name = "ui"
urlpatterns = [path("", views.living, name="living")]

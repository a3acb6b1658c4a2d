"""Every address of the site; a page belongs to a room."""

from django.urls import include, path
from django.views.i18n import set_language

from vungcao.ui.rights import at_the_door

handler429 = "vungcao.users.locks.too_often"

urlpatterns = [
    path("", include("vungcao.users.urls")),
    path("ngon-ngu/", at_the_door(set_language), name="set_language"),
    path("giao-dien/", include("vungcao.ui.urls")),
    path("api/", include("vungcao.desk.api.addresses")),
    path("", include("vungcao.desk.urls")),
]

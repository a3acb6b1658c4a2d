"""Every address of the site; a page belongs to a room."""

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

urlpatterns = [
    path("dang-nhap/", login_not_required(auth.LoginView.as_view(template_name="ui/sign_in.html")), name="sign-in"),
    path("dang-xuat/", auth.LogoutView.as_view(), name="sign-out"),
    path("", include("vungcao.desk.urls")),
]

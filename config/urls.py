"""Every address of the site; a page belongs to a room."""

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from vungcao.ui.forms import SignInForm

sign_in = auth.LoginView.as_view(
    template_name="ui/sign_in.html", authentication_form=SignInForm, redirect_authenticated_user=True
)

urlpatterns = [
    path("dang-nhap/", login_not_required(sign_in), name="sign-in"),
    path("dang-xuat/", auth.LogoutView.as_view(), name="sign-out"),
    path("ngon-ngu/", login_not_required(set_language), name="set_language"),
    path("giao-dien/", include("vungcao.ui.urls")),
    path("api/", include("vungcao.desk.api.addresses")),
    path("", include("vungcao.desk.urls")),
]

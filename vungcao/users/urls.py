"""Addresses of the door and of one's own account. The libraries' views bear the libraries' names, under our addresses;
what they offer and we do not (signing up, resetting by mail) has no address at all.
"""

from __future__ import annotations

from allauth.account import views as accounts
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as provider
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.contrib.auth.views import LogoutView
from django.urls import path

from vungcao.ui.rights import at_the_door, own_account
from vungcao.users import views

sign_in = at_the_door(accounts.login)
sign_out = at_the_door(LogoutView.as_view())
change_password = own_account(accounts.password_change)

urlpatterns = [
    path("dang-nhap/", sign_in, name="sign-in"),
    path("dang-nhap/", sign_in, name="account_login"),
    path("dang-nhap/buoc-hai/", at_the_door(factors.authenticate), name="mfa_authenticate"),
    path("dang-nhap/khoa/", at_the_door(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("dang-nhap/dinh-danh/loi/", at_the_door(provider.login_error), name="socialaccount_login_error"),
    path("dang-nhap/dinh-danh/thoi/", at_the_door(provider.login_cancelled), name="socialaccount_login_cancelled"),
    path("dang-nhap/dinh-danh/<slug:provider_id>/", at_the_door(oidc.login), name="openid_connect_login"),
    path("dang-nhap/dinh-danh/<slug:provider_id>/ve/", at_the_door(oidc.callback), name="openid_connect_callback"),
    path("dang-nhap/ngung/", views.inactive, name="account_inactive"),
    path("dang-xuat/", sign_out, name="sign-out"),
    path("dang-xuat/", sign_out, name="account_logout"),
    path("tai-khoan/", views.account, name="account"),
    path("tai-khoan/", views.account, name="mfa_index"),
    path("tai-khoan/", views.account, name="mfa_list_webauthn"),
    path("tai-khoan/mat-khau/", change_password, name="account_change_password"),
    path("tai-khoan/khong-mat-khau/", views.no_password, name="account_set_password"),
    path("tai-khoan/xac-nhan/", own_account(accounts.reauthenticate), name="account_reauthenticate"),
    path("tai-khoan/xac-nhan/ma/", own_account(factors.reauthenticate), name="mfa_reauthenticate"),
    path("tai-khoan/xac-nhan/khoa/", own_account(views.PasskeyAgain.as_view()), name="mfa_reauthenticate_webauthn"),
    path("tai-khoan/ung-dung-ma/", own_account(totp.activate_totp), name="mfa_activate_totp"),
    path("tai-khoan/ung-dung-ma/go/", own_account(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("tai-khoan/ma-du-phong/", own_account(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "tai-khoan/ma-du-phong/moi/", own_account(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"
    ),
    path("tai-khoan/khoa/them/", own_account(views.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path("tai-khoan/khoa/<int:pk>/go/", own_account(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("tai-khoan/khoa/<int:pk>/ten/", own_account(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("tai-khoan/phien/", own_account(views.Sessions.as_view()), name="sessions"),
    path("tai-khoan/phien/", own_account(views.Sessions.as_view()), name="usersessions_list"),
    path("tai-khoan/gui-lai/", views.send_again, name="send-again"),
    path("tai-khoan/gui-lai/bo/", views.let_go, name="let-go"),
]

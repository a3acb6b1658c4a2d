"""A code of the app opens once, whichever of the site's processes is asked: the library remembers what was used in the
memory of each, so that the same code would open a second time at another.
"""

from __future__ import annotations

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import transaction

from vungcao.users import sealing

SPENT = "spent"  # in the factor's data: number of the half-minute whose code opened last


@transaction.atomic
def spend(factor: Authenticator, code: str) -> bool:
    """Use up a code of the app, with all that came before it; ``False`` where it, or a later one, was used already."""
    held = Authenticator.objects.select_for_update().filter(pk=factor.pk).first()
    if held is None:  # taken off meanwhile
        return False
    secret, last = sealing.unseal(held.data["secret"]), held.data.get(SPENT, 0)
    left = [one for one in yield_hotp_counters_from_time() if one > last]
    of_it = [one for one in left if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, one)))]
    if not of_it:
        return False
    held.data[SPENT] = max(of_it)
    held.save(update_fields=["data"])
    return True

"""The shortest password, said in the language of the page.

Django's own Vietnamese catalogue has this message under words that Django no longer uses.
"""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """``MinimumLengthValidator`` with words of our own."""

    def get_error_message(self) -> str:
        """What is wrong with a short password."""
        return _("Mật khẩu cần ít nhất %(count)d ký tự.") % {"count": self.min_length}

    def get_help_text(self) -> str:
        """The same, before anything is typed."""
        return self.get_error_message()

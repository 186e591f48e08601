"""Text about themes in, commands out."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectMultipleField, StringField
from wtforms.validators import Regexp

from lna.core.form import AtMost, Form, MultilingualField, Needed, options
from lna.core.i18n import plain
from lna.themes import queries
from lna.themes.actions import ChangeTheme
from lna.themes.models import KEY


class ThemeForm(Form):
    name = MultilingualField(_("Name"), most=200, needed=True)
    is_open = BooleanField(_("Open: activities can be planned on it"))
    key_themes = SelectMultipleField(_("Key themes of the library it covers"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = queries.themes_of_kind(KEY)
        self.key_themes.choices = options((theme.code, plain(theme.name)) for theme in rows)

    def command(self) -> ChangeTheme:
        return ChangeTheme(
            name=self.name.value,
            is_open=self.is_open.data,
            key_themes=tuple(self.key_themes.data or ()),
        )


class NewThemeForm(Form):
    name = MultilingualField(_("Name"), most=200, needed=True)
    code = StringField(
        _("Short name for addresses"),
        [
            Needed(),
            AtMost(40),
            Regexp("^[a-z][a-z0-9-]*$", message=_("Small letters, figures and hyphens only.")),
        ],
        description=_("It stands in links and never changes, for example: fishing-rights"),
    )

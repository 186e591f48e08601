"""Flask extensions, bare. `create_app` plugs them in; anyone may import them."""

from flask_babel import Babel, LazyString
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from markupsafe import escape

babel = Babel()
csrf = CSRFProtect()
login_manager = LoginManager()
login_manager.login_view = "accounts.sign_in"
login_manager.session_protection = "basic"

# Flask-Babel calls its lazy sentences safe HTML, with every name and title put into them.
setattr(LazyString, "__html__", lambda sentence: escape(str(sentence)))  # noqa: B010

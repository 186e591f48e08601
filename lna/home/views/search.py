"""One search box for everything."""

from flask import request
from flask.typing import ResponseReturnValue

from lna.core.access import access, public
from lna.core.page import page
from lna.core.typed_text import clean
from lna.home import queries
from lna.home.queries.everything import FIRST
from lna.home.views import bp
from lna.library.views.shown import coverage


@bp.get("/search")
@access(public)
def search() -> ResponseReturnValue:
    q = " ".join(str(clean(request.args.get("q", ""))).split())[:200]
    found = queries.everything(q) if q else None
    return page("home/search.html", q=q, found=found, first=FIRST, coverage=coverage)

"""Importing a file: choose it, read what would happen, say yes, take it back."""

from functools import partial

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from lna.accounts.policies import editors
from lna.core.access import access
from lna.core.addresses import LARGEST
from lna.core.db import db
from lna.core.page import page
from lna.core.refusal import Refused
from lna.core.typed_text import number_in
from lna.library import actions, queries
from lna.library.forms import ImportForm
from lna.library.importers import Unreadable, read
from lna.library.views import bp
from lna.library.views.doing import carried_out
from lna.library.views.preview import Preview


@bp.get("/library/imports")
@access(editors)
def imports() -> ResponseReturnValue:
    return page("library/imports.html", imports=queries.recent_imports())


@bp.route("/library/imports/new", methods=["GET", "POST"])
@access(editors)
def imports_new() -> ResponseReturnValue:
    form = ImportForm()
    if form.validate_on_submit():
        file = form.file.data
        try:
            run = actions.preview_import(
                read(file.stream), form.options(), filename=file.filename, by_id=current_user.id
            )
        except Unreadable as problem:
            db.session.rollback()
            form.refuse(Refused(str(problem), field="file"))
        else:
            db.session.commit()
            return redirect(url_for(".show_import", number=run.id), 303)
    return page("library/import.html", form=form, status=form.status)


@bp.get("/library/imports/<int:number>")
@access(editors)
def show_import(number: int) -> ResponseReturnValue:
    run = queries.get_import(number)
    return page("library/preview.html", preview=Preview(run, request.args))


@bp.post("/library/imports/<int:number>/confirm")
@access(editors)
def confirm_import(number: int) -> ResponseReturnValue:
    run = queries.get_import(number)
    typed = (number_in(one, LARGEST) for one in request.form.getlist("doubtful"))
    verb = partial(actions.confirm_import, run, doubtful=set(filter(None, typed)))
    words = _("The publications are imported.")
    return carried_out(verb, words, url_for(".show_import", number=number))


@bp.post("/library/imports/<int:number>/undo")
@access(editors)
def undo_import(number: int) -> ResponseReturnValue:
    try:
        kept = actions.undo_import(queries.get_import(number))
    except Refused as refusal:
        flash(str(refusal), "warning")
        return redirect(url_for(".show_import", number=number), 303)
    db.session.commit()
    flash(_("The import is undone."))
    if kept:
        flash(
            ngettext(
                "%(num)s publication stays: somebody worked on it since.",
                "%(num)s publications stay: somebody worked on them since.",
                kept,
            )
        )
    return redirect(url_for(".show_import", number=number), 303)


@bp.post("/library/imports/<int:number>/discard")
@access(editors)
def discard_import(number: int) -> ResponseReturnValue:
    verb = partial(actions.discard_import, queries.get_import(number))
    return carried_out(verb, _("Nothing was imported."), url_for(".imports"))

"""A stage for the shared parts: pages that show every one of them, and a form with every answer."""

import time
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from lna.core.access import access, public
from lna.core.form import Form, MultilingualField, Needed
from lna.core.multilingual import Multilingual
from lna.home import map as region

bp = Blueprint("stage", __name__, template_folder=str(Path(__file__).parent))
ROWS = [
    (Multilingual.of("Learning visit to two plantation companies in Champasak"), "good"),
    (Multilingual.of("ការចុះបញ្ជីដីសហគមន៍ជនជាតិដើមភាគតិច នៅខេត្តរតនគិរី " * 3, "km"), "warn"),
    (Multilingual.of("ການຢ້ຽມຢາມສອງບໍລິສັດປູກຕົ້ນໄມ້ ໃນແຂວງຈຳປາສັກ", "lo"), "plan"),
    (Multilingual.of("မြေယာလုပ်ပိုင်ခွင့် မှတ်ပုံတင်ခြင်းဆိုင်ရာ အတွေ့အကြုံဖလှယ်ပွဲ", "my"), "note"),
    (Multilingual.of("ประชุมเครือข่ายป่าชุมชนและสิทธิในที่ดินทำกิน ประจำปี", "th"), "off"),
    (Multilingual.of("Nông dân trẻ thăm hợp tác xã tại Hòa Bình", "vi"), ""),
]
received: list[str] = []
"""The names of every form that reached the server whole and in order."""


class StageForm(Form):
    name = StringField("Your name, as you write it", [Needed()])
    country = SelectField("Country", choices={"LA": "Laos", "KH": "Cambodia"})
    sex = RadioField("Sex", choices={"f": "Woman", "m": "Man"}, validators=[Needed()])
    languages = SelectMultipleField("Languages", choices={"km": "Khmer", "lo": "Lao"})
    needs = TextAreaField("What you need", description="Diet, access, interpretation")
    arrival = DateField("Arrival", [Optional()])
    title = MultilingualField("Title", most=20)
    share = BooleanField("I am willing to share my experience.", [Needed()])


@bp.get("/stage/list")
@access(public)
def show_list() -> str:
    chosen = request.args.getlist("type")
    options = [
        SimpleNamespace(
            value=code,
            label=f"Structured learning {code}",
            count=number,
            chosen=code in chosen,
            url=url_for("stage.show_list", type=code),
        )
        for number, code in enumerate(("visit", "course", "pair", "case"))
    ]
    rows = ROWS * 4 if not chosen else ROWS[:2]
    here = url_for("stage.show_list")
    chips = [SimpleNamespace(label=o.label, url=here) for o in options if o.chosen]
    page = SimpleNamespace(
        previous=None, next=here + "?page=2", numbers=[(1, None), (2, here + "?page=2")]
    )
    first = date(2027, 2, 9)
    return render_template(
        "list.html", rows=rows, options=options, chosen=chips, page=page, first=first
    )


@bp.route("/stage/form", methods=["GET", "POST"])
@access(public)
def show_form() -> ResponseReturnValue:
    form = StageForm()
    if form.validate_on_submit():
        received.append(form.name.data)
        if form.name.data in {"409", "500"}:
            abort(int(form.name.data))
        if form.name.data == "elsewhere":
            return redirect(url_for("stage.show_parts"), 303)
        time.sleep(0.3)
        flash("You are registered.", "success")
        return redirect(url_for("stage.show_form"), 303)
    return render_template("form.html", form=form, title=ROWS[1][0]), form.status


@bp.get("/stage/parts")
@access(public)
def show_parts() -> str:
    busy = SimpleNamespace(title="Learning visit to two companies", url=url_for("stage.show_form"))
    days = [
        SimpleNamespace(
            date=date(2027, 2, 1) + timedelta(day),
            other=day > 27,
            today=day == 8,
            entries=[busy] if day in {8, 9, 20} else [],
        )
        for day in range(35)
    ]
    dots = [region.dot(15.1, 105.8, 9, "Champasak: 9 activities")]
    letter = SimpleNamespace(
        recipient="Sengdao", subject="Your place", body="Sabaidee,\n\nconfirmed.", language="en"
    )
    return render_template(
        "parts.html", days=days, outlines=region.outlines(), dots=dots, letter=letter
    )

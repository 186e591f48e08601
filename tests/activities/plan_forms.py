"""What a browser sends from the outline form: read from the page, changed, sent back."""

import html5lib


def typed(page: str, form_id: str = "outline") -> dict[str, list[str]]:
    """The names and values a browser would send for a form as it stands on the page."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    form = next(each for each in tree.iter("form") if each.get("id") == form_id)
    sent: dict[str, list[str]] = {}
    for field in form.iter():
        name = field.get("name")
        if not name or field.tag not in {"input", "select", "textarea"}:
            continue
        for value in _values(field):
            sent.setdefault(name, []).append(value)
    return sent


def _values(field) -> list[str]:
    if field.tag == "textarea":
        return ["".join(field.itertext())]
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [each for each in options if "selected" in each.attrib] or options[:1]
        return [each.get("value") for each in chosen]
    if field.get("type") in {"checkbox", "radio"} and "checked" not in field.attrib:
        return []
    return [field.get("value", "on" if field.get("type") == "checkbox" else "")]

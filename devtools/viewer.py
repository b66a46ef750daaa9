"""The viewer's page: the dictionary's labels, and a policy that runs its own script alone."""

import base64
import hashlib
import json
import re

from app.core.fields import ADDRESS_PARTS, Field
from app.core.i18n import _
from app.models.records.base import entities, fields_of


def page(text: str) -> str:
    """Give the page with today's labels and the hashes of its own script and style."""
    text = _LABELS.sub(lambda found: found[1] + labels() + found[2], text)
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(_SCRIPT, text)}",
            f"style-src {_hash(_STYLE, text)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    return _POLICY.sub(lambda found: found[1] + policy + found[2], text)


def labels() -> str:
    """Give the Thai labels of types, fields and codes as JSON.

    No "<" comes out, so that nothing of it can end the script that it stands in.
    """
    types = {
        type_: {
            "label": _(entity.label),
            "fields": {field.name: _label(field) for field in fields_of(entity)},
        }
        for type_, entity in entities().items()
    }
    address = {field.name: _label(field) for field in ADDRESS_PARTS}
    text = json.dumps({"types": types, "address": address}, ensure_ascii=False)
    return text.replace("<", "\\u003c")


def _label(field: Field) -> dict[str, object]:
    said: dict[str, object] = {"label": _(field.label), "kind": field.kind.value}
    if field.choices:
        said["codes"] = {code: _(label) for code, label in field.choices}
    if field.rows:
        said["rows"] = {row.name: _label(row) for row in field.rows}
    return said


def _hash(element: re.Pattern[str], text: str) -> str:
    found = element.search(text)
    digest = hashlib.sha256(found[1].encode() if found else b"").digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


_LABELS = re.compile(r'(<script type="application/json" id="labels">).*?(</script>)', re.DOTALL)
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_POLICY = re.compile(r'(http-equiv="Content-Security-Policy" content=").*?(")')

"""The table [zalo] of a campaign's file: the number of an approved template, and what stands in its places."""

import re
from typing import Any

from core.messages import Template

MOST_FIELDS = 20
LONGEST_FIELD = 200  # characters; a template may allow fewer, and its provider then refuses it ("too long", recalled)
_TEMPLATE = re.compile(r"[0-9]{1,25}")
_FIELD = re.compile(r"[A-Za-z0-9_]{1,60}")


def read_template(data: object) -> Template:
    """The table as data. Raises ValueError naming the place and how to mend it."""
    if not isinstance(data, dict) or set(data) - {"template", "fields"}:
        raise ValueError("zalo: knows fields, template")
    number, fields = data.get("template"), data.get("fields", {})
    if not isinstance(number, str) or not _TEMPLATE.fullmatch(number):
        raise ValueError('zalo.template: is the number of an approved template in quotes, such as "203972"')
    if not isinstance(fields, dict) or len(fields) > MOST_FIELDS:
        raise ValueError(f'zalo.fields: is a table of at most {MOST_FIELDS} lines, each such as ten = "..."')
    for name, value in fields.items():
        if not isinstance(name, str) or not _FIELD.fullmatch(name):
            raise ValueError(f"zalo.fields.{name}: a name has 1 to 60 of the letters a to z, digits and _")
        if not isinstance(value, str) or not value.strip() or not value.isprintable() or len(value) > LONGEST_FIELD:
            raise ValueError(f"zalo.fields.{name}: is one line of 1 to {LONGEST_FIELD} characters, in quotes")
    return Template(id=number, fields={name: value.strip() for name, value in sorted(fields.items())})


def plain_template(template: Template) -> dict[str, Any]:
    """What `read_template` reads."""
    return {"template": template.id, "fields": dict(sorted(template.fields.items()))}

"""The digest of exactly what was approved (R-ROLE-05): equal for equal contents from whatever database."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from .book import rule
from .moments import instant


def canonical(value: Any) -> Any:
    """*value* as JSON that is written in one way only; TypeError for what has no exact form, like floats."""
    match value:
        case None | bool() | str():
            return value
        case int():
            return int(value)
        case Decimal() if value.is_finite():
            # one database keeps the zeros of 1.50, the other doesn't; and minus zero is zero
            return {"decimal": format(value.normalize() + 0, "f")}
        case datetime():
            return {"moment": instant(value).isoformat()}
        case date():
            return {"date": value.isoformat()}
        case Mapping() if all(isinstance(key, str) for key in value):
            return {"mapping": {key: canonical(item) for key, item in value.items()}}
        case list() | tuple():
            return [canonical(item) for item in value]
    raise TypeError(f"no exact form to sign: {value!r}")


@rule("R-ROLE-05", "签批记录所批内容的摘要，内容一变，摘要即变。")
def digest(payload: Mapping[str, Any]) -> str:
    """SHA-256 of *payload* in canonical form, 64 hexadecimal digits."""
    text = json.dumps(canonical(payload), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()

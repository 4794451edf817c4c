"""Messages as data: the Chinese message id and the values that go into it.

Layers below the screens have no request and no language, so they say *what* is to be said and the views say it
in the reader's language. The Chinese text itself is the message id of the catalogue.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """A message id with its values; ``str()`` gives the Chinese sentence."""

    message: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.fill(self.message)

    def fill(self, template: str) -> str:
        """The values put into *template*: the message id itself or its translation."""
        return template.format(**self.values) if self.values else template


def say(message: str, **values: Any) -> Text:
    """A message for a person, e.g. ``say("借期最多 {days} 天", days=3)``; the catalogue is extracted from these calls."""
    return Text(message, values)

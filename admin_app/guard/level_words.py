"""What the company calls the levels on a day."""

from datetime import date

from sqlalchemy.orm import Session

from ..level_words import NAMES, PREFIX, LevelWords, words_of
from .settings import setting


def level_words_on(session: Session, day: date) -> LevelWords:
    """The company's words and prefix as they hold on *day*, the shipped ones where nothing was set."""
    return words_of({name: setting(session, name, day) for name in (*NAMES, PREFIX)})

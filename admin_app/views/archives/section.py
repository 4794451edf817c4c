"""Where the pages of the archive room stand in the menu: beside the registers of archives."""

from ...texts import say
from ..doors import Section

ARCHIVES = Section(say("档案"), 30)

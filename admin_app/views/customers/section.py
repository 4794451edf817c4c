"""Where the customers' pages stand in the menu: beside the registers of customers."""

from ...texts import say
from ..doors import Section

CUSTOMERS = Section(say("客户"), 20)

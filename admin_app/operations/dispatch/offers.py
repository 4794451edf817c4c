"""The offer for a customer: who comes first and why, who is left out and for what reasons (R-DISP-03, R-DISP-04)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ...guard.codes import reading
from ...rules.dispatch import Obstacle, Standing, obstacles
from ...rules.dispatch_ranking import Place, Wish, ranked, suits
from ...texts import SEMICOLON, say, several
from ...verdicts import Obstructed, Refused, refuse
from .standings import files_of_store, standings

_WHY = 200


@dataclass(frozen=True)
class LeftOut:
    """A designer who may not be offered the order, with every reason."""

    standing: Standing
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True)
class Offer:
    """The places in order, and those left out."""

    wish: Wish
    places: list[Place]
    left_out: list[LeftOut]

    def place_of(self, designer: int) -> Place:
        """The place of *designer*; raises Obstructed with all that stands against them, Refused for a stranger."""
        for one in self.places:
            if one.standing.designer == designer:
                return one
        for left in self.left_out:
            if left.standing.designer == designer:
                raise Obstructed(tuple(one.verdict for one in left.obstacles))
        raise Refused(refuse("R-DISP-03", "scope", say("只能派给客户所在店面的设计师")))


def offer(session: Session, store_id: int | None, wish: Wish, now: datetime) -> Offer:
    """The offer to a customer of the store; *session* sees beneath the row rule."""
    return made_of(standings(session, files_of_store(session, store_id), now).values(), wish)


def made_of(found: Iterable[Standing], wish: Wish) -> Offer:
    """The offer out of these designers."""
    checked = [(one, obstacles(one)) for one in found]
    may = [one for one, against in checked if not against]
    return Offer(wish, ranked(may, wish), [LeftOut(one, against) for one, against in checked if against])


def snapshot(session: Session, made: Offer) -> list[tuple[None, dict[str, Any]]]:
    """The lines that keep the offer with the order: those left out without a place, their reasons in its stead."""
    levels = list(reading(session).options("designer_level"))
    places = [(one.standing, one.place, str(one.why)) for one in made.places]
    left = [
        (one.standing, None, str(several((each.verdict.reason for each in one.obstacles), SEMICOLON)))
        for one in made.left_out
    ]
    return [(None, _line(standing, place, why, made.wish, levels)) for standing, place, why in [*places, *left]]


def _line(one: Standing, place: int | None, why: str, wish: Wish, levels: list[str]) -> dict[str, Any]:
    return {
        "place_then": place, "designer_id": one.designer, "why": why[:_WHY],
        "level_code": levels[one.level] if one.level < len(levels) else None, "last_received_at": one.last_order_at,
        **figures_then(one, wish), "charges_fee": one.charges_fee,
    }  # fmt: skip


def figures_then(one: Standing, wish: Wish) -> dict[str, Any]:
    """What the order keeps of the designer who was proposed."""
    return {
        "material_target_met": one.material_target_met, "department_rank": one.department_rank, "held": one.held,
        "on_duty": one.on_duty, "suits": suits(one, wish),
    }  # fmt: skip

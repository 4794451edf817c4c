"""Who bears a bad debt, and how much, to the cent (R-CRED-03). 003 篇二 3–4."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ..texts import say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule
from .credit import Kind
from .shares import apportion

_WHOLE = 100


class Ground(StrEnum):
    """What a share rests on: the codes of bad_debt_ground."""

    WITHIN = "within"
    FIRST = "first_over"
    LAST = "last_over"
    UNAPPROVED = "unapproved"


class Post(StrEnum):
    """Those who may bear a share: the codes of bad_debt_role."""

    SALES = "sales"
    SALES_MANAGER = "sales_manager"
    LOGISTICS = "logistics"
    WAREHOUSE = "warehouse"
    MARKETING = "marketing"
    OTHER = "other"


#: who bear a shipment that went out over the limit with neither prepayment nor approval
_ANSWERABLE = (Post.LOGISTICS, Post.WAREHOUSE, Post.MARKETING)


@dataclass(frozen=True, slots=True)
class Share:
    """What one *post* bears, None being the company; *percent* of the debt as the figure has it, amount in yuan."""

    post: Post | None
    percent: Decimal
    amount: Decimal


@rule("R-CRED-03", "额内和首次按比例承担，末次由签发人承担，既未汇款也未审批的由物流专员、库管和市场部部长承担。")
def ground_of(kind: str, over: Decimal, signed: bool, remitted: Decimal, rightly: bool) -> Ground:
    """What decides who bears a shipment of *kind* that passed the limit by *over*, *remitted* of it beforehand.

    Without the signature that its kind asks for it counts as not approved, and unsigned what didn't go out *rightly*:
    to somebody without credit, beyond the term, in a way that the credit of its day didn't allow.
    """
    needs_signature = kind in (Kind.FIRST, Kind.LAST, Kind.SPECIAL)
    if not signed and (needs_signature or over > remitted or not rightly):
        return Ground.UNAPPROVED
    return {Kind.FIRST: Ground.FIRST, Kind.LAST: Ground.LAST}.get(Kind(kind), Ground.WITHIN)


@rule("R-CRED-03", "坏账按公司规定的比例分摊到分，其余由公司承担，合计等于坏账金额。")
def shares_of(amount: Decimal, ground: str, percents: Mapping[Post, int], signer: int) -> list[Share]:
    """The shares of a debt, the company's last; those of nothing are left out.

    *percents*: post -> percent of a debt within the limit; *signer*: percent that who signed a last one bears. Raises
    ValueError where the percents are more than a hundred.
    """
    weights = _weights(ground, percents, signer)
    borne = sum(weights.values())
    if borne > _WHOLE:
        raise ValueError(f"{borne} percent")
    posts: Sequence[Post | None] = [*(post for post, weight in weights.items() if weight), None]
    company = Decimal(0) if ground == Ground.UNAPPROVED else _WHOLE - borne
    parts = [*(weights[post] for post in posts if post), company]
    amounts = apportion(amount, parts)
    whole = sum(parts, Decimal(0))
    return [
        Share(post, (part * _WHOLE / whole).quantize(Decimal("0.01")), share)
        for post, part, share in zip(posts, parts, amounts, strict=True)
    ]  # fmt: skip


def _weights(ground: str, percents: Mapping[Post, int], signer: int) -> dict[Post, Decimal]:
    if ground == Ground.LAST:
        return {Post.OTHER: Decimal(signer)}
    if ground == Ground.UNAPPROVED:
        return {post: Decimal(1) for post in _ANSWERABLE}
    return {post: Decimal(percent) for post, percent in percents.items()}


@rule("R-CRED-03", "坏账由各人承担的比例合计不得超过百分之百。")
def are_proportions(percents: Iterable[int]) -> Verdict:
    """Whether *percents* leave the company nothing less than nothing; refused "out_of_range"."""
    if (borne := sum(percents)) <= _WHOLE:
        return ALLOWED
    return refuse("R-CRED-03", "out_of_range", say("坏账承担比例合计 {borne}%，超过百分之百，请先改规定", borne=borne))


@rule("R-CRED-03", "坏账批准以后不再重新分摊。")
def may_share_anew(approved: bool) -> Verdict:
    """Whether a debt, *approved* or not, may be shared out; refused "locked"."""
    return refuse("R-CRED-03", "locked", say("坏账已批准，不再重新分摊")) if approved else ALLOWED


@rule("R-CRED-03", "各人承担与公司承担的金额合计，须等于坏账金额。")
def adds_up(amount: Decimal, shares: Sequence[Decimal | None], company: Decimal | None) -> Verdict:
    """Whether what people and the *company* bear is the whole *amount*; refused "inconsistent"."""
    borne = sum((one or Decimal(0) for one in shares), company or Decimal(0))
    if borne == amount:
        return ALLOWED
    return refuse(
        "R-CRED-03", "inconsistent",
        say("承担金额合计 {borne} 元，与坏账金额 {amount} 元不符", borne=f"{borne:,.2f}", amount=f"{amount:,.2f}"),
    )  # fmt: skip

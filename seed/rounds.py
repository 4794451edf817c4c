"""The rounds officers make of their customers: some contacts of the last weeks were visits, the next booked (R-RELA-02)."""

from datetime import datetime, timedelta
from random import Random

from admin_app.registers.customers.customer import Customer
from admin_app.registers.visits.visit_report import VisitReport
from admin_app.rules.figures import VISIT_ROUND

from .invented import local_day
from .journeys import Journey
from .people import Company

#: of those who were contacted in the round, so many were visited; apart from the rest, so that the company stays as it is
_VISITED, _SEED = 0.65, 7
_HOSTS = (("本人", "业主"), ("配偶", "业主"), ("父亲", "业主"))
_NEEDS = ("想看在施工地", "比较两种套餐", "希望年前开工", "想换环保材料")
_PROBLEMS = ("担心工期", "预算未定", "家人意见不一", "暂无")
_OBJECTIONS = ("认为价格偏高", "担心施工扰民", "无异议")
_RIVALS = ("每周上门一次", "建群答疑", "未了解到")
_GUIDANCE = ("讲解保养方法", "说明材料等级差别", "量尺并标注插座位置")


def make(company: Company, journeys: list[Journey], customers: list[Customer]) -> None:
    """A report of one visit to most of those who were contacted in the last round."""
    random, now = Random(_SEED), company.invent.now
    began = now - timedelta(days=VISIT_ROUND.default - 1)
    for journey, customer in zip(journeys, customers, strict=True):
        lately = [moment for moment in journey.contacts if began < moment < now]
        if lately and journey.status != "lost" and random.random() < _VISITED:
            company.session.add(_report(random, journey, customer, random.choice(lately)))
    company.session.flush()


def _report(random: Random, journey: Journey, customer: Customer, at: datetime) -> VisitReport:
    host, post = random.choice(_HOSTS)
    return VisitReport(
        customer_id=customer.id,
        visited_at=at,
        ended_at=at + timedelta(minutes=random.choice((30, 45, 60))),
        owner_id=journey.owner.id,
        host_name=customer.name if host == "本人" else f"{customer.name}的{host}",
        host_post=post,
        decides=host != "父亲",
        needs=random.choice(_NEEDS),
        problems=random.choice(_PROBLEMS),
        objections=random.choice(_OBJECTIONS),
        rival_service=random.choice(_RIVALS),
        credit_change="none",
        guidance=random.choice(_GUIDANCE),
        next_visit_on=local_day(at) + timedelta(days=random.randint(60, 95)),
        created_at=at + timedelta(hours=2),
        created_by_id=journey.owner.id,
    )

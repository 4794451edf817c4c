"""The ``strongroom`` command. Commands that touch registers act as a named person, with that person's rights."""

import json
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlalchemy.orm import Session

from config import Settings

from . import catalogue, clock, create_app, documents, keeping, migrating, registers
from .background import Report, silent
from .database import db
from .guard import act_as, anchor, chain, noting, trail, writing
from .guard.jobs import job
from .models import all_registers
from .operations import accounts, people, setting_up
from .operations.archives.upkeep import KEEP_UP
from .operations.export_queue import EXPORTS
from .operations.nightly import nightly
from .operations.notices.delivering import deliver
from .operations.notices.reminders import REMINDERS, remind
from .operations.notices.sending import send
from .operations.scoring import computing as scoring
from .operations.scoring import table as scoring_table
from .operations.sweeping import sweep
from .permissions import Level, Person
from .rules.months import Month
from .sheets import results
from .sheets.choices import MODES, Choices
from .sheets.judging import BOTH
from .sheets.tidying import tidy_files
from .storage import StoreUnavailable, export_files, files, held_files
from .texts import word
from .verdicts import Refused
from .views.register.background import make_next
from .views.register.import_runs import workplace

#: what runs without a person: upkeep reads no register, the demo company fills them all
COMMAND = job("command", word("命令行"), Level.OPEN)
DEMO = job("demo", word("演示公司"), Level.TOP_SECRET)


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """客档 Strongroom: registers and archives of customer service, kept in confidence."""
    os.umask(0o077)  # what the program writes is its own
    if context.invoked_subcommand is None:
        _first_steps(context)


def _first_steps(context: click.Context) -> None:
    """On an empty database: make the tables, then ask for the first admin and general manager (R-ROLE-02)."""
    settings = Settings.from_environment()
    migrating.upgrade(settings)
    with _application(settings, setting_up.SET_UP) as session:
        if setting_up.is_set_up(session):
            click.echo(context.get_help())
            return
        click.echo("首次使用：请设置系统管理员和总经理（须为两人）。也可以启动后在网页上设置。")
        company = click.prompt("公司名称")
        admin, manager = _ask_person("系统管理员"), _ask_person("总经理")
        with _refusals(), writing(session):
            setting_up.set_up(session, company, admin, manager, clock.now())
        click.echo("设置完成。运行 strongroom serve 后登录。")


def _ask_person(title: str) -> setting_up.FirstPerson:
    return setting_up.FirstPerson(
        click.prompt(f"{title}姓名"), click.prompt(f"{title}用户名"),
        click.prompt(f"{title}密码", hide_input=True, confirmation_prompt=True),
    )  # fmt: skip


@main.command()
def serve() -> None:
    """Serve the program on STRONGROOM_HOST and STRONGROOM_PORT."""
    from granian import Granian
    from granian.constants import Interfaces

    settings = Settings.from_environment()
    click.echo(f"http://{settings.host}:{settings.port}/")
    # with its schedule; wsgi:app is the same without, for servers that leave the clock to cron and keep-up
    server = Granian(
        "admin_app.jobs:served", factory=True, address=settings.host, port=settings.port, interface=Interfaces.WSGI,
        log_enabled=False,
    )  # fmt: skip
    server.serve()


@main.command()
@click.option("--down", metavar="REVISION", help="migrate down to REVISION; 'base' empties the database")
@click.option("--new", "message", metavar="MESSAGE", help="write the next migration from what the registers declare")
def migrate(down: str | None, message: str | None) -> None:
    """Bring the database to the newest schema."""
    settings = Settings.from_environment()
    if message:
        click.echo(migrating.make_migration(settings, message))
    elif down:
        migrating.downgrade(settings, down)
    else:
        migrating.upgrade(settings)


@main.command()
@click.option("--size", default=400, show_default=True, help="number of customers")
def seed(size: int) -> None:
    """Fill an empty database with a believable demo company; prints how to sign in."""
    from seed import company

    settings = Settings.from_environment()
    password = settings.demo_password or secrets.token_urlsafe(12)
    migrating.upgrade(settings)
    with _application(settings, DEMO) as session:
        if setting_up.is_set_up(session):
            raise click.ClickException("数据库里已有数据，演示公司只能放进空库。")
        with writing(session):
            company.fill(session, size=size, now=clock.now(), password=password, keep=files().put)
    (settings.data_dir / "seeded").touch()
    click.echo("演示公司已就绪。用户名即岗位，如 clerk、archive_keeper、store_manager、general_manager。")
    click.echo(f"密码：{password}")


@main.command("registers")
@click.option("--json", "as_json", is_flag=True, help="one JSON array")
def list_registers(as_json: bool) -> None:
    """List the registers with their fields."""
    registers.load_all()
    described = [describe(register) for register in all_registers().values()]
    if as_json:
        click.echo(json.dumps(described, ensure_ascii=False, indent=1))
        return
    for one in described:
        click.echo(f"{one['table']}\t{one['title']}\t{one['area']}\t{one['level']}\t{one['address']}")


def describe(register: Any) -> dict[str, Any]:
    """One register as ``registers --json`` prints it."""
    declaration = register.declaration
    return {
        "table": register.__tablename__, "title": declaration.title, "area": declaration.area,
        "level": int(declaration.level), "address": f"/admin/{register.__tablename__}/",
        "columns": [
            {"name": face.name, "label": face.label, "type": face.kind.name, "required": face.required,
             "level": face.level, "search": face.search, "filter": face.filter}
            for face in register.faces.values()
        ],
    }  # fmt: skip


@main.command()
@click.option("--check", is_flag=True, help="only tell whether they are current")
def docs(check: bool) -> None:
    """Write the generated documents under docs/."""
    if check:
        if stale := documents.outdated():
            raise click.ClickException(f"run make docs: {', '.join(stale)}")
        return
    for path in documents.write():
        click.echo(path.name)


@main.command()
def words() -> None:
    """Bring the English catalogue up to date; names the messages that wait for their English."""
    for message in catalogue.update():
        click.echo(message)


_STAGES = {"checking": "检查", "writing": "写入", "keeping": "记下每一行"}
_AS = click.option("--as", "username", required=True, metavar="USERNAME", help="whose rights hold")


@main.command("import")
@click.argument("table")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="check only, write nothing")
@click.option("--key", help="fields by which a row is found again, with commas; as the last such file by default")
@click.option("--mode", type=click.Choice(MODES), default=BOTH, help="what rows may do; both by default")
@click.option("--json", "as_json", is_flag=True, help="the outcome as JSON")
@_AS
def import_file(table: str, file: Path, check: bool, key: str | None, mode: str, as_json: bool, username: str) -> None:
    """Import the ledger FILE into TABLE: good rows go in, bad ones into a file beside it."""
    names = None if key is None else tuple(name.strip() for name in key.split(",") if name.strip())
    with _acting(username) as session, _refusals():
        choices = Choices(mode=mode, key=names)
        outcome = results.import_file(session, table, file, check_only=check, progress=_terminal(), choices=choices)
    click.echo(json.dumps(outcome, ensure_ascii=False) if as_json else results.summary(outcome))


def _terminal() -> Report:
    """How far it is, on one line of the terminal; where nobody watches, nothing."""
    if not sys.stderr.isatty():
        return silent
    return lambda stage, done, total: click.echo(f"\r{_STAGES[stage]} {done} / {total}\x1b[K", nl=False, err=True)


@main.command("export")
@click.argument("table")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--reason", default="命令行导出", show_default=True, help="what it is for; stands in the file and the trail"
)
@_AS
def export_file(table: str, file: Path, reason: str, username: str) -> None:
    """Export TABLE to FILE (.csv or .xlsx) as the person sees it."""
    with _acting(username) as session, _refusals():
        rows = results.export_file(session, table, file, reason)
    click.echo(f"{rows} 条 -> {file}")


@main.command()
@click.argument("month", metavar="YYYY-MM")
@_AS
def score(month: str, username: str) -> None:
    """Compute or recompute the customer managers' scores of a month that is over, and print them."""
    asked = Month.read(month)
    if asked is None:
        raise click.BadParameter("月份写作 2026-10", param_hint="YYYY-MM")
    with _acting(username) as session, _refusals(session):
        with writing(session):
            done = scoring.compute(session, asked, clock.now())
        lines = scoring_table.lines(session, asked, clock.now())
    for line in lines:
        click.echo(line)
    click.echo(f"计算 {done.computed} 张，锁定未动 {done.locked} 张")


@main.group()
def audit() -> None:
    """The trail."""


@audit.command()
def verify() -> None:
    """Verify the chain of the trail against the anchor; names the first break."""
    settings = Settings.from_environment()
    with _application(settings, COMMAND) as session:
        broken = chain.verify(session.connection(), anchor.read(settings.anchor))
        newest = chain.head(session.connection()).seq
    if broken is not None:
        click.echo(f"第 {broken.seq} 条断开：{chain.FAULTS[broken.fault]}", err=True)
        sys.exit(1)
    click.echo(f"完好，共 {newest} 条")


@main.command()
@click.argument("tables", nargs=-1, metavar="[TABLE]…")
def reindex(tables: tuple[str, ...]) -> None:
    """Build the search index anew, of the registers named or of all."""
    try:
        records = migrating.reindex(Settings.from_environment(), tables)
    except KeyError as unknown:
        raise click.ClickException(f"没有登记表 {unknown.args[0]}") from None
    click.echo(f"查找索引已重建，共 {records} 条")


@main.command("keep-up")
def run_upkeep() -> None:
    """Let time pass: over grants, stand-ins, dispatch, repeated fines and archive rates; run it after midnight."""
    with _application(Settings.from_environment(), KEEP_UP) as session:
        lapsed = nightly(session, clock.now())
        tidy_files(session, files(), held_files(), export_files(), workplace(), clock.now())
    click.echo(f"已失效 {lapsed} 项批准")


@main.command("exports")
def run_exports() -> None:
    """Make the exports that wait in the background; for who has no schedule running: every few minutes."""
    made = 0
    with _application(Settings.from_environment(), EXPORTS) as session:
        while make_next(session, export_files(), workplace()):
            made += 1
    click.echo(f"已生成导出 {made} 份")


@main.command("remind")
def run_reminders() -> None:
    """Look through the reminders and send them; for who has no schedule running: every few minutes in working time."""
    with _application(Settings.from_environment(), REMINDERS) as session:
        new = remind(session, clock.now())
        sent = deliver(session, files().seal, send, clock.now())
    click.echo(f"新提醒 {new} 条，发出消息 {sent} 条")


@keeping.files.command("sweep")
def sweep_files() -> None:
    """Remove all files that nothing refers to and that are older than a day, however many: the night stops at doubt."""
    with _application(Settings.from_environment(), KEEP_UP) as session, _refusals():
        removed = sweep(session, files(), clock.now(), surely=True)
    click.echo(f"已清除 {removed} 个没有记录的文件")


for command in (keeping.backup, keeping.restore, keeping.files):
    main.add_command(command)


@main.group()
def user() -> None:
    """Who may sign in."""


@user.command("add")
@click.argument("username")
@click.option("--employee", "number", required=True, metavar="NUMBER", help="the employee's number")
@click.option("--as", "admin", required=True, metavar="USERNAME", help="the administrator who opens the account")
def add_user(username: str, number: str, admin: str) -> None:
    """Let an employee sign in as USERNAME; prints the first password, to be changed at once."""
    with _acting(admin) as session, _refusals(), writing(session):
        password = accounts.invite(session, number, username, clock.now())
    click.echo(f"{username} 的首个密码：{password}（登录后须修改）")


@user.command("reset")
@click.argument("username")
def reset_user(username: str) -> None:
    """Give USERNAME a new password, printed once; every session of theirs ends."""
    with _application(Settings.from_environment(), COMMAND) as session, writing(session):
        account = accounts.find_account(session, username)
        if account is None:
            raise click.ClickException(f"没有用户 {username}")
        password = accounts.renew_password(session, account, clock.now())
    click.echo(f"{username} 的新密码：{password}（登录后须修改）")


@contextmanager
def _application(settings: Settings, job: Person) -> Iterator[Session]:
    """The session of a command, run as that *job*."""
    app: Flask = create_app(settings)
    with app.app_context():
        act_as(db.session, job, "command")
        yield db.session  # type: ignore[misc]


@contextmanager
def _acting(username: str) -> Iterator[Session]:
    """The session of a command that acts as *username*, with that person's rights."""
    with _application(Settings.from_environment(), COMMAND) as session:
        account = accounts.find_account(session, username)
        person: Person | None = people.load_person(session, account.employee_id) if account else None
        if account is None or account.disabled or person is None:
            raise click.ClickException(f"没有用户 {username}")
        act_as(session, person, "command")
        yield session


@contextmanager
def _refusals(session: Session | None = None) -> Iterator[None]:
    """A rule's refusal as one line with the rule's id; exit code 1. Where a *session* is given the trail has it, too."""
    try:
        yield
    except Refused as refused:
        if session is not None:
            with noting(session):
                trail.note(session, "refused", rule=refused.verdict.rule, code=refused.verdict.code)
        raise click.ClickException(f"{refused.verdict.reason}（{refused.verdict.rule}）") from None
    except StoreUnavailable as error:
        raise click.ClickException(f"存放文件的地方连不上：{error}") from None

"""Which jobs there are: sources and analyses that say how often, and tasks of ours."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from geo_api.accounts.contact_commands import erase_old_contacts
from geo_api.alerts.evaluation import evaluate
from geo_api.alerts.outbox import deliver, erase_ended, missing_settings
from geo_api.alerts.ways import WayDown
from geo_api.complaints.photo_commands import sweep_photos
from geo_api.complaints.release import release_complaints
from geo_api.complaints.reminders import remind
from geo_api.database.prepared_statements import Session
from geo_api.database.runs import RunFailed
from geo_api.demo.hours import go_on
from geo_api.settings import Settings
from layers.analyses import analyses
from layers.jobs import Job, Kind
from layers.model import Text
from layers.sources import sources

# Of a database that holds nothing but the simulated world.
DEMO_HOUR = "demo_hour"


@dataclass(frozen=True)
class TaskRun:
    """What a task has to go by: the owner's connection, which it commits, that database's address,
    the settings, and the present (UTC)."""

    connection: Session
    url: str
    settings: Settings
    now: datetime


# Says in a line what it did.
Task = Callable[[TaskRun], str]


def _release(run: TaskRun) -> str:
    return str(release_complaints(run.connection, run.now, run.now))


def _remind(run: TaskRun) -> str:
    with run.connection:
        reminded = remind(run.connection, run.now)
    return f"reminded of {reminded} overdue complaints"


def _erase(run: TaskRun) -> str:
    return f"{erase_old_contacts(run.settings, run.url)} contacts erased"


def _sweep(run: TaskRun) -> str:
    with run.connection:
        return sweep_photos(run.connection, run.settings)


def _alert(run: TaskRun) -> str:
    """What is found is in the outbox before anything is sent."""
    evaluated = evaluate(run.connection, run.now)
    missing = missing_settings(run.settings)
    waits = f"; not sent, what is due waits in the outbox: {missing}" if missing else ""
    try:
        return f"{evaluated}; {deliver(run.connection, run.settings, run.now)}{waits}"
    except WayDown as problem:
        raise RunFailed(f"{evaluated}; {problem}{waits}") from problem


def _forget(run: TaskRun) -> str:
    erased = erase_ended(run.connection, run.now, run.settings.alert_kept)
    return f"{erased} subscribers erased"


def _go_on(run: TaskRun) -> str:
    return go_on(run.connection, run.now)


TASKS: Mapping[str, tuple[Text, timedelta, Task]] = {
    DEMO_HOUR: (
        Text("โลกจำลองเดินต่อทีละชั่วโมง", "The simulated world goes on by the hour"),
        timedelta(hours=1),
        _go_on,
    ),
    "send_alerts": (
        Text("ตรวจกฎการแจ้งเตือนและส่งข้อความ", "Evaluate alerts and send what is due"),
        timedelta(minutes=5),
        _alert,
    ),
    "erase_subscribers": (
        Text("ลบผู้รับการแจ้งเตือนที่เลิกรับแล้ว", "Erase subscribers who ended their alerts"),
        timedelta(days=1),
        _forget,
    ),
    "release_complaints": (
        Text("เปิดเผยจำนวนข้อร้องเรียนของช่วงที่จบแล้ว", "Release complaints of periods that are over"),
        timedelta(days=1),
        _release,
    ),
    "remind_overdue": (
        Text("บันทึกเตือนเรื่องที่เกินกำหนด", "Note overdue complaints in their story"),
        timedelta(days=1),
        _remind,
    ),
    "erase_contacts": (
        Text("ลบข้อมูลติดต่อของเรื่องที่ปิดนานแล้ว", "Erase contacts of cases closed long ago"),
        timedelta(days=1),
        _erase,
    ),
    "sweep_photos": (
        Text("ลบไฟล์ภาพที่ไม่มีเรื่องใดอ้างถึง", "Remove photos that no case names"),
        timedelta(days=1),
        _sweep,
    ),
}


@cache
def jobs() -> tuple[Job, ...]:
    """Sources, then analyses, each after those whose tables it reads, then tasks."""
    read = [one for one in sources().values() if one.requests]
    return (
        *(Job(one.name, one.title, Kind.SOURCE, one.every) for one in read if one.every),
        *(
            Job(one.name, one.title, Kind.ANALYSIS, one.every)
            for one in analyses().values()
            if one.every
        ),
        *(Job(name, title, Kind.TASK, every) for name, (title, every, _) in TASKS.items()),
    )

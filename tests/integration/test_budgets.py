"""What pages and saves may cost: statements, rows and bytes, whatever the size of the plan.

Counts only, no times: those are measured by ``python -m benchmarks``.
"""

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from tests.counting import Asked, asked_of
from tests.databases import Databases
from tests.pages import Client
from tests.scale import OLDEST, Size, fill
from tests.standing import PASSWORD
from tracker.extensions import db
from tracker.models import Action, Measure
from tracker.queries.assessed import KEPT

KB = 1000
SMALL, LARGE = Size(), Size().times(10)
ONE_MONTH, FIVE_YEARS = Size(months=1), Size(months=60)
SIZES = pytest.mark.parametrize(
    "size", [SMALL, LARGE, ONE_MONTH, FIVE_YEARS], ids=["1x", "10x", "one month", "five years"]
)


@dataclass
class Site:
    """The application over a plan of a size, and an officer who is signed in."""

    client: Client
    engine: Engine
    action: str
    measure: str

    def cost(self, path: str) -> Asked:
        """Fetch a page and return what it asked of the database."""
        with asked_of(self.engine) as asked:
            assert self.client.get(path).status == 200
        return asked

    def cost_of_saving(self, path: str, **fields: str) -> Asked:
        """Fill in a form and return what its saving asked of the database."""
        hidden = self.client.hidden(path)
        with asked_of(self.engine) as asked:
            page = self.client.post(path, keep_hidden=False, **hidden, **fields)
            assert page.status == 303, page.text
        return asked


Over = Callable[[Size], Site]


@pytest.fixture
def over(worker_app: Flask, databases: Databases) -> Over:
    """Puts a plan of a size in the place of the database."""

    def put(size: Size) -> Site:
        name = f"scale_{size.actions}_{size.months}"
        databases.put(worker_app, name, lambda: fill(db.session(), size))
        # Plans of all sizes are filled alike, so their ledgers end alike.
        KEPT.clear()
        with worker_app.app_context():
            action = db.session.scalar(select(Action.id).where(Action.code == "A3"))
            measure = db.session.scalar(select(Measure.id).where(Measure.code == "M3"))
            engine = db.engine
        client = Client(worker_app)
        client.sign_in("officer@example.org", PASSWORD)
        return Site(client, engine, f"/actions/{action}", f"/measures/{measure}")

    return put


@SIZES
def test_the_dashboard_asks_eight_times_and_twice_when_nothing_changed(over, size):
    site = over(size)
    assert len(site.cost("/dashboard")) == 8
    assert len(site.cost("/dashboard")) == 2


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["1x", "10x"])
def test_the_explanations_of_a_plan_ask_no_more_than_the_dashboard(over, size):
    site = over(size)
    (way,) = site.client.get("/dashboard").tree.xpath("//p[@class='verdict']/a/@href")
    assert len(site.cost(way)) == 2
    KEPT.clear()
    assert len(site.cost(way)) == 8


@SIZES
def test_the_page_of_an_action_asks_six_times(over, size):
    site = over(size)
    assert len(site.cost(site.action)) == 6


@SIZES
def test_the_page_of_a_measure_asks_six_times(over, size):
    site = over(size)
    assert len(site.cost(site.measure)) == 6


@SIZES
def test_saving_progress_asks_ten_times(over, size):
    site = over(size)
    said = {"state": "in_progress", "confidence": "high", "happened": "All visits took place."}
    # No milestone is ticked: the two that were done are opened again.
    assert len(site.cost_of_saving(f"{site.action}/updates/new", **said)) == 10


@SIZES
def test_saving_a_value_asks_nine_times(over, size):
    site = over(size)
    said = {"period": OLDEST.key, "value": "97", "state": "final"}
    assert len(site.cost_of_saving(f"{site.measure}/observations/new", **said)) == 9


def test_history_costs_the_dashboard_one_row_a_measure_and_month(over):
    # What is usual is worked out from every period; nothing else is read of the past.
    three_years = over(SMALL).cost("/dashboard").rows
    five_years = over(FIVE_YEARS).cost("/dashboard").rows
    months = FIVE_YEARS.months - SMALL.months
    assert five_years - three_years == months * SMALL.measures


def test_the_dashboard_reads_rows_in_proportion_to_the_plan(over):
    small = over(SMALL).cost("/dashboard").rows
    assert small < over(LARGE).cost("/dashboard").rows <= 10 * small


def test_the_page_of_an_action_reads_no_more_rows_in_a_larger_plan(over):
    site = over(SMALL)
    small = site.cost(site.action).rows
    site = over(LARGE)
    assert site.cost(site.action).rows == small


def test_the_page_of_a_measure_reads_no_more_rows_in_a_larger_plan(over):
    site = over(SMALL)
    small = site.cost(site.measure).rows
    site = over(LARGE)
    assert site.cost(site.measure).rows == small


def test_pages_are_light(over):
    site = over(SMALL)
    dashboard = site.client.get("/dashboard").response.data
    assert len(dashboard) <= 60 * KB
    assert len(gzip.compress(dashboard)) <= 10 * KB
    assert len(site.client.get(site.action).response.data) <= 20 * KB
    measure = site.client.get(site.measure).response.data
    # Two pictures in three widths, comparisons, explanations, points and contributing actions.
    assert len(measure) <= 36 * KB
    assert len(gzip.compress(measure)) <= 10 * KB


def test_the_dashboard_of_a_plan_ten_times_as_large_is_ten_times_as_heavy_at_most(over):
    small = len(over(SMALL).client.get("/dashboard").response.data)
    assert len(over(LARGE).client.get("/dashboard").response.data) <= 10 * small


def test_a_first_view_weighs_no_more_than_100_kb(over):
    site = over(SMALL)
    page = site.client.get("/dashboard")
    found = page.tree.xpath("//link/@href | //script/@src")
    weights = {"page": len(page.response.data)}
    for path in found:
        weigh(site.client, path, weights)
    assert any(path.endswith(".css") for path in weights)
    assert any(path.endswith(".js") for path in weights)
    assert not any("plotly" in path for path in weights)
    assert sum(weights.values()) <= 100 * KB, weights


def weigh(client: Client, path: str, weights: dict[str, int]) -> None:
    """Note the bytes of a static file as it is sent, and of the scripts that it imports."""
    if path in weights:
        return
    with client.get(path, headers={"Accept-Encoding": "br, gzip"}).response as sent:
        weights[path] = len(sent.data)
    with client.get(path).response as plain:
        assert plain.status_code == 200
        imported = re.findall(r'^import [^"]*"(\./[^"]+)";', plain.text, re.MULTILINE)
    for name in imported:
        weigh(client, urljoin(path, name), weights)

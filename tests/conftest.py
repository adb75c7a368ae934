"""Fixtures that every part shares: the bundled discussion in a real store, and the shared data where it is present."""

from __future__ import annotations

import gc
import os
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, settings

from rejoinder.graph.stores.publish import Snapshot, open_current
from rejoinder.load import load
from rejoinder.settings import Settings
from tests.live import keep_templates

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
SHARED = ROOT.parent / "shared"
# The files that take longest begin, however few tests are in them: else one processor would be left with the last one.
LONGEST = (
    "test_training",
    "test_hostile",
    "test_load_workers",
    "test_load_processes",
    "test_extract_properties",
    "test_browser",
    "test_llm",
    "test_pages",
    "test_counts",
    "test_store_killed",
    "test_store",
    "test_source_bombs",
    "test_source",
    "test_judging_browser",
    "test_explain",
    "test_embeddings",
)

# A machine that is busy with other things fails no law, and no run tries other examples than the one before;
# `--hypothesis-profile=searching` does.
settings.register_profile("searching", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=False)
settings.register_profile("patient", parent=settings.get_profile("searching"), derandomize=True)
settings.load_profile("patient")


def pytest_configure() -> None:
    """What the tests start hears the signals that whoever started the tests has ignored, as nohup and `&` do.

    A handler is not passed on, where ignoring is. Nor does it see the developer's own settings and proxies.
    """
    for one in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(one) == signal.SIG_IGN:
            signal.signal(one, lambda *_: None)
    for name in [one for one in os.environ if one.startswith("REJOINDER_") or one.lower().endswith("_proxy")]:
        del os.environ[name]
    kept = keep_templates()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        kept.clear()  # of another run: what filters gave may be compiled into them


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files of LONGEST come first, all others in their order."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda one: places.get(one.path.stem, len(places)))


def pytest_collection_finish() -> None:
    """What was collected stays until the end: Python looks for no cycles in it, and rarely in what is made after it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, *gc.get_threshold()[1:])


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write the golden files anew")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """A worker for each processor, as each takes half a gigabyte no more than four, and none where there is but one."""
    known = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(known, 4) if known > 1 else 0


@pytest.fixture(scope="session")
def example_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the bundled example: two JSONL threads and the flattened dump."""
    folder = tmp_path_factory.mktemp("example") / "store"
    files = [str(EXAMPLES / name) for name in ("library-fees.jsonl", "library-fees.txt", "dishwasher.jsonl")]
    load(folder, files, Settings(), report=print)
    return folder


@pytest.fixture(scope="session")
def example(example_store: Path) -> Snapshot:
    """The example's snapshot, open for reading."""
    return open_current(example_store)


@pytest.fixture
def runner() -> CliRunner:
    """Runs commands as in a terminal of one width, whatever the tests run in."""
    return CliRunner(env={"COLUMNS": "120"})


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of data that is for trying and measuring only; it stands beside the repository, where it stands."""
    if not SHARED.is_dir():
        pytest.skip("needs the data beside the repository (../shared), which is not here")
    return SHARED

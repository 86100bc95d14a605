"""Where jobs are computed: here, on all cores, on a Dask or on a Ray cluster.

The numbers do not depend on it.  Results come back in the order in which they are
done, a bounded number of them waiting at any time.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.util import find_spec
from itertools import islice
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from psasim.errors import InputError

if TYPE_CHECKING:
    from joblib import Parallel

Job = TypeVar("Job")
Result = TypeVar("Result")

NAMES = ("serial", "processes", "dask", "ray")
EXTRAS = {"dask": "distributed", "ray": "ray"}
"""Backends that need an extra, and the package that shows it is there."""

LOST = frozenset({
    "BrokenProcessPool", "KilledWorker", "MemoryError", "OutOfMemoryError", "RayActorError",
    "WorkerCrashedError", "NodeDiedError",
})
"""Names of what joblib, Dask and Ray raise where a worker is gone, and of want of memory."""

WAITING = 2
"""Jobs handed out for each worker: one in work, one waiting for it."""

LOOK = 1.0
"""Seconds between a worker's looks at whether its parent is there."""

PATIENCE = 10
"""Seconds to wait for a cluster to answer; Ray waits in three stages, none longer."""

RAY_ASKS_ONCE = {
    "RAY_NUM_REDIS_GET_RETRIES": "1",
    "RAY_py_gcs_connect_timeout_s": str(PATIENCE),
}
"""What Ray reads of the environment as it is imported, to give up where something else
answers; left alone it asks twenty times over ten minutes."""


@dataclass(frozen=True, slots=True)
class Backend:
    """name: one of `NAMES`; address: of a running Dask scheduler or Ray head (None: start
    one here); workers: processes (None: one a core); chunk: runs side by side in a
    worker (None: as many as suit the scenario)."""

    name: str = "processes"
    address: str | None = None
    workers: int | None = None
    chunk: int | None = None

    def __post_init__(self) -> None:
        if self.address is not None and self.name not in EXTRAS:
            raise InputError(
                f"backend.address = {self.address} does not go with backend={self.name}, which "
                "runs on this computer; use backend=dask or backend=ray"
            )
        if self.name in EXTRAS and find_spec(EXTRAS[self.name]) is None:
            raise InputError(
                f"backend = {self.name} needs a package that is not installed; "
                f"pip install -e '.[{self.name}]' -c constraints.txt in a clone"
            )


    def fewer(self) -> Backend | None:
        """Half the processes; None where there is nothing to halve."""
        workers = self.workers or cores()
        if self.name != "processes" or workers < 2:
            return None
        return replace(self, workers=workers // 2)


class WorkersLost(InputError):
    """A worker was ended by something else than psasim."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(
            "the system ended a worker process, or would give it no more memory "
            f"({type(error).__name__}); what was computed is kept, and the same command goes on "
            "from there. Leave it more memory: fewer processes with backend.workers=, or fewer "
            "runs side by side with backend.chunk="
        )


def cores() -> int:
    """Cores that this process may use, of those the machine has."""
    from joblib import cpu_count

    return int(cpu_count())


def results(
    backend: Backend, function: Callable[[Job], Result], jobs: Iterable[Job]
) -> Iterator[Result]:
    """`function` of every job, as they are done; raises `WorkersLost`."""
    try:
        yield from _results(backend, function, jobs)
    except Exception as error:
        if LOST.isdisjoint(kind.__name__ for kind in type(error).__mro__):
            raise
        raise WorkersLost(error) from error


def _results(
    backend: Backend, function: Callable[[Job], Result], jobs: Iterable[Job]
) -> Iterator[Result]:
    if backend.name == "serial":
        yield from map(function, jobs)
        return
    from joblib import delayed, effective_n_jobs

    tied = backend.name == "processes"
    with _pool(backend) as (pool, streams):
        if streams:
            work = partial(_while_alive, os.getpid(), function) if tied else function
            yield from pool(delayed(work)(job) for job in jobs)
            return
        remaining = iter(jobs)
        workers = effective_n_jobs(backend.workers or -1)
        while wave := list(islice(remaining, 4 * WAITING * workers)):
            yield from pool(delayed(function)(job) for job in wave)


def _while_alive(parent: int, function: Callable[[Job], Result], job: Job) -> Result:
    """`function` of a job, in a worker that ends with its parent."""
    _end_with(parent)
    return function(job)


@cache
def _end_with(parent: int) -> None:
    """Have this process end soon after its parent, however that ended.

    Windows keeps telling the old parent: there idle workers end by themselves, after
    five minutes.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK)
        os._exit(1)

    if os.getpid() != parent:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
        Thread(target=watch, daemon=True).start()


@contextmanager
def _pool(backend: Backend) -> Iterator[tuple[Parallel, bool]]:
    """joblib's workers, and whether they hand results back one by one."""
    from joblib import Parallel, parallel_config

    workers = backend.workers or -1
    options = {"n_jobs": workers, "batch_size": 1, "pre_dispatch": f"{WAITING}*n_jobs"}
    streaming = {**options, "return_as": "generator_unordered"}
    if backend.name == "processes":
        with parallel_config(backend="loky", inner_max_num_threads=1):
            yield Parallel(**streaming), True
    elif backend.name == "dask":
        with _dask(backend), parallel_config(backend="dask"), Parallel(**streaming) as pool:
            yield pool, True
    else:
        with _ray(backend), parallel_config(backend="ray"), Parallel(**options) as pool:
            yield pool, False


@contextmanager
def _dask(backend: Backend) -> Iterator[Any]:
    """A client of the scheduler at the address, or of a cluster of our own."""
    from distributed import Client, LocalCluster

    if backend.address is not None:
        try:
            client = Client(backend.address, timeout=PATIENCE)
        except (OSError, ValueError) as error:
            raise _unreachable(backend, "tcp://HOST:8786, where `dask scheduler`", error) from None
        with client:
            yield client
        return
    with (
        LocalCluster(n_workers=backend.workers, threads_per_worker=1, dashboard_address=None)
        as cluster,
        Client(cluster) as client,
    ):
        yield client


@contextmanager
def _ray(backend: Backend) -> Iterator[None]:
    """A connection to the head at the address, or to a Ray of our own."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if backend.address is not None:
        for name, value in RAY_ASKS_ONCE.items():
            os.environ.setdefault(name, value)
    import ray
    from ray.util.joblib import register_ray

    own: dict[str, Any] = {}
    if backend.address is None:
        own = {"num_cpus": backend.workers or cores(), "include_dashboard": False}
    try:
        if backend.address is not None:
            _knock(backend.address)
        ray.init(address=backend.address, log_to_driver=False, logging_level=logging.ERROR, **own)
    except (OSError, ValueError) as error:
        if backend.address is None:
            raise InputError(
                f"backend = ray: Ray could not be started here ({error}); it keeps its sockets "
                f"below {tempfile.gettempdir()}, whose path may be too long: set TMPDIR to a "
                "shorter one, or take backend=processes"
            ) from None
        raise _unreachable(backend, "HOST:6379, where `ray start --head`", error) from None
    try:
        register_ray()
        yield
    finally:
        ray.shutdown()


def _knock(address: str) -> None:
    """Raise `OSError` where nothing listens, at once and in fewer words than Ray; addresses
    without a port are Ray's to judge."""
    place = urlsplit(address if "://" in address else f"//{address}")
    if place.port is not None:
        socket.create_connection((place.hostname, place.port), PATIENCE).close()


def _unreachable(backend: Backend, form: str, error: Exception) -> InputError:
    """form: of a right address, and the command that answers there."""
    return InputError(
        f"backend.address = {backend.address}: nothing of {backend.name} answers there ({error}); "
        f"give {form} runs, or leave the address out to start one here"
    )

"""A crew on other machines; the only module that knows Dask `distributed`.

Nothing is lost with a machine: its job is done by another, or here when none is left. A worker is
sent a post for each member (see `post.py`), which Dask forgets when we leave, even killed.
"""

import logging
import re
import threading
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from queue import SimpleQueue
from typing import Any

from distributed import Client, Future, Security

from dla_docs.cluster.post import BEGIN, Answer, Post, answer, packed
from dla_docs.cluster.same import Place, place, refuse_others, refuse_versions
from dla_docs.confined.crew import Member, processes
from dla_docs.confined.process import Patience, TooLong
from dla_docs.model.errors import EngineError, RequestError
from dla_docs.model.workspace import Workspace

ANSWER = 10.0
"""Seconds in which the address must answer, and machines be there: a scheduler takes one."""
LOOKED = 300.0
"""Seconds in which machines tell what they work with: ten thousand dossiers are read in twelve,
and a busy machine answers when it is free."""
_LISTEN = 0.5
"""Seconds between two looks at what may end a wait."""
_PULSE = 2.0
"""Seconds between two looks at the machines that are there."""
_TRIES = 3
"""Machines that a job may end, or that may end with it, before it is done here."""
_TALKING = ("distributed", "distributed.client", "distributed.gc", "tornado", "asyncio")
"""Those that write what happens to them, in English: we tell what becomes of the work."""
_DASK = ("dask", "distributed", "msgpack", "cloudpickle", "tornado")
"""The libraries that speak to one another, and must be of one version."""
_OURS = "dla_docs"
_ADDRESS = re.compile(r"((tcp|tls)://)?([\w.-]+|\[[0-9A-Fa-f:.]+\]):\d{1,5}")


class _Lost(Exception):
    """A machine is gone, with the job that it had."""


@contextmanager
def joined(address: str, workspace: Workspace) -> Iterator["Cluster"]:
    """The cluster at an address, once its machines are known to give what this one would.

    Raises RequestError for what is no address, EngineError when nobody answers there, or when a
    machine works otherwise.
    """
    if not _ADDRESS.fullmatch(address):
        raise RequestError(
            f"« {address} » n’est pas l’adresse d’une grappe",
            "écrivez tcp://machine:port, comme l’affiche « dask scheduler », ou tls://machine:port",
        )
    for name in _TALKING:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    client = _client(address)
    try:
        cluster = Cluster(client, _slots(client, address))
        refuse_others(place(root := str(workspace.root)), cluster.places(root), root)
        yield cluster
    finally:
        client.close(timeout=ANSWER)


def _client(address: str) -> Client:
    ciphered = Security().get_connection_args("client").get("ssl_context")
    if address.startswith("tls:") and not ciphered:
        raise EngineError(
            f"l’adresse {address} demande des certificats, que Dask n’a pas",
            "nommez-les dans sa configuration, sous distributed.comm.tls : ca-file, client",
        )
    try:
        with warnings.catch_warnings():
            # Versions are compared below, and refused.
            warnings.simplefilter("ignore")
            return Client(address, timeout=ANSWER, set_as_default=False)
    except (OSError, ImportError, ValueError) as error:
        raise EngineError(
            f"aucune grappe ne répond à l’adresse {address} en {ANSWER:.0f} secondes",
            "lancez-y « dask scheduler », vérifiez l’adresse et le pare-feu, ou travaillez sans "
            "--cluster",
        ) from error


def _slots(client: Client, address: str) -> tuple[str, ...]:
    """The address of a machine for each job that it does at once, one machine after the other."""
    try:
        client.wait_for_workers(1, timeout=ANSWER)
    except TimeoutError:
        raise EngineError(
            f"la grappe {address} n’a aucune machine pour travailler",
            f"lancez « dask worker {address} » sur chacune",
        ) from None
    # Before anything of ours is sent: a machine that knows none of it would end.
    told = client.get_versions(packages=[_OURS])
    refuse_versions(told["client"], {"l’ordonnanceur": told["scheduler"]}, _DASK)
    refuse_versions(told["client"], told["workers"], (*_DASK, _OURS))
    threads: dict[str, int] = client.nthreads()
    most = max(threads.values())
    return tuple(one for rank in range(most) for one in threads if threads[one] > rank)


class Cluster:
    """Machines that answer, and those that still do. `here`: the jobs that none of them did."""

    def __init__(self, client: Client, slots: tuple[str, ...]) -> None:
        self.client, self.slots, self.here = client, slots, 0
        self._living, self._next = frozenset(slots), time.monotonic() + _PULSE
        self._lock = threading.Lock()

    def hire(
        self,
        pieces: int,
        jobs: int | None,
        prepare: str,
        *given: Any,
        patience: Sequence[float] = (),
    ) -> Sequence[Member]:
        """A crew of these machines: see `Hire`."""
        told = packed(prepare, given)
        places = self.slots[: max(1, min(jobs or len(self.slots), pieces))]
        crew = _Crew(self, told, processes(pieces, jobs, BEGIN, told))
        return [_Far(crew, one, Patience(*patience)) for one in places]

    def places(self, root: str) -> dict[str, Place]:
        """What each machine works with. Raises EngineError for one that cannot tell."""
        told = {
            one: self.client.submit(place, root, workers=[one], pure=False)
            for one in dict.fromkeys(self.slots)
        }
        until = time.monotonic() + LOOKED
        return {one: self._told(one, future, until) for one, future in told.items()}

    def _told(self, address: str, future: Future, until: float) -> Place:
        with suppress(Exception):
            while time.monotonic() < until and self.has(address):
                with suppress(TimeoutError):
                    found: Place = future.result(timeout=_LISTEN)
                    return found
        raise EngineError(
            f"la machine {address} ne dit pas avec quoi elle travaille",
            "relancez « dask worker » sur cette machine, et lisez ce qu’il affiche",
        )

    def others(self, address: str) -> Iterator[str]:
        """The machines that may do a job, from one on, as long as they are there."""
        turn = self.slots.index(address)
        for one in dict.fromkeys((*self.slots[turn:], *self.slots[:turn])):
            if self.has(one):
                yield one

    def has(self, address: str) -> bool:
        """Whether a machine is still there, by what was seen some seconds ago at most."""
        with self._lock:
            if self._living and time.monotonic() > self._next:
                self._living, self._next = self._seen(), time.monotonic() + _PULSE
            return address in self._living

    def count_here(self) -> None:
        """One more job is done here."""
        with self._lock:
            self.here += 1

    def _seen(self) -> frozenset[str]:
        """The machines that the scheduler sees; none once it is gone, and for good."""
        try:
            return frozenset(self.client.nthreads(callback_timeout=ANSWER))
        except Exception:
            return frozenset()


class _Crew:
    """What the members of a crew share: what is told to each machine once, and who works here."""

    def __init__(self, cluster: Cluster, told: bytes, ours: Sequence[Member]) -> None:
        self.cluster, self._told, self._ours = cluster, told, ours
        self._at: dict[str, Future] = {}
        # One a machine: nobody waits for another's.
        self._locks = {one: threading.Lock() for one in cluster.slots}
        self._free: SimpleQueue[Member] = SimpleQueue()
        for one in ours:
            self._free.put(one)

    def post(self, address: str) -> Future:
        """A post on a machine: it is told by us once, whatever the number of its members."""
        client = self.cluster.client
        with self._locks[address]:
            if address not in self._at:
                self._at[address] = client.scatter(self._told, workers=[address], hash=False)
            return client.submit(Post, self._at[address], workers=[address], pure=False)

    def here(self, patience: Patience, job: str, given: tuple[Any, ...]) -> Iterator[Any]:
        """A job that no machine has done, by a process of this one, as soon as one is free."""
        self.cluster.count_here()
        start = time.monotonic()
        one = self._free.get()
        try:
            patience.wait(time.monotonic() - start)
            one.patience = patience
            yield from one.do(job, *given)
        finally:
            self._free.put(one)

    def close(self) -> None:
        """End those who work here; Dask forgets what was told as soon as nobody holds it."""
        for one in self._ours:
            one.close()
        self._at.clear()


class _Far:
    """A member of a crew that is a post on another machine; on the next one, when it is gone."""

    def __init__(self, crew: _Crew, address: str, patience: Patience) -> None:
        self.patience = patience
        self._crew, self._address = crew, address
        self._post: Future | None = None
        self._closed = False

    def close(self) -> None:
        """Wait for nothing more; a job that has begun there ends in its own time, for nobody."""
        self._closed = True
        self._crew.close()

    def do(self, job: str, *given: Any) -> Iterator[Any]:
        """What a job yields: see `Confined.do`. It comes when it has ended."""
        limit, asked = self.patience.left(), packed(job, given)
        for address in islice(self._crew.cluster.others(self._address), _TRIES):
            start = time.monotonic()
            try:
                found = self._answer(address, asked, limit)
            except _Lost:
                self._post = None
                self.patience.wait(time.monotonic() - start)
                continue
            # What passed on the network, or behind the work of others, is no fault of the document.
            self.patience.wait(time.monotonic() - start - found.lasted)
            self.patience.use(found.used)
            yield from found.results
            if found.failure:
                raise self._told(found.failure)
            return
        yield from self._crew.here(self.patience, job, given)

    def _answer(self, address: str, asked: bytes, limit: float) -> Answer:
        """What a machine makes of a job. Raises _Lost, and EngineError when this is closed."""
        try:
            if self._post is None or address != self._address:
                self._address, self._post = address, self._crew.post(address)
            told = (self._post, asked, limit)
            future = self._crew.cluster.client.submit(answer, *told, workers=[address], pure=False)
            while True:
                if self._closed:
                    raise EngineError("document abandonné : la commande s’arrête", "recommencez")
                with suppress(TimeoutError):
                    found: Answer = future.result(timeout=_LISTEN)
                    return found
                if not self._crew.cluster.has(address):
                    raise _Lost
        except (EngineError, _Lost):
            raise
        except Exception as error:
            # Of Dask, in one of many ways: what a job raises is in its answer.
            raise _Lost from error

    def _told(self, failure: Exception) -> Exception:
        """A failure, in the time that the document has here."""
        return self.patience.abandoned() if isinstance(failure, TooLong) else failure

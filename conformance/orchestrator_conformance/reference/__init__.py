"""An orchestrator backend in memory, built on the generated server stubs: the suite's target, and a mock.

From the outside in: `app` serves `backend` on the generated stubs, with the `tokens` and the `middleware` that the
settings ask for; the backend has a handler for each operation, `search` and `lifecycle` do the work over plain frozen
values, `rendering` shows them in the API's models. The workflows and sample runs are files, read by `catalogue` and
`seed`.

A misbehaving variant replaces one thing: a method of `ReferenceBackend`, or a part handed to it (`Search` with its
`Filtering`, `Lifecycle`, `Rendering`, `InstanceStore`), or it wraps the application.

    app = create_reference_app(ReferenceSettings(token="..."))
    with running_server(app) as base_url:
        ...
"""

from .app import create_reference_app
from .backend import ReferenceBackend
from .filters.filtering import Filtering
from .lifecycle.instance_store import InstanceStore
from .lifecycle.lifecycle import Lifecycle
from .listing.rendering import Rendering
from .listing.search import Search
from .serve import running_server, serve
from .settings import DEFAULT_BASE_PATH, ErrorStyle, ReferenceSettings

__all__ = [
    "DEFAULT_BASE_PATH",
    "ErrorStyle",
    "Filtering",
    "InstanceStore",
    "Lifecycle",
    "ReferenceBackend",
    "ReferenceSettings",
    "Rendering",
    "Search",
    "create_reference_app",
    "running_server",
    "serve",
]

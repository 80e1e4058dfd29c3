"""An in-memory orchestrator backend on the generated server stubs: a reference target for the suite, and a mock.

`app` creates the application from the `settings`, with `access` control and `middleware`. `backend` has one handler for
each operation; read it first. The work is done on frozen dataclasses: `listing` searches and renders, with `filters`
for filters; `lifecycle` changes instances; `overviews` loads workflows and computes statistics. `serve` runs a server.

To change one behaviour, override a method of `ReferenceBackend`, pass another part to it (`Search` with its
`Filtering`, `Lifecycle`, `Rendering`, `InstanceStore`), or wrap the application.

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

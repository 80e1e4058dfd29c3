"""The modules that are the same in every generated package.

They are linted, type-checked and tested here, then copied next to the generated modules: `_model` becomes
`your_package._model`. They import each other relatively. Their only third-party imports are httpx, pydantic and, for
the server stubs, Starlette and its anyio. Importing the client imports neither of these two.

A package contains only the modules that its public modules import, directly or indirectly
(`emit/package_imports.py`).

Client. The template adds one method for each operation to a base class of `_http`. A call is a flow (`_flows`,
`_waiting`): a generator that yields steps, such as sending a request or pausing, and receives their results. `_flows`
also decides about retries. `_http` has one synchronous and one asynchronous driver for these steps, and is the only
module that creates an HTTP client. `_exchange` builds requests and parses responses, `_paging` iterates over pages,
`_retry` has the settings of retries, and `_options` checks the arguments of a client. `_secrets` keeps credentials
out of messages and logs. `errors` has all exceptions.

Server. `_service` finds the `Endpoint` of a request in the `RouteTable` (`_endpoints`, `_routing`). An endpoint
authenticates, validates the request (`_intake`), calls the handler (`_calling`), and validates and writes the
response (`_answer`). `_refusal` writes every rejection in the error body of the document. `_context` has what a
handler can learn about its request, and `_access` writes the access log.

Both. `_operation`, `_parameter` and `_credential` describe operations as data, which `_operations.py` of a package
lists. `_styles`, `_texts`, `_query_key` and `_form` serialize parameters and forms, `_media` bodies, `_headers` the
headers of responses. Enums of responses are open: `_model` turns an unlisted value into an `UnknownValue`, and the
server validates with the context `CLOSED`, which rejects it. `_tagged` selects the model of a value by its
discriminator, and `_union` selects the best-matching model of a union for error messages. `_schemes` selects, for an
operation with several security schemes, the first alternative that the client has tokens for.
"""

"""Compares two documents operation by operation, and classifies each change by whom it breaks.

A change breaks *clients* if an unchanged client of the old document fails with a server of the new one: its request is
rejected or ignored, or it receives a response that it does not know. A change breaks *servers* if an unchanged server
of the old document does not do what the new one promises: it rejects requests of new clients, or sends responses that
they do not expect. A change that breaks neither is compatible. The direction decides:

|          | wider: more is allowed | narrower: less is allowed |
|----------|------------------------|---------------------------|
| request  | breaks servers         | breaks clients            |
| answer   | breaks clients         | breaks servers            |

Beyond that:

- A new optional property, parameter or header is compatible, because others ignore it, unless its object is closed
  (`additionalProperties: false`). A removed one breaks clients that use it.
- A new default breaks servers, a removed one breaks clients, a changed one breaks both.
- Error statuses may be added and removed: clients treat an unknown one as its class (RFC 9110, section 15).
- A moved operation or a changed operationId breaks both. The latter changes generated names only, and says so.
- A changed keyword that is not supported here breaks both, because its effect is unknown.

Descriptions, examples, tags, links, `x-` extensions and unused components are ignored.

The call graph: `compare` matches the `operations`, and compares their `parameters`, `bodies`, `answers` (`contents`,
`headers`), `security` and `servers`. A schema is read as a `Shape`, one form for OpenAPI 3.0 and 3.1: `conjuncts`
collects `$ref` and `allOf`, and `fold` merges them. `schemas` walks pairs of shapes, which `limits`, `members`,
`choices` and `discriminators` compare. Each yields `Finding`s. They become `Change`s, which `render/` writes. A pair of
schemas that occurs several times in a body is reported at the place nearest to the body.
"""

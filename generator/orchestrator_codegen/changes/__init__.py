"""Says what changed between two documents, operation by operation, and whom each change breaks.

Two parties were built on the old document. A change breaks *clients* where one of them, unchanged, no longer gets along
with a server of the new document: its request is refused or not heeded, or it is answered what it does not know. It
breaks *servers* where one of them, unchanged, no longer does what the new document promises: it refuses what new
clients send, or answers what they do not expect. What breaks neither is compatible. So the direction decides:

|          | wider: more is allowed | narrower: less is allowed |
|----------|------------------------|---------------------------|
| request  | breaks servers         | breaks clients            |
| answer   | breaks clients         | breaks servers            |

Beyond that:

- A property, parameter or header that is new and optional is compatible: who does not know it ignores it, unless its
  object is closed (`additionalProperties: false`). One that is gone breaks the clients that used it.
- A default that is new breaks servers, one that is gone clients, another one both.
- A status of failure may come and go: clients treat one that they do not know as its class (RFC 9110, section 15).
- An operation that moved or has another operationId breaks both: the second changes generated names alone, and says so.
- A keyword that nothing here understands breaks both where it has changed, because what it does is not known.

Prose, examples, tags, links, `x-` extensions and components that no operation uses do not count.

The way through: `compare` matches the `operations`, and compares their `parameters`, `bodies`, `answers` (`contents`,
`headers`), `security` and `servers`. A schema is read as a `Shape`, one form for OpenAPI 3.0 and 3.1, in which
`conjuncts` gathers `$ref` and `allOf` and `fold` makes one of them. `schemas` walks over pairs of shapes; what two of
them say is compared by `limits`, `members`, `choices` and `discriminators`. Each yields `Finding`s, which become the
`Change`s that `render_text`, `render_markdown` and `render_json` write. A pair of schemas that a body holds at several
places is told of at the one nearest to the body.
"""

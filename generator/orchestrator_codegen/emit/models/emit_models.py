"""Emits `models.py`. This is the only module that imports datamodel-code-generator."""

from __future__ import annotations

import ast
import re
import unicodedata
import warnings
from collections.abc import Mapping
from typing import Final

from ...api.ir import Api
from ...api.python_names import name_classes, name_members
from ...document.hidden_characters import escape_hidden
from ...document.load import JSON
from ...document.references import read_component
from ...document.schema_walk import map_schemas
from ...document.single_ref_all_of import unwrap_single_refs
from ..docstrings import quote_docstring
from ..filters import MODULE, OPERATORS, list_parts
from .schemas.base_unions import Base, expand_bases, find_bases
from .schemas.branch_class_names import name_branches
from .schemas.directions import relax_required
from .schemas.discriminators import resolve_discriminators
from .schemas.inline_class_names import name_inline_objects
from .schemas.known_keywords import keep_known_keywords, rename_mapping
from .schemas.merged_all_of import merge_overlaps
from .schemas.multipart_files import mark_files
from .schemas.nullable import mark_nullable
from .schemas.open_enums import open_enums
from .schemas.required_properties import declare_required
from .source.colliding_fields import rename_colliding_fields
from .source.linear_patterns import keep_patterns_linear
from .source.model_unions import MARK, TAGGED, Tag, mark_unions
from .source.typed_defaults import type_defaults

_DOCSTRING: Final = '"""The models of {title} {version}: every schema of the document under its own name."""'

_BASE: Final = "_model.Model"
# datamodel-code-generator writes absolute imports of custom classes. The package uses relative imports.
_IMPORT: Final = re.compile(r"^from _model import (.*)$", re.MULTILINE)
_FILTERS: Final = (f"from {MODULE} import {OPERATORS}", f"from .{MODULE} import {OPERATORS}")
# It sets this option for custom types, but those of the package do not need it: they define a pydantic schema.
_ARBITRARY_TYPES: Final = re.compile(
    r"    model_config = ConfigDict\(\n {8}arbitrary_types_allowed=True,?\n    \)\n|"
    r" {8}arbitrary_types_allowed=True,\n"
)
# Single-letter names that ruff reports as ambiguous. They come from the document.
_AMBIGUOUS: Final = frozenset({"l", "O", "I"})
_TYPING_DICT: Final = re.compile(r"""(["']__pydantic_extra__["']: )Dict\[""")
# The formats with a Python type that preserves the value. Types for other formats change it (a URL gets a slash, a
# month 30 days), hide it, or need another library. JSON Schema treats formats as annotations.
_FORMATS: Final = frozenset({"date-time", "date", "time", "uuid", "ipv4", "ipv6", "binary"})
_OPEN_ENUM: Final = re.compile(r"(?<![\w.\]])(\w+) \| UnknownValue")


def emit_models(api: Api) -> str:
    """Return the source of `models.py`. Raise `RuntimeError` if a schema has no definition under its own name."""
    api = keep_known_keywords(api)
    classes = name_classes(schema.name for schema in api.schemas)
    bases = find_bases({schema.name: schema.definition for schema in api.schemas})
    source = (
        _edit_source(_generate(_build_document(api, classes, bases)), _build_tags(bases, classes))
        if classes
        else ""
    )
    defined = _list_definitions(source)
    if missing := sorted(set(classes.values()) - set(defined)):
        raise RuntimeError(f"datamodel-code-generator generated no definition for {', '.join(missing)}")
    exported = "".join(f"    {name!r},\n" for name in sorted(defined))
    docstring = _DOCSTRING.format(title=quote_docstring(api.title), version=quote_docstring(api.version))
    return f"{docstring}\n\n{source}\n\n__all__ = [\n{exported}]\n"


def _generate(document: JSON) -> str:
    # Imported here because the import takes longer than the rest of the generator.
    from datamodel_code_generator import GenerateConfig, InputFileType, generate
    from datamodel_code_generator.enums import DataModelType, NamingStrategy, OpenAPIScope
    from datamodel_code_generator.format import PythonVersion

    config = GenerateConfig(
        input_file_type=InputFileType.OpenAPI,
        openapi_scopes=[OpenAPIScope.Schemas],
        output_model_type=DataModelType.PydanticV2BaseModel,
        target_python_version=PythonVersion.PY_311,
        base_class=_BASE,
        naming_strategy=NamingStrategy.FullPath,
        snake_case_field=True,
        remove_special_field_name_prefix=True,
        strict_nullable=True,
        use_annotated=True,
        field_constraints=True,
        use_default_kwarg=True,
        use_type_alias=True,
        use_specialized_enum=True,
        set_default_enum_member=True,
        capitalise_enum_members=True,
        use_standard_collections=True,
        use_union_operator=True,
        use_schema_description=True,
        use_field_description=True,
        use_inline_field_description=True,
        field_extra_keys={"x-secret", "x-nullable"},
        custom_file_header=" ",
        disable_timestamp=True,
        allow_remote_refs=False,
        formatters=[],
    )
    with warnings.catch_warnings():
        # It warns of unknown formats, which JSON Schema allows.
        warnings.simplefilter("ignore")
        source = generate(document, config=config)
    if not isinstance(source, str):
        raise RuntimeError("datamodel-code-generator split its output into several modules")
    # Hidden characters occur only in string literals, where the escape sequence is equivalent.
    return escape_hidden(source.strip())


def _build_tags(bases: Mapping[str, Base], classes: Mapping[str, str]) -> dict[str, Tag]:
    """Return the discriminator of each of `bases`, by class name."""
    return {
        classes[name]: Tag(base.property, {value: classes[each] for value, each in base.values.items()})
        for name, base in bases.items()
    }


def _edit_source(source: str, tags: Mapping[str, Tag]) -> str:
    imported = _import_from_package(_TYPING_DICT.sub(r"\1dict[", keep_patterns_linear(source)))
    marked = mark_unions(_permit_ambiguous_names(type_defaults(rename_colliding_fields(imported))), tags)
    imports = f"from ._union import {MARK}\n"
    return marked.replace(imports, f"{imports}from ._tagged import {TAGGED}\n", int(f"{TAGGED}(" in marked))


def _permit_ambiguous_names(source: str) -> str:
    lines = source.splitlines(keepends=True)
    for node in (
        part for each in ast.parse(source).body if isinstance(each, ast.ClassDef) for part in each.body
    ):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            if isinstance(target, ast.Name) and target.id in _AMBIGUOUS and node.lineno == node.end_lineno:
                lines[node.lineno - 1] = f"{lines[node.lineno - 1].rstrip()}  # noqa: E741\n"
    return "".join(lines)


def _import_from_package(source: str) -> str:
    """Make imports from the package relative, and write each named open enum as `Open[...]`."""
    opened, count = _OPEN_ENUM.subn(r"Open[\1]", _ARBITRARY_TYPES.sub("", source))
    imported = _IMPORT.sub(
        rf"from ._model import \1{', Open' if count else ''}\nfrom ._union import {MARK}\nfrom typing import Annotated",
        opened,
    )
    return imported.replace(*_FILTERS)


def _list_definitions(source: str) -> list[str]:
    names = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef):
            names.append(node.name)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            names.append(node.targets[0].id)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.append(node.target.id)
    return names


def _build_document(api: Api, classes: Mapping[str, str], bases: Mapping[str, Base]) -> JSON:
    """Return a document with the schemas of `api` only, prepared for datamodel-code-generator."""

    named = {classes[schema.name]: schema.definition for schema in api.schemas}

    def prepare(schema: dict[str, JSON]) -> dict[str, JSON]:
        declared = declare_required(_rename(schema, classes))
        return mark_nullable(named, _keep_integers(_drop_format(_type_enum(declared))))

    definitions = {schema.name: schema.definition for schema in api.schemas}
    definitions = relax_required(api, unwrap_single_refs(definitions))
    definitions = resolve_discriminators(merge_overlaps(definitions))
    definitions = expand_bases(open_enums(api, definitions), bases)
    schemas = {
        classes[name]: _make_enum_class(_drop_deprecated(map_schemas(definition, prepare)))
        for name, definition in mark_files(api, definitions).items()
    }
    for name in list_parts(api.filters):
        schemas[classes[name]] = {
            **schemas[classes[name]],
            "customBasePath": [_BASE, f"{MODULE}.{OPERATORS}"],
        }
    schemas = name_branches(name_inline_objects(schemas))
    info = {"title": api.title, "version": api.version}
    return {"openapi": api.openapi, "info": info, "paths": {}, "components": {"schemas": schemas}}


def _rename(schema: dict[str, JSON], classes: Mapping[str, str]) -> dict[str, JSON]:
    schema = rename_mapping(schema, classes)
    component = read_component(schema)
    if component is None:
        return schema
    name, rest = component
    return {**schema, "$ref": "/".join(["#/components/schemas", classes[name], *map(str, rest)])}


def _type_enum(schema: dict[str, JSON]) -> dict[str, JSON]:
    """Set the type of a string enum, and generate it as a `Literal`, which an enum without a name stays."""
    values = schema.get("enum")
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        return schema
    return {**schema, "type": schema.get("type", "string"), "x-enum-field-as-literal": True}


def _make_enum_class(schema: JSON) -> JSON:
    """Generate a named enum as a class, whose members can be listed and imported."""
    if isinstance(schema, dict) and "x-enum-field-as-literal" in schema:
        named = {key: value for key, value in schema.items() if key != "x-enum-field-as-literal"}
        if not all(unicodedata.is_normalized("NFKC", value) for value in schema["enum"]):
            # datamodel-code-generator keeps names apart that Python normalizes to the same identifier.
            named["x-enum-varnames"] = list(name_members(schema["enum"]).values())
        return named
    return schema


def _drop_deprecated(schema: JSON) -> JSON:
    """Drop `deprecated` from a named schema: pydantic warns of it on types. Fields keep it."""
    return (
        {key: value for key, value in schema.items() if key != "deprecated"}
        if isinstance(schema, dict)
        else schema
    )


def _drop_format(schema: dict[str, JSON]) -> dict[str, JSON]:
    """Drop a format that has no Python type that preserves the value, so that the type is `str`."""
    if "format" not in schema or schema["format"] in _FORMATS:
        return schema
    return {key: value for key, value in schema.items() if key != "format"}


def _keep_integers(schema: dict[str, JSON]) -> dict[str, JSON]:
    """Make a number `int | float`, so that 10 is not written as 10.0."""
    kinds = schema.get("type")
    if kinds == "number":
        return {**schema, "type": ["integer", "number"]}
    if isinstance(kinds, list) and "number" in kinds and "integer" not in kinds:
        return {**schema, "type": ["integer", *kinds]}
    return schema

"""A router that describes, for OpenAPI, the queries that its functions take."""

from collections.abc import Callable, Iterator
from typing import Any, get_args, get_type_hints

from fastapi import APIRouter, params

from geo_api.http.parameters import Parameters, QueryParameters

Json = dict[str, Any]


class DescribedRouter(APIRouter):
    """As FastAPI's, which describes what a dependency takes only if that is FastAPI's own."""

    def add_api_route(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        """Adds the fields of the models of QueryParameters to the route's description."""
        declared = [one for model in query_models(endpoint) for one in openapi_parameters(model)]
        extra = dict(options.get("openapi_extra") or {})
        options["openapi_extra"] = extra | {"parameters": [*declared, *extra.get("parameters", ())]}
        super().add_api_route(path, endpoint, **options)


def query_models(endpoint: Callable[..., Any]) -> Iterator[type[Parameters]]:
    """The models that a route's function declares."""
    for annotation in get_type_hints(endpoint, include_extras=True).values():
        for one in get_args(annotation)[1:]:
            if isinstance(one, params.Depends) and isinstance(one.dependency, QueryParameters):
                yield one.dependency.model


def openapi_parameters(model: type[Parameters]) -> Iterator[Json]:
    """The model's fields as OpenAPI 3.0 has parameters."""
    schemas = model.model_json_schema().get("properties", {})
    for name, field in model.model_fields.items():
        told = (field.description, schemas[field.alias or name])
        description, schema = model.format_choice() if name == "f" else told
        yield {
            "name": field.alias or name,
            "in": "query",
            "required": field.is_required(),
            "description": description,
            "schema": schema,
        }

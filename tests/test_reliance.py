"""What we rely on though nobody promises it: a test for each, which fails when that changes.

Each names the module of ours to look at then. What one of them no longer says may be dropped there.
"""

import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from urllib.request import urlopen

import cql2
import pytest
from branca.element import Figure, MacroElement
from folium.template import Template
from psycopg2.sql import SQL, Identifier, Literal, Placeholder

SERVER = """
import socket
from functools import partial
import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
print(listener.getsockname()[1], flush=True)
application = partial(FastAPI, title="Made by each worker")
config = uvicorn.Config(application, factory=True, workers=2, log_level="error")
Multiprocess(config, sockets=[listener]).run()
"""
DATA_FRAMES = {"pandas", "geopandas", "shapely"}


def loaded_with(module: str) -> set[str]:
    """Those of DATA_FRAMES that a process has which imports a module."""
    asked = f"import sys, {module}; print(*{DATA_FRAMES} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_pyogrio_loads_data_frames_and_can_do_without_them() -> None:
    """geo_api.exports.gdal, which keeps them out; test_files writes with it."""
    assert loaded_with("pyogrio.raw") == DATA_FRAMES
    assert loaded_with("geo_api.exports.gdal") == set()


def cql2_says(parse: Callable[[str], object], text: str) -> str:
    with pytest.raises(cql2.ParseError) as refused:
        parse(text)
    return str(refused.value)


def test_cql2_says_where_it_stopped_and_what_it_expected() -> None:
    """geo_api.features.cql2.parser, which says it to people in other words."""
    no_operand = cql2_says(cql2.parse_text, "a = 1 and")
    no_member = cql2_says(cql2.parse_text, "a in ()")
    no_operator = cql2_says(cql2.parse_text, "a = 1\n b")

    assert "--> 1:10\n" in no_operand and "Identifier" in no_operand
    assert "--> 1:7\n" in no_member and "expected Expr" in no_member
    assert "--> 2:2\n" in no_operator and "Identifier" not in no_operator
    assert cql2_says(cql2.parse_json, '{"op":') == "EOF while parsing a value at line 1 column 6"
    assert " at line" not in cql2_says(cql2.parse_json, '{"op": 1}')


def test_cql2_has_no_kind_of_exception_for_a_geometry_without_coordinates() -> None:
    """geo_api.features.cql2.parser, which must catch Exception for want of another."""
    empty = cql2.parse_text("s_within(geom, POINT EMPTY)")

    with pytest.raises(Exception, match="position") as refused:
        empty.to_json()

    assert type(refused.value) is Exception


def test_folium_renders_the_template_of_a_class_into_the_three_parts_of_a_figure() -> None:
    """layers.draw and map_site.folium_map, whose elements have a `_template` of their own."""

    class Mark(MacroElement):
        _template = Template(
            "{% macro html(this, kwargs) %}<b>{% endmacro %}"
            "{% macro script(this, kwargs) %}mark({{ this.get_name() }}){% endmacro %}"
        )

    mark, figure = Mark(), Figure()  # type: ignore[no-untyped-call]
    figure.add_child(mark)
    mark.render()  # type: ignore[no-untyped-call]

    assert figure.html.render().strip() == "<b>"
    assert figure.script.render().strip() == f"mark({mark.get_name()})"
    assert figure.header.render().count("charset=") == 1


def test_uvicorn_gives_workers_a_factory_that_is_no_text_and_a_socket_that_is_bound() -> None:
    """geo_api.http.serving, which calls Multiprocess: uvicorn.run wants the name of a module."""
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout
            port = int(server.stdout.readline())
            with urlopen(f"http://127.0.0.1:{port}/openapi.json", timeout=60) as answer:
                assert b"Made by each worker" in answer.read()
        finally:
            server.send_signal(signal.SIGTERM)


def test_psycopg2_s_statements_can_be_pickled() -> None:
    """geo_api.http.streaming, which so hands a Job to the process that geo_api.exports is."""
    statement = SQL("SELECT {} FROM t WHERE a = {} AND b = {}").format(
        Identifier("x", "y"), Literal("ไทย"), Placeholder("b")
    )

    again = pickle.loads(pickle.dumps(statement))

    assert again == statement
    assert again is not statement

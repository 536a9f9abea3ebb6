"""Reads vector tiles (MVT 2.1) as plain Python, for tests to look into."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Point = tuple[int, int]


@dataclass
class TileFeature:
    """`kind` is 1 for points and 3 for areas; `points` are those of its geometry in a row."""

    kind: int = 0
    points: list[Point] = field(default_factory=list)
    properties: dict[str, Any] = field(default_factory=dict)


def decoded(tile: bytes) -> dict[str, list[TileFeature]]:
    """The features of a tile by the names of its layers."""
    return dict(_layer(message) for number, message in _fields(tile) if number == 3)


def _layer(message: bytes) -> tuple[str, list[TileFeature]]:
    name, keys, values, features = "", [], [], []
    for number, value in _fields(message):
        match number:
            case 1:
                name = value.decode()
            case 2:
                features.append(value)
            case 3:
                keys.append(value.decode())
            case 4:
                values.append(_value(value))
    return name, [_feature(feature, keys, values) for feature in features]


def _feature(message: bytes, keys: list[str], values: list[Any]) -> TileFeature:
    found = TileFeature()
    for number, value in _fields(message):
        match number:
            case 2:
                tags = list(_varints(value))
                pairs = zip(tags[::2], tags[1::2], strict=True)
                found.properties = {keys[key]: values[index] for key, index in pairs}
            case 3:
                found.kind = value
            case 4:
                found.points = list(_points(list(_varints(value))))
    return found


def _points(commands: list[int]) -> Iterator[Point]:
    x = y = place = 0
    while place < len(commands):
        command, times = commands[place] & 7, commands[place] >> 3
        place += 1
        for _ in range(times if command != 7 else 0):
            x, y = x + _zigzag(commands[place]), y + _zigzag(commands[place + 1])
            place += 2
            yield x, y


def _value(message: bytes) -> Any:
    [(number, value)] = _fields(message)
    match number:
        case 1:
            return value.decode()
        case 2:
            return struct.unpack("<f", value)[0]
        case 3:
            return struct.unpack("<d", value)[0]
        case 6:
            return _zigzag(value)
        case 7:
            return bool(value)
    return value


def _fields(message: bytes) -> Iterator[tuple[int, Any]]:
    place = 0
    while place < len(message):
        tag, place = _varint(message, place)
        match tag & 7:
            case 0:
                value, place = _varint(message, place)
                yield tag >> 3, value
            case 2:
                length, place = _varint(message, place)
                yield tag >> 3, message[place : place + length]
                place += length
            case kind:
                length = {1: 8, 5: 4}[kind]
                yield tag >> 3, message[place : place + length]
                place += length


def _varints(message: bytes) -> Iterator[int]:
    place = 0
    while place < len(message):
        value, place = _varint(message, place)
        yield value


def _varint(message: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[place]
        value |= (byte & 127) << shift
        place, shift = place + 1, shift + 7
        if byte < 128:
            return value, place


def _zigzag(value: int) -> int:
    return (value >> 1) ^ -(value & 1)

"""Bits per dimension from a loss and the interval that the steps fill."""

import math

import numpy as np

from itlib.honest_bits import bits_per_dimension


def from_the_width(nats, dimensions, low, high):
    width = (high - low) / 256
    return nats / dimensions / np.log(2) - np.log2(width)


def in_nats_first(nats, dimensions, low, high):
    whole = nats + dimensions * math.log(256 / (high - low))
    return whole / (dimensions * math.log(2))


def as_a_probability(nats, dimensions, low, high):
    step = math.exp(-nats / dimensions) * (high - low) / 256
    return -math.log2(step)


def with_the_library(nats, dimensions, low, high):
    return bits_per_dimension(-nats, dimensions, scale=256 / (high - low))


PROGRAMS = {"hb-code": [from_the_width, in_nats_first, as_a_probability, with_the_library]}

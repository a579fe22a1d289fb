"""Refusals that no deviation of a correct event shows: rows with an office and an attempt."""

import refused_beginnings
import refused_lives
import refused_rounds
from refusal_row import Row

FURTHER: tuple[Row, ...] = (*refused_beginnings.ROWS, *refused_rounds.ROWS, *refused_lives.ROWS)

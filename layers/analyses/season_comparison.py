"""This burning season to date beside the same days of earlier ones, by area and land use."""

from datetime import timedelta

from layers.model import Analysis, Text

ANALYSIS = Analysis(
    name="season_comparison",
    title=Text("ฤดูเผาเทียบฤดูก่อน", "The burning season against earlier ones"),
    sources=("firms", "gistda", "boundaries", "industrial_heat"),
    tables=("season_comparison",),
    # It compares whole days.
    every=timedelta(days=1),
)

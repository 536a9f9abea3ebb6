"""The next vintage of carbon: what may be published of factories' returns, fixed as it is."""

from layers.model import Analysis, Text

# Factors are no source to be as old as: one holds until another takes its place.
# Of no `every`: what was published once stands, so that somebody decides when.
ANALYSIS = Analysis(
    name="carbon_vintages",
    title=Text("ชุดเผยแพร่ก๊าซเรือนกระจกของโรงงาน", "Vintages of factories' greenhouse gas"),
    sources=("factory_returns", "diw"),
    tables=("carbon_vintage", "carbon_figure", "carbon_change", "carbon_cell"),
)

"""How much industrial waste goes from province to province by year, in sums that tell of nobody."""

from layers.model import Analysis, Text

# Of no `every`: a figure that was published once may have to stand, so that somebody decides when.
ANALYSIS = Analysis(
    name="waste_flows",
    title=Text("กระแสกากอุตสาหกรรมระหว่างจังหวัด", "Flows of industrial waste between provinces"),
    sources=("waste_movements", "diw", "boundaries"),
    tables=("waste_flow", "waste_total"),
)

"""GeoReport v2 of Open311: arguments, forms, answers in XML and JSON, and their description."""

-- What follows `published`: the same views once more, over tables as they were at a version of the
-- data. A session says which by `fahsai.as_of`, and by `fahsai.as_of_time` what `now()` then was.
CREATE SCHEMA published_as_of;
CREATE SCHEMA as_of;

GRANT USAGE ON SCHEMA published_as_of TO fahsai_reader;

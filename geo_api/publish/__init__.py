"""The public maps as files, which any server of files can offer with no database behind."""

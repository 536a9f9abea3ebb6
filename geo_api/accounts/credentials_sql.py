"""Statements about the credential of a transaction."""

USE_CREDENTIAL = "SELECT set_config('fahsai.credential', %(credential)s, true)"

SIGNED_IN = "SELECT account_id, name, role, province_code, scopes FROM signed_in()"

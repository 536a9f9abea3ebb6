"""An OpenID Connect provider, by whose word people sign in: authorization code flow with PKCE."""

import secrets
from dataclasses import dataclass
from typing import Any, cast

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from geo_api.accounts.sign_in import Identity
from geo_api.settings import OidcClient

# Signatures with the provider's public keys alone: not "none", and none by a secret that we share.
_ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
_TIMEOUT_S = 10
_LEEWAY_S = 60
_DISCOVERY = "/.well-known/openid-configuration"
_SCOPE = "openid email profile"


class OidcRefused(RuntimeError):
    """The provider vouches for nobody, or what it says cannot be believed."""


@dataclass(frozen=True)
class OidcAttempt:
    """What the browser keeps between leaving for the provider and coming back from it."""

    state: str
    nonce: str
    verifier: str


class OidcProvider:
    """What it says of itself is read anew each time: people sign in once a day."""

    def __init__(self, client: OidcClient) -> None:
        self._client = client

    def begin(self, return_to: str) -> tuple[str, OidcAttempt]:
        """Where the browser is to go. Raises OidcRefused."""
        attempt = OidcAttempt(*(secrets.token_urlsafe(36) for _ in range(3)))
        address, _ = self._session(return_to).create_authorization_url(
            self._told()["authorization_endpoint"],
            state=attempt.state,
            nonce=attempt.nonce,
            code_verifier=attempt.verifier,
        )
        return str(address), attempt

    def finish(self, return_to: str, query: str, attempt: OidcAttempt) -> Identity:
        """Whom the provider vouches for, who came back with that query. Raises OidcRefused."""
        told = self._told()
        try:
            token = self._session(return_to).fetch_token(
                told["token_endpoint"],
                authorization_response=f"{return_to}?{query}",
                state=attempt.state,
                code_verifier=attempt.verifier,
                timeout=_TIMEOUT_S,
            )
            keys = KeySet.import_key_set(cast(KeySetSerialization, _read(told["jwks_uri"])))
            decoded = jwt.decode(str(token.get("id_token", "")), keys, algorithms=_ALGORITHMS)
            return self._identity(decoded, attempt)
        except (AuthlibBaseError, JoseError, requests.RequestException, ValueError) as problem:
            raise OidcRefused(f"the provider's answer cannot be believed: {problem}") from problem

    def _identity(self, decoded: jwt.Token, attempt: OidcAttempt) -> Identity:
        client = self._client
        expected = {
            "iss": {"essential": True, "value": client.issuer},
            "aud": {"essential": True, "value": client.client_id},
            "sub": {"essential": True},
            "exp": {"essential": True},
            "nonce": {"essential": True, "value": attempt.nonce},
        }
        known = {"nonce": attempt.nonce, "client_id": client.client_id}
        claims = CodeIDToken(decoded.claims, decoded.header, expected, known)
        claims.validate(leeway=_LEEWAY_S)
        email = claims.get("email")
        if claims.get("email_verified") is not True or not isinstance(email, str):
            raise OidcRefused("the provider has not verified the address of mail")
        return Identity(client.issuer, str(claims["sub"]), email.strip().lower())

    def _told(self) -> dict[str, Any]:
        try:
            told = _read(self._client.issuer.rstrip("/") + _DISCOVERY)
        except (requests.RequestException, ValueError) as problem:
            raise OidcRefused(f"the provider does not answer: {problem}") from problem
        if told.get("issuer") != self._client.issuer:
            raise OidcRefused(
                f"the provider is {told.get('issuer')!r}, not {self._client.issuer!r}"
            )
        return told

    def _session(self, return_to: str) -> OAuth2Session:
        return OAuth2Session(
            self._client.client_id,
            self._client.client_secret,
            scope=_SCOPE,
            redirect_uri=return_to,
            code_challenge_method="S256",
        )


def _read(address: str) -> dict[str, Any]:
    answer = requests.get(address, timeout=_TIMEOUT_S)
    answer.raise_for_status()
    document = answer.json()
    if not isinstance(document, dict):
        raise ValueError(f"{address} must answer a JSON object")
    return document

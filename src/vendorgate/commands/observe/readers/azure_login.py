"""Who asks Azure: a token of the environment, or one that Microsoft's login gives for what the environment has.

In: variables as Azure's own clients name them. Out: what the header Authorization says. The client azure-identity,
which the extra `vendorgate[azure]` brings, is imported when a token must be got. Refuses to know what else is logged in
on this machine: a managed identity, the `az` command, a cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ....remote.fetch import within
from ..asking import Asking, CannotObserve, checked_address
from .extras import credentials_in, missing, quiet

if TYPE_CHECKING:
    from azure.core.credentials import TokenCredential

GIVEN: Final = "AZURE_ACCESS_TOKEN"
_WORKLOAD: Final = ("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_FEDERATED_TOKEN_FILE")
_CERTIFICATE: Final = ("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_CERTIFICATE_PATH")
_SECRET: Final = ("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET")
CREDENTIALS: Final = ((GIVEN,), _WORKLOAD, _CERTIFICATE, _SECRET)
"""A token; or an application, and what it proves itself with."""
LOGIN_URL: Final = "VENDORGATE_AZURE_LOGIN_URL"
_LOGIN: Final = "https://login.microsoftonline.com"
_SCOPE: Final = "https://management.azure.com/.default"


def bearer(asking: Asking) -> str:
    """What the header Authorization says.

    Raises:
        CannotObserve: there are no credentials, azure-identity is not installed, or no token is given for them.
    """
    token = asking.credential(GIVEN)
    if token is None:
        token = _got(asking)
    return f"Bearer {token}"


def _got(asking: Asking) -> str:
    """A token that the login gives."""
    found = next((names for names in CREDENTIALS[1:] if all(asking.credential(one) for one in names)), None)
    if found is None:
        words = "the environment has no credentials of Azure"
        raise CannotObserve(words, f"set {GIVEN}, or {' and '.join(_WORKLOAD)}")
    if found != _SECRET and credentials_in(asking.credential(found[-1]) or "") is None:
        raise CannotObserve(f"cannot be asked, since {found[-1]} names no file that can be read", "look at that file")
    login = asking.credential(LOGIN_URL)
    authority = _LOGIN if login is None else checked_address(login, LOGIN_URL)
    try:
        with quiet():
            return within(asking.limits.whole, lambda: _credential(asking, found, authority).get_token(_SCOPE).token)
    except ImportError:
        raise missing("azure-identity", "azure", f", or set {GIVEN}") from None
    except Exception:  # noqa: BLE001 it raises many kinds, whose words repeat the tenant, the client and the answer
        words = "gives no token for the credentials in the environment"
        help = "look at the application's credentials, and whether they have expired"
        raise CannotObserve(words, help) from None


def _credential(asking: Asking, names: tuple[str, ...], authority: str) -> TokenCredential:
    """Azure's own client for these credentials."""
    from azure.identity import CertificateCredential, ClientSecretCredential, WorkloadIdentityCredential

    tenant, client, proof = (asking.credential(name) or "" for name in names)
    manner: dict[str, Any] = {
        "authority": authority,
        "disable_instance_discovery": authority != _LOGIN,  # Microsoft knows none but its own
        "retry_total": 2,
        "retry_backoff_factor": 0.5,
    }
    if names == _WORKLOAD:
        return WorkloadIdentityCredential(tenant_id=tenant, client_id=client, token_file_path=proof, **manner)
    if names == _SECRET:
        return ClientSecretCredential(tenant, client, proof, **manner)
    password = asking.credential("AZURE_CLIENT_CERTIFICATE_PASSWORD")
    return CertificateCredential(tenant, client, proof, password=password, **manner)

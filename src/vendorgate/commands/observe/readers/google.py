"""Who asks Google: a token, or what a file of credentials gives one for.

In: the environment, by `GOOGLE_OAUTH_ACCESS_TOKEN` or `GOOGLE_APPLICATION_CREDENTIALS` alone: neither the settings of
gcloud in somebody's home nor a machine's own identity is looked for. Out: an API that is asked with it. Refuses to know
what is asked. google-auth, which reads such files, is imported only where there is one.
"""

from __future__ import annotations

import re
import warnings
from typing import Final

from ....remote.calls import Limits
from ....remote.fetch import within
from ..asking import Api, Asking, CannotObserve
from .extras import credentials_in

OAUTH: Final = "GOOGLE_OAUTH_ACCESS_TOKEN"
FILE: Final = "GOOGLE_APPLICATION_CREDENTIALS"
QUOTA_PROJECT: Final = "GOOGLE_CLOUD_QUOTA_PROJECT"
"""The project that a person's own credentials are counted for; Google refuses some calls of theirs without one."""
CREDENTIALS: Final = ((OAUTH,), (FILE,))
PROJECT: Final = re.compile(r"(?:[a-z0-9.-]{1,80}:)?[a-z][a-z0-9-]{1,62}[a-z0-9]|[0-9]{1,24}")
"""The id of a project, in older organizations with a domain before it, or its number."""
_INSTALL: Final = f"pip install 'vendorgate[google]', or give a token in {OAUTH}"
_LOOK: Final = f"look at the file that {FILE} names, at what it may do, and at the network"


def google_api(asking: Asking, home: str, variable: str, scope: str, shown: str = "") -> Api:
    """An API of Google, asked by whom the environment names.

    Args:
        scope: the least that a token must be for, where a file of credentials gives one.

    Raises:
        CannotObserve: the environment names nobody; no token is given for its file; or google-auth is not installed.
    """
    token, counted = asking.credential(OAUTH), asking.credential(QUOTA_PROJECT)
    if token is None:
        path = asking.credential(FILE)
        if path is None:
            raise CannotObserve(f"the environment has neither {OAUTH} nor {FILE}", "set one of them")
        token, counted_by_file = _token(path, scope, asking.limits)
        counted = counted or counted_by_file
    if counted is not None and PROJECT.fullmatch(counted) is None:
        help = f"give the id of one in {QUOTA_PROJECT}"
        raise CannotObserve("is told to count calls for what can be no project", help)
    headers = {} if counted is None else {"x-goog-user-project": counted}
    return asking.api(home, variable, f"Bearer {token}", headers=headers, shown=shown)


def _token(path: str, scope: str, limits: Limits) -> tuple[str, str | None]:
    """A token for a file of credentials, and the project that it wants its calls to be counted for."""
    try:
        import google.auth
        from google.auth.credentials import with_scopes_if_required
        from google.auth.transport.requests import Request
    except ImportError:
        raise CannotObserve("cannot read a file of credentials without google-auth", _INSTALL) from None
    import requests

    if credentials_in(path) is None:
        raise CannotObserve(f"gets no token, since {FILE} names no file that can be read", _LOOK)

    def fetched() -> tuple[object, object]:
        with warnings.catch_warnings(), requests.Session() as session:
            warnings.simplefilter("ignore")  # google-auth warns of files by somebody else; the environment names this
            session.max_redirects = 0  # nothing of the file follows to another address
            # Without scopes first: what a person has granted is not asked for anew, and need not name this one.
            credentials, _ = google.auth.load_credentials_from_file(path, request=Request(session))
            credentials = with_scopes_if_required(credentials, [scope])
            credentials.refresh(Request(session))
            return credentials.token, getattr(credentials, "quota_project_id", None)

    try:
        token, counted = within(limits.whole, fetched)
    except Exception:  # noqa: BLE001 of whatever kind: what it says may repeat what stands in the file
        raise CannotObserve("gets no token for the file of credentials that the environment names", _LOOK) from None
    if not isinstance(token, str) or not token.isascii() or not token.isprintable() or not token.strip():
        raise CannotObserve("gets no token for the file of credentials that the environment names", _LOOK)
    return token, counted if isinstance(counted, str) and counted else None

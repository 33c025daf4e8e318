"""The only place that posts. Slack's answers become values, and the few errors of bot.slack.errors."""

from __future__ import annotations

import http.client
import logging
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple, Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.slack import limits
from bot.slack.blocks.message import Attachment, Message, Picture
from bot.slack.blocks.text import Block, escape
from bot.slack.errors import RefusedError, UncertainError, translate

log = logging.getLogger("roundtable.slack")

METADATA_TYPE: Final = "roundtable_message"
TIMEOUT: Final = 5  # seconds; for clients used while a person waits
OUTBOX_TIMEOUT: Final = 15
HISTORY_PAGE: Final = 200
HISTORY_PAGES: Final = 10
MEMBERS_PAGE: Final = 500
MEMBERS_PAGES: Final = 100  # 50,000 people


class Posted(NamedTuple):
    """A posted message; `plain`: Slack took only the plainer form."""

    ts: str
    plain: bool


class Gateway(Protocol):
    """What the outbox and the listeners need of Slack. All methods raise SlackError's children."""

    def post(self, channel: str, message: Message, key: str, thread_ts: str | None) -> Posted: ...

    def update(self, channel: str, ts: str, message: Message, key: str) -> None: ...

    def tell(self, channel: str, user_id: str, text: str) -> None:
        """A word (mrkdwn) to one person of the channel, which nobody else sees."""
        ...

    def upload(self, channel: str, file: Picture | Attachment, thread_ts: str | None) -> str:
        """Shares a file; returns its id."""
        ...

    def find(self, channel: str, key: str, thread_ts: str | None, filename: str | None) -> str | None:
        """The ts of the message with that key (or the id of the file of that name), if it was posted."""
        ...

    def direct(self, user_id: str) -> str:
        """The id of the conversation with that person alone."""
        ...

    def permalink(self, channel: str, ts: str) -> str | None: ...

    def members(self, channel: str) -> frozenset[str]:
        """User ids of all who are in the channel."""
        ...

    def file(self, file_id: str) -> Mapping[str, Any]:
        """What Slack knows of a file."""
        ...

    def is_admin(self, user_id: str) -> bool:
        """Whether that person is an admin or an owner of the workspace."""
        ...

    def timezone(self, user_id: str) -> str:
        """The IANA name of a person's time zone; empty for who can't be written to."""
        ...

    def group(self, group_id: str) -> frozenset[str]:
        """User ids of all who are in a user group."""
        ...

    def call(self, method: str, arguments: dict[str, Any]) -> Mapping[str, Any]:
        """Any method that takes its arguments as a form."""
        ...

    def open_view(self, trigger_id: str, view: Block) -> None: ...

    def push_view(self, trigger_id: str, view: Block) -> None: ...

    def update_view(self, view_id: str, view: Block, view_hash: str) -> None:
        """Refused with `hash_conflict` if the view is not the one of that hash any more."""
        ...

    def publish_home(self, user_id: str, view: Block) -> None: ...


class SlackGateway:
    """The gateway to a real Slack (or to a workspace on this machine, by its address)."""

    def __init__(self, token: str, base_url: str, *, timeout: int = TIMEOUT) -> None:
        # No retry handlers: the outbox decides about retries, because a retried post can double.
        self._client = WebClient(token=token, base_url=base_url, timeout=timeout, retry_handlers=[])
        self._timeout = timeout

    def post(self, channel: str, message: Message, key: str, thread_ts: str | None) -> Posted:
        """chat.postMessage, carrying the key as metadata."""
        arguments = {"channel": channel, **_QUIET, **_metadata(key)} | ({"thread_ts": thread_ts} if thread_ts else {})
        answer, plain = self._send("chat.postMessage", arguments, message)
        return Posted(str(answer["ts"]), plain)

    def update(self, channel: str, ts: str, message: Message, key: str) -> None:
        """chat.update."""
        self._send("chat.update", {"channel": channel, "ts": ts, **_metadata(key)}, message)

    def _send(self, method: str, arguments: dict[str, Any], message: Message) -> tuple[Mapping[str, Any], bool]:
        """Sends the message, in its plainer form where the newer blocks are refused."""
        limits.enforce_message(message.payload())
        try:
            return self._call(method, {**arguments, **message.payload()}), False
        except RefusedError as error:
            if error.code not in ("invalid_blocks", "invalid_blocks_format") or message.plain_blocks is None:
                raise
            log.info("%s: Slack refused the newer blocks, sending the plainer form", method)
        plain = message.payload(plain=True)
        limits.enforce_message(plain)
        return self._call(method, {**arguments, **plain}), True

    def tell(self, channel: str, user_id: str, text: str) -> None:
        """chat.postEphemeral."""
        self._call("chat.postEphemeral", {"channel": channel, "user": user_id, "text": text})

    def upload(self, channel: str, file: Picture | Attachment, thread_ts: str | None) -> str:
        """The three steps of an upload: an address, the bytes, the sharing."""
        described = {"alt_txt": file.alt_text} if isinstance(file, Picture) else {}
        data, comment = (file.png, escape(file.alt_text)) if isinstance(file, Picture) else (file.data, file.comment)
        target = self._call(
            "files.getUploadURLExternal", {"filename": file.filename, "length": len(data), **described}, form=True
        )
        self._put(str(target["upload_url"]), data)
        arguments: dict[str, Any] = {
            "files": [{"id": target["file_id"], "title": file.title}],
            "channel_id": channel,
            "initial_comment": comment,
        }
        if thread_ts:
            arguments["thread_ts"] = thread_ts
        self._call("files.completeUploadExternal", arguments)
        return str(target["file_id"])

    def _put(self, url: str, data: bytes) -> None:
        """The bytes to the address that Slack named."""
        if not url.startswith(("https://", "http://")):
            raise RefusedError("upload_url", "Slack named an address that is no web address")
        request = urllib.request.Request(  # noqa: S310 - the scheme was checked above
            url, data=data, headers={"Content-Type": "application/octet-stream"}, method="POST"
        )
        try:
            with urllib.request.urlopen(request, timeout=self._timeout):  # noqa: S310 - see above
                pass
        except urllib.error.HTTPError as error:
            raise UncertainError(f"the upload was answered with HTTP {error.code}") from error
        except (OSError, http.client.HTTPException) as error:
            raise UncertainError(f"the upload failed ({type(error).__name__})") from error

    def find(self, channel: str, key: str, thread_ts: str | None, filename: str | None) -> str | None:
        """Looks through the channel or the thread, newest page first where Slack allows."""
        for message in self._history(channel, thread_ts):
            for file in message.get("files") or []:
                if filename is not None and file.get("name") == filename:
                    return str(file["id"])
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if filename is None and payload.get("key") == key:
                return str(message["ts"])
        return None

    def _history(self, channel: str, thread_ts: str | None) -> Iterator[Mapping[str, Any]]:
        method = "conversations.replies" if thread_ts else "conversations.history"
        arguments: dict[str, Any] = {"channel": channel, "limit": HISTORY_PAGE, "include_all_metadata": "true"}
        if thread_ts:
            arguments["ts"] = thread_ts
        for _ in range(HISTORY_PAGES):
            answer = self._call(method, arguments, form=True)
            yield from answer.get("messages") or []
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return
            arguments["cursor"] = cursor

    def direct(self, user_id: str) -> str:
        """conversations.open; the same person again gets the same conversation."""
        return str((self._call("conversations.open", {"users": user_id}).get("channel") or {}).get("id"))

    def permalink(self, channel: str, ts: str) -> str | None:
        """chat.getPermalink; None if Slack has none."""
        try:
            return str(self._call("chat.getPermalink", {"channel": channel, "message_ts": ts}, form=True)["permalink"])
        except RefusedError:
            return None

    def members(self, channel: str) -> frozenset[str]:
        """conversations.members, all pages."""
        found: set[str] = set()
        arguments: dict[str, Any] = {"channel": channel, "limit": MEMBERS_PAGE}
        for _ in range(MEMBERS_PAGES):
            answer = self._call("conversations.members", arguments, form=True)
            found.update(map(str, answer.get("members") or ()))
            arguments["cursor"] = (answer.get("response_metadata") or {}).get("next_cursor")
            if not arguments["cursor"]:
                break
        return frozenset(found)

    def file(self, file_id: str) -> Mapping[str, Any]:
        """files.info."""
        found = self._call("files.info", {"file": file_id}, form=True).get("file")
        return found if isinstance(found, dict) else {}

    def is_admin(self, user_id: str) -> bool:
        """users.info."""
        user = self._call("users.info", {"user": user_id}, form=True).get("user") or {}
        return not user.get("deleted") and any(user.get(rank) for rank in ("is_admin", "is_owner", "is_primary_owner"))

    def timezone(self, user_id: str) -> str:
        """users.info; empty for a closed account and for a bot."""
        user = self._call("users.info", {"user": user_id}, form=True).get("user") or {}
        return "" if user.get("deleted") or user.get("is_bot") else str(user.get("tz") or "Etc/UTC")

    def group(self, group_id: str) -> frozenset[str]:
        """usergroups.users.list, which has no pages."""
        return frozenset(map(str, self._call("usergroups.users.list", {"usergroup": group_id}, form=True)["users"]))

    def open_view(self, trigger_id: str, view: Block) -> None:
        """views.open, within the 3 s of the trigger."""
        limits.enforce_view(view)
        self._call("views.open", {"trigger_id": trigger_id, "view": view})

    def push_view(self, trigger_id: str, view: Block) -> None:
        """views.push, onto the modal that was clicked, within the 3 s of the trigger."""
        limits.enforce_view(view)
        self._call("views.push", {"trigger_id": trigger_id, "view": view})

    def update_view(self, view_id: str, view: Block, view_hash: str) -> None:
        """views.update, unless the view is another than that of the hash by now."""
        limits.enforce_view(view)
        self._call("views.update", {"view_id": view_id, "hash": view_hash, "view": view})

    def publish_home(self, user_id: str, view: Block) -> None:
        """views.publish."""
        limits.enforce_view(view)
        self._call("views.publish", {"user_id": user_id, "view": view})

    def whoami(self) -> tuple[Mapping[str, Any], frozenset[str]]:
        """auth.test and the scopes that Slack says the token has."""
        try:
            answer = self._client.api_call("auth.test")
        except SlackApiError as error:
            raise translate(error) from error
        except (SlackClientError, OSError, http.client.HTTPException) as error:
            raise UncertainError(f"no answer from Slack ({type(error).__name__})") from error
        headers = {name.lower(): value for name, value in (answer.headers or {}).items()}
        scopes = headers.get("x-oauth-scopes", "")
        joined = scopes if isinstance(scopes, str) else ",".join(scopes)
        return _body(answer), frozenset(scope.strip() for scope in joined.split(",") if scope.strip())

    def call(self, method: str, arguments: dict[str, Any]) -> Mapping[str, Any]:
        """Any method that takes its arguments as a form: all that read, and a few more."""
        return self._call(method, arguments, form=True)

    def _call(self, method: str, arguments: dict[str, Any], *, form: bool = False) -> Mapping[str, Any]:
        """One call. Reading methods take no JSON body on the real Slack, hence `form`."""
        try:
            answer = self._client.api_call(method, data=arguments if form else None, json=None if form else arguments)
        except SlackApiError as error:
            raise translate(error) from error
        except (SlackClientError, OSError, http.client.HTTPException) as error:
            raise UncertainError(f"{method}: no answer ({type(error).__name__})") from error
        return _body(answer)


_QUIET: Final = {"unfurl_links": False, "unfurl_media": False}


def _metadata(key: str) -> dict[str, Any]:
    return {"metadata": {"event_type": METADATA_TYPE, "event_payload": {"key": key}}}


def _body(answer: Any) -> Mapping[str, Any]:
    data = answer.data
    return data if isinstance(data, dict) else {}

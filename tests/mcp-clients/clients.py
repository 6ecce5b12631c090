"""Every step, by every official client, over every transport, from drafts and from production: the bytes of `render`.

    clients.py WAYMARK NODE INSPECTOR TYPESCRIPT_SDK [FILE|FOLDER ...]
"""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2 as httpx
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

SERVER = "docs"
AWKWARD = {
    "version": "1.0",
    "walkthrough": {"title": "Awkward \u201cquotes\u201d & <tags>", "type": "course", "status": "published"},
    "steps": [
        {
            "title": "First {{ step.title }}",
            "contentFields": {
                "version": "v1",
                "introductionForAgent": "Line one\r\nline two\twith a tab, and a literal \\n.\n\n",
                "contentForUser": "  \u00e4\u00f6\u00fc \u6f22\u5b57 \U0001f9ed {% raw %} {{ 7 * 7 }} <b>not bold</b> \u201c\u201d\n",
                "operationsForAgent": "```sh\necho '$HOME' && printf '%s\\n' \"x\"\n```",
            },
        },
        {"title": "Second", "contentFields": {"version": "v1", "contentForUser": "Nothing else."}},
        {"title": "Third", "contentFields": {"version": "v1", "contextForAgent": "c", "contentForUser": "\u00a0x\u00a0"}},
    ],
}

passed, failures = 0, []


def check(name: str, received: str, expected: bytes) -> None:
    global passed
    if received.encode() == expected:
        passed += 1
        return
    failures.append(name)
    print(f"FAILED {name}\n  expected {expected!r}\n  received {received!r}", file=sys.stderr)


class Waymark:
    """The command, on a library of its own."""

    def __init__(self, binary: str, library: str):
        self.base = [binary, "--library", library]

    def run(self, *arguments: str) -> bytes:
        done = subprocess.run([*self.base, *arguments], capture_output=True, check=False, timeout=120)
        if done.returncode != 0:
            raise SystemExit(f"waymark {' '.join(arguments)}: {done.stderr.decode()}")
        return done.stdout

    def json(self, *arguments: str):
        return json.loads(self.run("--json", *arguments))

    def stdio(self, source: list[str], user: str) -> list[str]:
        return [*self.base, "serve", "--stdio", *source, "--user", user]

    @contextlib.contextmanager
    def http(self, source: list[str]):
        command = [*self.base, "serve", "--http", "127.0.0.1:0", *source]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as serving:
            try:
                yield json.loads(serving.stdout.readline())
            finally:
                serving.terminate()
                if serving.wait(timeout=10) != 0:
                    failures.append("`serve --http` ends cleanly")


# The Python SDK -------------------------------------------------------------------------------------------------------


async def read_with_sdk(server, mode: str, name: str, title: str, expected: list[bytes]) -> None:
    async with Client(server, mode=mode) as client:
        if mode != "legacy":
            assert client.protocol_version == mode, client.protocol_version
        tools = {tool.name for tool in (await client.list_tools()).tools}
        assert {"start_walkthrough", "get_next_step", "get_walkthrough_status"} <= tools, tools
        result = await client.call_tool("start_walkthrough", {"name": title, "restart": True})
        visit = result.structured_content["visit"]
        for number, text in enumerate(expected, 1):
            check(f"{name}, step {number}", result.content[0].text, text)
            step = result.structured_content["step"]["id"]
            result = await client.call_tool("get_next_step", {"currentStepId": step, "visit": visit})
        check(f"{name}, the end", result.structured_content["outcome"], b"completed")


def sdk_server(transport: str, waymark: Waymark, source: list[str], endpoint: dict, name: str):
    if transport == "stdio":
        command, *arguments = waymark.stdio(source, name)
        return StdioServerParameters(command=command, args=arguments, env=dict(os.environ))
    headers = {"Authorization": f"Bearer {endpoint['token']}", "x-waymark-user": name.encode().hex()}
    return streamable_http_client(endpoint["url"], http_client=httpx.AsyncClient(headers=headers))


# The TypeScript SDK ---------------------------------------------------------------------------------------------------


def read_with_typescript(node: str, sdk: str, mode: str, name: str, reach: dict, walkthroughs: dict) -> None:
    """One process reads all of them."""
    request = json.dumps({"mode": mode, "titles": list(walkthroughs), **reach})
    command = [node, str(Path(__file__).with_name("typescript.mjs")), sdk, request]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    try:
        read = json.loads(done.stdout)
    except ValueError:
        raise SystemExit(f"{name}: the TypeScript SDK answered {done.stdout[-500:]!r} {done.stderr[-2000:]!r}") from None
    for title, expected in walkthroughs.items():
        *texts, outcome = read[title]
        check(f"{name}, {title}, number of steps", str(len(texts)), str(len(expected)).encode())
        for number, (text, bytes_of_step) in enumerate(zip(texts, expected), 1):
            check(f"{name}, {title}, step {number}", text, bytes_of_step)
        check(f"{name}, {title}, the end", outcome, b"completed")


def typescript_reach(transport: str, waymark: Waymark, source: list[str], endpoint: dict, user: str) -> dict:
    if transport == "stdio":
        return {"command": waymark.stdio(source, user)}
    return {"url": endpoint["url"], "headers": {"Authorization": f"Bearer {endpoint['token']}", "x-waymark-user": user}}


# The Inspector --------------------------------------------------------------------------------------------------------


def read_with_inspector(call, name: str, title: str, expected: list[bytes]) -> None:
    result = call("start_walkthrough", {"name": title, "restart": "true"})
    for number, text in enumerate(expected, 1):
        check(f"{name}, step {number}", result["content"][0]["text"], text)
        step = result["structuredContent"]["step"]["id"]
        result = call("get_next_step", {"currentStepId": step})
    check(f"{name}, the end", result["structuredContent"]["outcome"], b"completed")


def inspector(node: str, script: str, transport: str, waymark: Waymark, source: list[str], endpoint: dict, user: str):
    """Calls a tool with a process of its own; the learner is known by a tracking id."""
    if transport == "stdio":
        # Behind the dashes, so that `--server` is ours and not the Inspector's.
        options, target = [], ["--", *waymark.stdio(source, user)]
    else:
        options = ["--header", f"Authorization: Bearer {endpoint['token']}", "--header", f"x-waymark-user: {user}"]
        target = ["--transport", "http", "--server-url", endpoint["url"]]

    def call(tool: str, arguments: dict) -> dict:
        pairs = [part for key, value in arguments.items() for part in ("--tool-arg", f"{key}={json.dumps(value)}")]
        options_of_call = ["--method", "tools/call", "--tool-name", tool, *pairs]
        command = [node, script, "--cli", *options, *options_of_call, *target]
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)
        try:
            return json.loads(done.stdout)
        except ValueError:
            raise SystemExit(f"The Inspector answered {done.stdout[-500:]!r} {done.stderr[-2000:]!r}") from None

    return call


# The matrix -----------------------------------------------------------------------------------------------------------


def read_all(
    waymark: Waymark, node: str, script: str, sdk: str, walkthroughs: dict, source_name: str, source: list[str]
) -> None:
    path = f"/mcp/{SERVER}" if source_name == "production" else "/mcp"
    with waymark.http(source) as listening, ThreadPoolExecutor(4) as pool:
        endpoint = {"url": listening["url"] + path, "token": listening["token"]}
        reads = []
        for transport in ("stdio", "http"):
            for mode in ("legacy", "2026-07-28"):
                name = f"{source_name}, {transport}, TypeScript {mode}"
                reach = typescript_reach(transport, waymark, source, endpoint, f"typescript-{transport}-{mode}")
                reads.append(pool.submit(read_with_typescript, node, sdk, mode, name, reach, walkthroughs))
            for number, (title, expected) in enumerate(walkthroughs.items()):
                for mode in ("legacy", "2026-07-28"):
                    name = f"{source_name}, {transport}, Python {mode}, {title}"
                    server = sdk_server(transport, waymark, source, endpoint, name)
                    reads.append(pool.submit(asyncio.run, read_with_sdk(server, mode, name, title, expected)))
                name = f"{source_name}, {transport}, Inspector, {title}"
                user = f"inspector-{transport}-{number}"
                call = inspector(node, script, transport, waymark, source, endpoint, user)
                reads.append(pool.submit(read_with_inspector, call, name, title, expected))
        for read in reads:
            read.result()


def main(binary: str, node: str, script: str, sdk: str, *files: str) -> int:
    with tempfile.TemporaryDirectory(prefix="waymark-clients-") as folder:
        waymark = Waymark(binary, f"{folder}/library")
        awkward = Path(folder, "awkward.json")
        awkward.write_text(json.dumps(AWKWARD))
        paths = [Path(file) for file in files]
        found = [one for path in paths for one in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
        walkthroughs = {}
        for file in [awkward, *found]:
            for imported in waymark.json("import", str(file))["walkthroughs"]:
                title, steps = imported["title"], range(1, imported["steps"] + 1)
                walkthroughs[title] = [waymark.run("render", imported["id"], "--step", str(step)) for step in steps]
        print(f"{len(walkthroughs)} walkthroughs, {sum(map(len, walkthroughs.values()))} steps")
        read_all(waymark, node, script, sdk, walkthroughs, "drafts", ["--drafts"])
        waymark.run("sandbox", "up")
        try:
            for title in walkthroughs:
                waymark.run("assign", title, "--server", SERVER)
            waymark.run("publish", *walkthroughs, "--connection", "Sandbox", "--yes")
            source = ["--connection", "Sandbox", "--server", SERVER]
            read_all(waymark, node, script, sdk, walkthroughs, "production", source)
        finally:
            waymark.run("sandbox", "down")
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

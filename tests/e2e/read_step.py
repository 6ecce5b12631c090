"""Reads one step as an agent would, with the official Python client of MCP, and prints its text and nothing else.

    read_step.py TITLE NUMBER COMMAND [ARGUMENT ...]    the server is started and spoken to over stdio
    read_step.py TITLE NUMBER http://…                  the server is there; WAYMARK_TOKEN is its token
"""

import asyncio
import os
import sys

from mcp import Client, StdioServerParameters


def server(arguments: list[str]):
    if arguments[0].startswith("http"):
        import httpx2 as httpx  # noqa: F401  the client's own HTTP library
        from mcp.client.streamable_http import streamable_http_client

        token = os.environ.get("WAYMARK_TOKEN", "")
        return streamable_http_client(
            arguments[0], http_client=httpx.AsyncClient(headers={"Authorization": f"Bearer {token}"})
        )
    # The client would pass on a few variables only; the server needs the session it is started in.
    return StdioServerParameters(command=arguments[0], args=arguments[1:], env=dict(os.environ))


class Refused(Exception):
    """The server answered, and not with the step that was asked for."""


def step_of(result) -> dict:
    step = (result.structured_content or {}).get("step")
    if result.is_error or step is None:
        raise Refused(result.content[0].text)
    return step


async def read(title: str, number: int, arguments: list[str]) -> str:
    # What is refused is carried out of the client's task groups as a value, so that it is said in one line.
    async with Client(server(arguments)) as client:
        try:
            result = await client.call_tool("start_walkthrough", {"name": title, "restart": True})
            for _ in range(1, number):
                visit = result.structured_content.get("visit")
                call = {"currentStepId": step_of(result)["id"]} | ({"visit": visit} if visit else {})
                result = await client.call_tool("get_next_step", call)
            if step_of(result)["number"] != number:
                raise Refused(f"step {number} was asked for, step {step_of(result)['number']} came")
            return result.content[0].text
        except Refused as refused:
            problem = refused
    raise problem


if __name__ == "__main__":
    if len(sys.argv) < 4:
        raise SystemExit(__doc__)
    try:
        text = asyncio.run(read(sys.argv[1], int(sys.argv[2]), sys.argv[3:]))
    except Refused as refused:
        raise SystemExit(str(refused)) from None
    sys.stdout.buffer.write(text.encode())

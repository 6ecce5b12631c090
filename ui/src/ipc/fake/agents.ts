// Agents in memory: an endpoint that listens to nobody, what clients are configured with, and a log of calls.

import type { Commands } from "../contract";
import { WaymarkError } from "../errors";
import type { Client, Configuration, LoggedCall } from "../types";
import type { Plain } from "./commands";

export type AgentOptions = {
  calls?: LoggedCall[];
  walkthroughs?: unknown[];
};

type AgentCommands = Pick<
  Commands,
  | "endpointStatus"
  | "startEndpoint"
  | "stopEndpoint"
  | "listClientSetups"
  | "copyConfiguration"
  | "copyEndpointToken"
  | "listCalls"
  | "readAnswer"
  | "clearCalls"
>;

/** Port that another program has. */
export const takenPort = 8080;

export class FakeAgents {
  calls: LoggedCall[];
  #port: number | null = null;

  constructor(options: AgentOptions, now: () => number) {
    this.calls = options.calls ?? (options.walkthroughs?.length === 0 ? [] : sampleCalls(now()));
  }

  commands(): Pick<Plain, keyof AgentCommands> {
    return {
      endpointStatus: () => ({ url: this.#url() }),
      startEndpoint: (port) => {
        if (port === takenPort) {
          const hint = "Choose another port, or 0 for a free one; or stop what listens there.";
          throw new WaymarkError(
            "environment_missing",
            "Port 8080 of 127.0.0.1 is taken by another program.",
            hint,
            "port",
          );
        }
        this.#port = port || 41_234;
        return { url: this.#url() };
      },
      stopEndpoint: () => {
        this.#port = null;
      },
      listClientSetups: () =>
        clients.map((client) => ({
          stdio: stdio(client),
          http: this.#port === null ? null : http(client, this.#url()),
        })),
      copyConfiguration: () => undefined,
      copyEndpointToken: () => undefined,
      listCalls: () => this.calls,
      readAnswer: (seq) => {
        const call = this.calls.find((known) => known.seq === seq);
        if (!call)
          throw new WaymarkError("not_found", "This call is not in the log any more.", "The latest calls are kept.");
        return call.is_error
          ? '`wts_gone` is no step of "Getting started with Acme". The current step is `wts_start0013`.'
          : `# Getting started with Acme\n\nStep: ${call.step_title ?? "none"}\n\n<user-content>\nLet's install the command line.\n</user-content>\n`;
      },
      clearCalls: () => {
        this.calls = [];
      },
    };
  }

  #url(): string | null {
    return this.#port === null ? null : `http://127.0.0.1:${this.#port}/mcp`;
  }
}

const clients: Client[] = ["claude-code", "claude-desktop", "cursor", "vs-code"];
const command = "/usr/bin/waymark";
const args = ["serve", "--stdio", "--drafts"];

const json = (value: unknown) => JSON.stringify(value, null, 2);
const places: Record<Client, string> = {
  "claude-code": "Run this in a terminal, in the folder that Claude Code works in.",
  "claude-desktop":
    "Into `claude_desktop_config.json`: Settings, Developer, Edit Config. Then start Claude Desktop anew.",
  cursor: "Into `~/.cursor/mcp.json`, or into `.cursor/mcp.json` of one project.",
  "vs-code": "Into `.vscode/mcp.json`, or for all folders by the command `MCP: Open User Configuration`.",
};

function stdio(client: Client): Configuration {
  const text =
    client === "claude-code"
      ? `claude mcp add --transport stdio waymark -- ${command} ${args.join(" ")}`
      : client === "vs-code"
        ? json({ servers: { waymark: { type: "stdio", command, args } } })
        : json({ mcpServers: { waymark: { command, args } } });
  return { client, place: places[client], text };
}

function http(client: Client, url: string | null): Configuration {
  const waymark = { type: "http", url, headers: { Authorization: "Bearer TOKEN" } };
  const place =
    client === "claude-code"
      ? "Into `.mcp.json` in the folder that Claude Code works in. Do not commit it: the token is in it."
      : places[client];
  return { client, place, text: json(client === "vs-code" ? { servers: { waymark } } : { mcpServers: { waymark } }) };
}

const walkthrough = { walkthrough: "wt_start001", walkthrough_title: "Getting started with Acme" };
const plain: Omit<LoggedCall, "seq" | "at" | "tool" | "action"> = {
  server: null,
  learner: null,
  visit: "vis_3fA9cQ2mZp7LrT0x",
  arguments: "{}",
  is_error: false,
  walkthrough: null,
  walkthrough_title: null,
  step: null,
  step_title: null,
};

/** Newest first. */
export function sampleCalls(now: number): LoggedCall[] {
  const first = { step: "wts_start0011", step_title: "Say hello" };
  const second = { step: "wts_start0013", step_title: "Connect your first repository" };
  const made: Omit<LoggedCall, "seq" | "at">[] = [
    { ...plain, tool: "start_walkthrough", action: "list", arguments: '{"restart":false}' },
    {
      ...plain,
      ...walkthrough,
      ...first,
      tool: "start_walkthrough",
      action: "start_named",
      arguments: '{"name":"Getting started with Acme","restart":false}',
    },
    {
      ...plain,
      ...walkthrough,
      tool: "get_next_step",
      action: "invalid_step",
      is_error: true,
      arguments: '{"currentStepId":"wts_gone"}',
    },
    {
      ...plain,
      ...walkthrough,
      ...second,
      tool: "get_next_step",
      action: "advance",
      arguments: '{"currentStepId":"wts_start0011"}',
    },
    {
      ...plain,
      ...walkthrough,
      learner: "reader@example.org",
      server: "docs",
      tool: "get_walkthrough_status",
      action: "status",
    },
  ];
  return made.map((call, index) => ({ ...call, seq: index + 1, at: now - (made.length - index) * 41_000 })).reverse();
}

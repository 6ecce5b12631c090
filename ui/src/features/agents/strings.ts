import { count, formatNumber } from "../../lib/time";

export const strings = {
  title: "Agents",
  label: "Agents at the drafts",
  loading: "Looking…",
  about:
    "Any MCP client can be led through your drafts, exactly as a learner's would be. What you write shows at its next call.",

  endpoint: "Local endpoint",
  off: "Off",
  on: "Listening",
  offAbout:
    "Off until you start it. It answers on this computer only, asks for a token that is new at each start, and stops with Waymark.",
  onAbout:
    "It answers on this computer only and stops with Waymark. `/mcp/SLUG` instead of `/mcp` shows what that MCP server would.",
  port: "Port",
  portHint: "Empty for a free one",
  noPort: "A port is a number from 1 to 65535.",
  start: "Start the endpoint",
  starting: "Starting…",
  stop: "Stop the endpoint",
  copyToken: "Copy token",
  tokenCopied: "The token of this start is in the clipboard.",
  started: (url: string) => `The endpoint answers at ${url}`,
  stopped: "The endpoint is off",

  setup: "Set up a client",
  clients: "Client",
  names: { "claude-code": "Claude Code", "claude-desktop": "Claude Desktop", cursor: "Cursor", "vs-code": "VS Code" },
  reach: "How it connects",
  reaches: { stdio: "Waymark's command", http: "The endpoint" },
  reachAbout: {
    stdio: "The client starts the command itself: no token, and Waymark's window may be closed.",
    http: "The client connects to the endpoint above, with the token of this start.",
  },
  needsEndpoint: "Start the endpoint to see what goes into the client.",
  copy: "Copy configuration",
  copied: "The configuration is in the clipboard.",
  copiedWithToken: "The configuration is in the clipboard, with the token of this start.",
  withToken: "Copying puts the token in place of `TOKEN`.",

  log: "Calls",
  total: (calls: number) => (calls >= 500 ? `the last ${formatNumber(calls)}` : count(calls, "call", "calls")),
  clear: "Clear log",
  cleared: "The log is empty. Agents at work notice nothing.",
  noCalls: "No agent has called yet",
  noCallsAbout:
    "Set up a client and ask it to guide you through a walkthrough. Each of its calls shows here at once, over the endpoint and over Waymark's command alike.",
  somebody: (visit: string) => `visit ${visit}`,
  atServer: (slug: string) => `at ${slug}`,
  answer: "Answer",
  reading: "Reading the answer…",
  noArguments: "no arguments",
  failed: "error",
  opened: "Open the step in the editor",
};
